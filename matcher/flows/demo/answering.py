"""Answers in the demo: words and notes with refusals, an answer put off, one that never came, and
somebody who has not said yet whether it still looks."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from random import Random

from sqlmodel import col, select

from matcher.catalogue.demo import SEED
from matcher.catalogue.demo.standing import BADA, HANEUL, SAEBOM, SOL
from matcher.clock import JEJU
from matcher.flows.demo.writing import Writing
from matcher.matching.application_steps import CAUSES
from matcher.policy.reply_clock import ends_on, is_over
from matcher.policy.states import ApplicationAction
from matcher.store import applications
from matcher.store.people import count_rows
from models.account import Role
from models.application import Application, ApplicationState, LateReason
from models.opening import Opening
from models.youth import YouthProfile

WORDS = (
    "지원해 주셔서 고맙습니다. 이번 자리에는 다른 경험이 더 필요했습니다.",
    "면접에서 나눈 이야기가 좋았습니다. 다음 공고에서도 만나기를 바랍니다.",
    "준비하신 것이 잘 보였습니다. 리눅스를 조금 더 다루신 뒤에 다시 지원해 주십시오.",
)
HASTY, HASTY_DAYS = "norangseom-satellite", 6
NOTE = "데모: 두 사람이 함께 읽고 정함"
WORDED, LATE = 12, 2
TOUR = (HANEUL, BADA, SOL, SAEBOM)


def answering(writing: Writing) -> None:
    random = Random(f"{SEED}:answering")
    _say(writing, random)
    _promise_too_much(writing)
    own = {writing.ids["youth"][number] for number in TOUR}
    owed = [
        row
        for row in _of_state(writing, ApplicationState.UNDER_REVIEW)
        if row.answer_by is not None and row.youth_id not in own
    ]
    over = [row for row in owed if row.answer_by and is_over(row.answer_by, writing.unit.today)]
    for row in over:
        lapse(writing, row)
    for row in [each for each in owed if each not in over][:LATE]:
        row.late_reason = LateReason.WAITING_FOR_COLLEAGUE
        row.answer_by = writing.unit.today + timedelta(days=5)
        writing.session.add(row)
    _ask(writing)
    writing.session.flush()  # the count below reads what was written
    writing.counts["application_event"] = count_rows(writing.session, "application_event")


def _of_state(writing: Writing, state: ApplicationState) -> Sequence[Application]:
    return writing.session.exec(
        select(Application).where(Application.state == state).order_by(col(Application.id))
    ).all()


def _say(writing: Writing, random: Random) -> None:
    refused = _of_state(writing, ApplicationState.REFUSED)
    for row in random.sample(list(refused), min(WORDED, len(refused))):
        row.words, row.note, row.is_reason_shared = random.choice(WORDS), NOTE, True
        writing.session.add(row)


def _promise_too_much(writing: Writing) -> None:
    """A firm that promises an answer sooner than it gives one: its postings are listed lower."""
    home = writing.organisation(HASTY)
    found = writing.session.exec(select(Opening).where(Opening.organisation_id == home)).all()
    for row in found:
        row.answer_days = HASTY_DAYS
        writing.session.add(row)


def lapse(writing: Writing, row: Application) -> None:
    """It ended a week after the day its partner had promised."""
    assert row.answer_by is not None
    at = datetime.combine(ends_on(row.answer_by) + timedelta(days=1), time(9), JEJU)
    cause = CAUSES[ApplicationAction.LAPSE]
    applications.move(
        writing.session, row, ApplicationState.CLOSED, None, at.astimezone(UTC), cause.value,
        role=Role.PARTNER,
    )  # fmt: skip
    row.cause, row.answer_by = cause, None


def _ask(writing: Writing) -> None:
    """Somebody of the tour whom partners see has the question of the term before it."""
    row = writing.session.get_one(YouthProfile, writing.ids["youth"][HANEUL])
    row.looking_asked_on = writing.unit.today - timedelta(days=6)
    writing.session.add(row)
