"""Interview times of the openings that invited somebody, offers on the table, and a link a partner
sent to a colleague; one young person of the tour chooses a time and has an offer to answer."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import groupby

from sqlmodel import col, select

from matcher.catalogue.demo.standing import SAEBOM
from matcher.clock import JEJU
from matcher.flows.demo.writing import Writing
from matcher.policy import employer_consent
from matcher.policy.notices import CONSENT_TEXT_VERSION
from matcher.store import openings as store
from matcher.store.people import count_rows
from models.account import Account, Role
from models.answer_link import AnswerLink, AnswerLinkUse, LinkUse
from models.application import Application, ApplicationEvent, ApplicationState
from models.consent import Consent, ConsentPurpose
from models.interview import Interview, InterviewMode, InterviewSlot, InterviewState, JobOffer
from models.opening import Opening, OpeningState

INVITED_BY, OFFERED_BY, ASKED_BY = "gotjawal-pharm", "neobeongil-mobility", "saebyeol-orbit"
SOON = timedelta(hours=6)
"""Of somebody who signed up two days ago: an application so long after, and between its steps."""
HOURS = (time(14), time(14, 40), time(15, 20), time(16))
PLACE = "데모: 기업 2층 회의실"
STATES = {
    ApplicationState.UNDER_REVIEW: (ApplicationState.UNDER_REVIEW,),
    ApplicationState.REFUSED: (ApplicationState.UNDER_REVIEW, ApplicationState.REFUSED),
    ApplicationState.INTERVIEW: (ApplicationState.UNDER_REVIEW, ApplicationState.INTERVIEW),
    ApplicationState.OFFERED: (
        ApplicationState.UNDER_REVIEW, ApplicationState.INTERVIEW, ApplicationState.OFFERED,
    ),
}  # fmt: skip
COUNTED = (
    "application", "application_event", "consent", "interview_slot", "interview", "job_offer",
    "answer_link", "answer_link_use",
)  # fmt: skip


def hiring(writing: Writing) -> None:
    youth_id = writing.ids["youth"][SAEBOM]
    account = writing.session.get_one(Account, writing.ids["account"][SAEBOM])
    joined = account.created_at + SOON
    for slug, state in (
        (INVITED_BY, ApplicationState.INTERVIEW),
        (OFFERED_BY, ApplicationState.OFFERED),
    ):
        bring_to(writing, _opening(writing, slug, state), SAEBOM, state, joined, SOON)
    found = _open_ones(writing, ApplicationState.INTERVIEW)
    for opening_id, own in groupby(found, key=lambda row: row.opening_id):
        _times(writing, opening_id, [row for row in own if row.youth_id != youth_id])
    for row in _open_ones(writing, ApplicationState.OFFERED):
        offer(writing, row)
    _link(writing)
    for table in COUNTED:
        writing.counts[table] = count_rows(writing.session, table)


def _open_ones(writing: Writing, state: ApplicationState) -> Sequence[Application]:
    return writing.session.exec(
        select(Application)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(Application.state == state, Opening.state == OpeningState.PUBLISHED)
        .order_by(col(Application.opening_id), col(Application.id))
    ).all()


def bring_to(
    writing: Writing,
    opening: Opening,
    number: int,
    state: ApplicationState,
    at: datetime,
    pace: timedelta = timedelta(days=1),
) -> Application:
    """An application of one of the tour's own, sent at that time, with every step of it."""
    account, youth_id = _account(writing, opening), writing.ids["youth"][number]
    row = Application(
        opening_id=opening.id or 0, youth_id=youth_id, state=state, version=1 + len(STATES[state]),
        message="데모 지원서예요. 맡은 일을 끝까지 해 보고 싶어요.", created_at=at, updated_at=at,
    )  # fmt: skip
    writing.session.add(row)
    writing.session.flush()  # its lines name its number
    before = ""
    for step, after in enumerate((ApplicationState.SENT, *STATES[state])):
        row.updated_at = at + step * pace
        is_own = after is ApplicationState.SENT
        writing.session.add(
            ApplicationEvent(
                application_id=row.id or 0, from_state=before, to_state=after.value,
                actor_account_id=writing.ids["account"][number] if is_own else account,
                actor_role=(Role.YOUTH if is_own else Role.PARTNER).value, at=row.updated_at,
            )
        )  # fmt: skip
        before = after.value
    writing.session.add(
        Consent(
            youth_id=youth_id, purpose=ConsentPurpose.EMPLOYER,
            organisation_id=opening.organisation_id, fields=list(employer_consent.FIELDS),
            text_version=CONSENT_TEXT_VERSION, granted_at=at,
            expires_on=employer_consent.until(opening.closes_on, writing.unit.today),
        )
    )  # fmt: skip
    return row


