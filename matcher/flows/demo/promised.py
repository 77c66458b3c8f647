"""Two promised interviews of the partner of the tour: one the standing youth took up, one somebody
has earned and claimed."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import col, select

from matcher.catalogue.demo.standing import HANEUL
from matcher.clock import day_of
from matcher.flows.demo.writing import Writing
from matcher.matching.promise_terms import Offer, terms
from matcher.policy import employer_consent
from matcher.policy.desk import SEEN
from matcher.policy.notices import CONSENT_TEXT_VERSION
from matcher.store import candidates, openings
from matcher.store.people import count_rows
from models.account import Role
from models.application import Application, ApplicationEvent, ApplicationState
from models.certification import AttemptState, CertificationRecord
from models.consent import Consent, ConsentPurpose
from models.opening import Opening
from models.organisation import Organisation
from models.promise import InterviewPromise, PromiseSubject, PromiseTaking, TakingState
from models.youth import YouthProfile

PARTNER = "saebyeol-orbit"
TO_EARN, EARNED = "SAA", "CLF"
AHEAD, DAYS, PLACES = timedelta(days=150), 21, 5
CLAIMED_AGO = timedelta(days=4)


def promised(writing: Writing) -> None:
    opening = _opening(writing)
    taken = promise(writing, opening, TO_EARN)
    earned = promise(writing, opening, EARNED)
    take(writing, taken, writing.ids["youth"][HANEUL])
    youth_id = _who_earned(writing, opening)
    if youth_id is not None:
        _claim(writing, earned, opening, youth_id)
    for table in ("interview_promise", "promise_taking", "application", "application_event"):
        writing.counts[table] = count_rows(writing.session, table)
    writing.counts["consent"] = count_rows(writing.session, "consent")


def _opening(writing: Writing) -> Opening:
    """The standing one, which comes first of the partner's."""
    number = next(each.number for each in writing.data.openings if each.organisation == PARTNER)
    return writing.session.get_one(Opening, writing.ids["opening"][number])


def promise(
    writing: Writing, opening: Opening, ref: str, ahead: timedelta = AHEAD
) -> InterviewPromise:
    day = writing.unit.today + ahead
    offer = Offer(PromiseSubject.CERTIFICATION, ref, None, day, DAYS, PLACES)
    text = terms(offer, opening, writing.session.get_one(Organisation, opening.organisation_id))
    row = InterviewPromise(
        opening_id=opening.id or 0, **vars(offer), terms_ko=text.korean, terms_en=text.english,
        text_hash=text.text_hash, account_id=_partner(writing, opening.organisation_id),
        is_demo=True, created_at=writing.unit.now, updated_at=writing.unit.now,
    )  # fmt: skip
    writing.session.add(row)
    writing.session.flush()  # takings name its id
    return row


def _partner(writing: Writing, organisation_id: int) -> int:
    return openings.partner_accounts(writing.session, organisation_id)[0].id or 0


def take(writing: Writing, promise: InterviewPromise, youth_id: int) -> PromiseTaking:
    now = writing.unit.now
    row = PromiseTaking(
        promise_id=promise.id or 0, youth_id=youth_id, state=TakingState.TAKEN,
        created_at=now, updated_at=now,
    )  # fmt: skip
    writing.session.add(row)
    return row


def _who_earned(writing: Writing, opening: Opening) -> int | None:
    """The first in the pool with the certificate seen and no application here."""
    pool = candidates.pool(opening.sector, writing.unit.today)
    applied = select(Application.youth_id).where(Application.opening_id == opening.id)
    return writing.session.exec(
        select(CertificationRecord.youth_id)
        .where(
            CertificationRecord.certification == EARNED,
            CertificationRecord.state == AttemptState.PASSED,
            CertificationRecord.verification >= SEEN,
            col(CertificationRecord.expires_on) > writing.unit.today,
            col(CertificationRecord.youth_id).in_(pool),
            col(CertificationRecord.youth_id).not_in(applied),
            CertificationRecord.youth_id != writing.ids["youth"][HANEUL],
        )
        .order_by(col(CertificationRecord.youth_id))
    ).first()


def _claim(writing: Writing, promise: InterviewPromise, opening: Opening, youth_id: int) -> None:
    at = writing.unit.now - CLAIMED_AGO
    interview_by = day_of(at) + timedelta(days=DAYS)
    row = Application(
        opening_id=opening.id or 0, youth_id=youth_id, state=ApplicationState.INTERVIEW,
        answer_by=interview_by + timedelta(days=opening.answer_days), created_at=at, updated_at=at,
    )  # fmt: skip
    writing.session.add(row)
    writing.session.flush()  # its line needs the number
    taking = take(writing, promise, youth_id)
    taking.state, taking.application_id = TakingState.CLAIMED, row.id
    taking.interview_by = interview_by
    writing.session.add_all(_beside(writing, row, opening, interview_by))


def _beside(
    writing: Writing, row: Application, opening: Opening, interview_by: date
) -> Iterator[ApplicationEvent | Consent]:
    account = writing.session.get_one(YouthProfile, row.youth_id).account_id
    yield ApplicationEvent(
        application_id=row.id or 0, from_state="", to_state=row.state.value,
        actor_account_id=account, actor_role=Role.YOUTH.value, reason="promise", at=row.created_at,
    )  # fmt: skip
    yield Consent(
        youth_id=row.youth_id, purpose=ConsentPurpose.EMPLOYER,
        organisation_id=opening.organisation_id, fields=list(employer_consent.FIELDS),
        text_version=CONSENT_TEXT_VERSION, granted_at=row.created_at,
        expires_on=employer_consent.until(opening.closes_on, interview_by),
    )  # fmt: skip
