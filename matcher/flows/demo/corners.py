"""What a tour of the desks finds in their corners: a firm that nobody signs in for and the links it
was sent, a promise a firm broke, a posting that silence hid, two accounts of one person."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from sqlmodel import col, select

from matcher.catalogue.demo.standing import PARTNERS_SIGNING_IN, STAFF, partner_address
from matcher.flows.demo import promised
from matcher.flows.demo.first_youth import FIRMS
from matcher.flows.demo.writing import Writing
from matcher.policy.interviews import LINK_ANSWERS
from matcher.policy.still_hiring import PAUSE_AFTER, REMIND_AFTER
from matcher.store import accounts, openings
from matcher.store.people import count_rows
from models.account import Account, AccountState, Role
from models.answer_link import AnswerLink, AnswerLinkUse, LinkUse
from models.application import Application, ApplicationState
from models.opening import Opening, OpeningState
from models.organisation import Organisation
from models.promise import TakingState
from models.review import SamePerson

QUIET, TWO_HATS = "gotjawal-pharm", "dalgeurimja-bio"
OVER = timedelta(days=3)
COUNTED = (
    "answer_link", "answer_link_use", "interview_promise", "promise_taking", "same_person",
)  # fmt: skip


def corners(writing: Writing) -> None:
    broke = _break(writing)
    _leave_unheard(writing, broke)
    _hide(writing)
    _join(writing)
    writing.session.flush()  # the counts below read what was written
    for table in COUNTED:
        writing.counts[table] = count_rows(writing.session, table)


def _waiting(
    writing: Writing, states: Sequence[ApplicationState], but: int = 0
) -> list[Application]:
    """At the first firm that no other part of the tour needs and where somebody is at one of
    these stages."""
    tour = [writing.organisation(slug) for slug in (*PARTNERS_SIGNING_IN, *FIRMS)]
    rows = writing.session.exec(
        select(Application, Opening.organisation_id)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(
            col(Application.state).in_(states),
            Opening.state == OpeningState.PUBLISHED,
            col(Opening.organisation_id).not_in([*tour, but]),
        )
        .order_by(col(Opening.organisation_id), col(Application.id))
    ).all()
    return [row for row, home in rows if home == rows[0][1]]


def _break(writing: Writing) -> int:
    """Somebody earned the certificate and asked, and the promised days went by. Gives the firm, 0
    where nobody could."""
    for row in _waiting(writing, [ApplicationState.INTERVIEW])[-1:]:
        opening = writing.session.get_one(Opening, row.opening_id)
        offer = promised.promise(writing, opening, promised.EARNED, timedelta(days=30))
        offer.created_at = offer.updated_at = row.created_at - OVER
        taking = promised.take(writing, offer, row.youth_id)
        taking.state, taking.application_id = TakingState.BROKEN, row.id
        taking.interview_by, taking.created_at = writing.unit.today - OVER, row.created_at
        return opening.organisation_id
    return 0


def _leave_unheard(writing: Writing, broke: int) -> None:
    """Its only colleague left; whoever applied is answered by a link to its mailbox."""
    for row in _waiting(writing, LINK_ANSWERS, broke):
        opening = writing.session.get_one(Opening, row.opening_id)
        home = writing.session.get_one(Organisation, opening.organisation_id)
        home.contact_email = f"jobs@{home.slug}.example.com"
        for account in openings.partner_accounts(writing.session, opening.organisation_id):
            account.state = AccountState.DISABLED
        _mail(writing, row, home.contact_email)


def _mail(writing: Writing, row: Application, address: str) -> None:
    """Sent when the person applied and opened once; its secret part is nobody's."""
    now = writing.unit.now
    secret = sha256(f"demo link {row.id}".encode()).hexdigest()
    link = AnswerLink(
        application_id=row.id or 0, token_hash=secret, address=address, account_id=None,
        created_at=row.created_at, expires_at=now + timedelta(days=7),
    )  # fmt: skip
    writing.session.add(link)
    writing.session.flush()  # its use names its number
    at = max(row.created_at, now - timedelta(hours=20))
    writing.session.add(
        AnswerLinkUse(link_id=link.id or 0, use=LinkUse.OPENED, source="203.0.113.9", at=at)
    )


def _hide(writing: Writing) -> None:
    """The oldest posting nobody waits at was asked about, reminded of and hidden."""
    busy = select(Application.opening_id).where(
        col(Application.state).in_((ApplicationState.SENT, ApplicationState.INTERVIEW))
    )
    row = writing.session.exec(
        select(Opening)
        .where(
            Opening.organisation_id == writing.organisation(QUIET),
            Opening.state == OpeningState.PUBLISHED,
            col(Opening.id).not_in(busy),
        )
        .order_by(col(Opening.published_at), col(Opening.id))
        .limit(1)
    ).first()
    if row is None:
        return
    row.paused_on = writing.unit.today - OVER
    row.still_hiring_reminded_on = row.paused_on - PAUSE_AFTER
    row.still_hiring_asked_on = row.still_hiring_reminded_on - REMIND_AFTER
    writing.session.add(row)


def _join(writing: Writing) -> None:
    """A coordinator who also signs in for a firm that still waits to be let in."""
    desk = next(each for each in reversed(STAFF) if each.role == Role.COORDINATOR)
    admin = next(each for each in STAFF if each.role == Role.ADMIN)
    low, high = sorted(_of(writing, each) for each in (desk.email, partner_address(TWO_HATS)))
    writing.session.add(
        SamePerson(
            account_id=low, other_account_id=high, at=writing.unit.now - OVER,
            noted_by_account_id=_of(writing, admin.email),
        )
    )  # fmt: skip


def _of(writing: Writing, email: str) -> int:
    found: Account | None = accounts.by_email(writing.session, email)
    assert found is not None
    return found.id or 0