def _opening(writing: Writing, slug: str, state: ApplicationState) -> Opening:
    """Of the partner's published ones with somebody at the same stage the largest."""
    home = writing.organisation(slug)
    ids = {row.opening_id for row in _open_ones(writing, state)}
    order = (col(Opening.id).in_(ids).desc(), col(Opening.headcount).desc(), col(Opening.id))
    statement = select(Opening).where(Opening.organisation_id == home).order_by(*order)
    return writing.session.exec(statement.limit(1)).one()


def _account(writing: Writing, opening: Opening) -> int:
    found = store.partner_accounts(writing.session, opening.organisation_id)
    return found[0].id or 0


def _times(writing: Writing, opening_id: int, invited: list[Application]) -> None:
    """An afternoon ahead, of which the last invited took the first hour; one that was held waits
    for its result where two were invited."""
    opening = writing.session.get_one(Opening, opening_id)
    ahead = weekday(writing.unit.today + timedelta(days=4))
    slots = [slot_at(writing, opening, ahead, hour) for hour in HOURS]
    if invited:
        book(writing, invited[-1], slots[0])
    if len(invited) > 1:
        gone = weekday(writing.unit.today - timedelta(days=4))
        book(writing, invited[0], slot_at(writing, opening, gone, HOURS[0]))


def weekday(day: date) -> date:
    """That day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 8 - day.isoweekday()) if day.isoweekday() > 5 else 0)


def slot_at(writing: Writing, opening: Opening, day: date, hour: time) -> InterviewSlot:
    row = InterviewSlot(
        opening_id=opening.id or 0, starts_at=datetime.combine(day, hour, JEJU).astimezone(UTC),
        minutes=30, mode=InterviewMode.ON_SITE, place=PLACE, is_demo=True,
        account_id=_account(writing, opening), created_at=writing.unit.now - timedelta(days=6),
    )  # fmt: skip
    writing.session.add(row)
    writing.session.flush()  # an interview names its number
    return row


def book(writing: Writing, row: Application, slot: InterviewSlot) -> None:
    at = max(row.updated_at, writing.unit.now - timedelta(days=5))
    writing.session.add(
        Interview(
            application_id=row.id or 0, slot_id=slot.id or 0, state=InterviewState.BOOKED,
            created_at=at, updated_at=at,
        )
    )  # fmt: skip


def offer(writing: Writing, row: Application) -> None:
    opening, today = writing.session.get_one(Opening, row.opening_id), writing.unit.today
    writing.session.add(
        JobOffer(
            application_id=row.id or 0, starts_on=weekday(today + timedelta(days=30)),
            answer_by=today + timedelta(days=6), pay_krw=opening.pay_min_krw,
            words="데모 제안입니다. 함께 일하고 싶습니다.", account_id=_account(writing, opening),
            created_at=row.updated_at, updated_at=row.updated_at,
        )
    )  # fmt: skip


def _link(writing: Writing) -> None:
    """Sent to a colleague and opened once; its secret part is nobody's."""
    home, now = writing.organisation(ASKED_BY), writing.unit.now
    row = writing.session.exec(
        select(Application)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(Opening.organisation_id == home, Application.state == ApplicationState.SENT)
        .order_by(col(Application.id))
    ).first()
    if row is None:
        return
    link = AnswerLink(
        application_id=row.id or 0, token_hash=sha256(b"demo link").hexdigest(),
        address="colleague@example.kr", created_at=now - timedelta(days=1),
        expires_at=now + timedelta(days=6),
        account_id=_account(writing, writing.session.get_one(Opening, row.opening_id)),
    )  # fmt: skip
    writing.session.add(link)
    writing.session.flush()  # its use names its number
    at = now - timedelta(hours=20)
    use = AnswerLinkUse(link_id=link.id or 0, use=LinkUse.OPENED, source="203.0.113.7", at=at)
    writing.session.add(use)
