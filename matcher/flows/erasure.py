"""Erasing a person: what the data map says, in one transaction; then the file's traces."""

from matcher.actor import Actor
from matcher.db import Database, Unit
from matcher.i18n import gettext as _
from matcher.matching import event_seats, seats
from matcher.policy import limits
from matcher.policy.data_map import DATA_MAP, Erase
from matcher.policy.states import OPEN_APPLICATION
from matcher.refusal import Conflict, NotFound
from matcher.store import accounts, consents, outbox, people, projects, throttle, traces, youths
from models.account import Account, Role
from models.application import ApplicationEvent, ApplicationState


def erase_own(unit: Unit) -> None:
    """The account stays as a number without a person. Raises Conflict for the last admin.

    Open applications are withdrawn, seats of courses and events given back, consents withdrawn,
    unanswered requests ended; then every table of the data map is deleted from, blanked or kept as
    it says there.
    """
    actor = unit.signed_in
    account = accounts.by_id(unit.session, actor.account_id)
    if account is None:
        raise NotFound
    if actor.role is Role.ADMIN and accounts.active_admins(unit.session) <= {actor.account_id}:
        raise Conflict(_("마지막 관리자 계정은 지울 수 없습니다. 다른 관리자를 먼저 두십시오."))
    if actor.youth_id is not None:
        _leave_everything(unit, actor, actor.youth_id)
    unit.session.flush()
    _forget_elsewhere(unit, account)
    numbers = people.numbers_of(unit.session, actor.account_id, actor.youth_id)
    for table, rule in DATA_MAP.items():
        if rule.owner is None:
            continue
        if rule.erase is Erase.DELETE:
            people.delete_rows(unit.session, table, rule.link, numbers[rule.owner])
        elif rule.erase is Erase.BLANK:
            people.blank_rows(unit.session, table, rule.link, numbers[rule.owner], rule.blank)
    unit.audit("account:erased", "account", actor.account_id)


def wipe(database: Database, whatever_size: bool = False) -> bool:
    """Call after the transaction: rewrites the file; False leaves it to the nightly job."""
    return traces.wipe(database, whatever_size)


def _leave_everything(unit: Unit, actor: Actor, youth_id: int) -> None:
    youths.hold(unit.session, [youth_id])
    for application in people.open_applications(unit.session, youth_id, OPEN_APPLICATION):
        assert application.id is not None
        unit.session.add(
            ApplicationEvent(
                application_id=application.id,
                from_state=application.state.value,
                to_state=ApplicationState.WITHDRAWN.value,
                actor_account_id=actor.account_id,
                at=unit.now,
            )
        )
        application.state = ApplicationState.WITHDRAWN
        application.version += 1
        application.updated_at = unit.now
        unit.session.add(application)
    for number in people.numbers_of(unit.session, actor.account_id, youth_id)[people.YOUTH]:
        for session_id in sorted(people.release_seats(unit.session, number)):
            seats.refill(unit, session_id)
        event_seats.leave_all(unit, number)
    projects.forget_alone(unit.session, youth_id)
    consents.withdraw(unit.session, youth_id, unit.now)
    consents.withdraw_requests(unit.session, youth_id, unit.now)


def _forget_elsewhere(unit: Unit, account: Account) -> None:
    """Counts kept under the address's hash, and mails to others that quote the person."""
    throttle.forget(unit.session, limits.email_buckets(account.email))
    outbox.forget_words(unit.session, (account.name, account.email))
