"""Asking somebody without an account: who may send a link, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import answer_links, review_rules
from matcher.matching.own_application import own_application
from matcher.matching.review_reading import barred_of
from matcher.policy.answer_tokens import is_for_everybody, is_mailbox_of
from matcher.policy.interviews import LINK_ANSWERS
from matcher.policy.masking import candidate_number, label
from matcher.policy.operation import Operation
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import accounts, applications, openings
from matcher.store import answer_links as store
from models.account import Role
from models.answer_link import AnswerLink, AnswerLinkUse, LinkUse
from models.application import Application, ApplicationState
from models.opening import Opening
from models.organisation import Organisation

MOST_A_DAY = 5
"""Links one application may have sent within a day."""
MOST_USES = 50


@dataclass(frozen=True)
class UseLine:
    at: datetime
    use: LinkUse
    source: str


@dataclass(frozen=True)
class LinkLine:
    id: int
    address: str
    sent_at: datetime
    expires_at: datetime
    is_live: bool
    is_answered: bool
    uses: tuple[UseLine, ...]


@dataclass(frozen=True)
class LinksView:
    application_id: int
    opening_id: int
    title: str
    label: str
    can_send: bool
    lines: tuple[LinkLine, ...]


@dataclass(frozen=True)
class UnheardLine:
    """At the centre: called by the number, and nothing of the person is shown."""

    application_id: int
    label: str
    organisation: str
    title: str
    state: ApplicationState
    waited_days: int
    address: str
    is_demo: bool
    can_send: bool
    lines: tuple[LinkLine, ...]


@dataclass(frozen=True)
class OwnUse:
    at: datetime
    use: LinkUse
    organisation: str
    title: str


def announce(unit: Unit, operation: Operation, application_id: int) -> None:
    """Right after an application came in: a partner nobody signs in for is asked by mail, when it
    left an address. Called by the person who applied, in the same transaction."""
    found = applications.get(unit.session, unit.signed_in, unit.today, application_id)
    if found is None:
        raise NotFound
    row, opening = found
    organisation = openings.organisation_of(unit.session, opening)
    accounts_ = openings.partner_accounts(unit.session, opening.organisation_id)
    if organisation.contact_email and not accounts_:
        answer_links.send(unit, operation, row, opening, organisation.contact_email, None)


def view(unit: Unit, actor: Actor, operation: Operation, application_id: int) -> LinksView:
    row, opening = _own(unit, actor, application_id)
    unit.access("application:links", row.youth_id, application=row.id)
    return LinksView(
        application_id=application_id,
        opening_id=row.opening_id,
        title=in_language(opening.title_ko, opening.title_en),
        label=_label(operation, opening, row),
        can_send=row.state in LINK_ANSWERS,
        lines=tuple(_lines(unit, [application_id]).get(application_id, ())),
    )


def ask(unit: Unit, actor: Actor, operation: Operation, application_id: int, address: str) -> None:
    """A partner asks a colleague. Raises Invalid for a mailbox that is not the organisation's."""
    row, opening = _own(unit, actor, application_id, lock=True)
    organisation = openings.organisation_of(unit.session, opening)
    sender = accounts.by_id(unit.session, actor.account_id)
    known = (None if sender is None else sender.email, organisation.contact_email)
    if not is_mailbox_of(address, known):
        raise Invalid({"email": _not_ours(address)})
    review_rules.refuse_conflicted(unit, opening, row.youth_id)
    _refuse_conflicted_reader(unit, opening, row, address)
    _send(unit, operation, row, opening, address)
    unit.access("application:link_sent", row.youth_id, application=row.id)


def _not_ours(address: str) -> str:
    if is_for_everybody(address):
        return _("누구나 쓰는 메일 서비스에서는 기업 정보에 적은 담당자 메일로만 보낼 수 있습니다.")
    return _("우리 기업의 메일 주소로만 보낼 수 있습니다. 담당자 메일과 같은 곳이어야 합니다.")


def _refuse_conflicted_reader(unit: Unit, opening: Opening, row: Application, address: str) -> None:
    """A link is no way around a conflict of interest of whoever would answer."""
    account = accounts.by_email(unit.session, address)
    reader = None if account is None else accounts.actor_of(unit.session, account.id or 0)
    if reader is not None and barred_of(unit, reader, opening.id or 0, [row.youth_id]):
        words = _("이 동료는 이 사람에 대해 이해 충돌이 있습니다. 다른 동료에게 물어 주십시오.")
        raise Invalid({"email": words})


def revoke(unit: Unit, actor: Actor, link_id: int) -> int:
    """Ends a link before its time; gives the application."""
    found = store.by_id(unit.session, link_id)
    if found is None:
        raise NotFound
    _own(unit, actor, found.link.application_id, lock=True)
    _end(unit, link_id)
    return found.link.application_id


def listing(unit: Unit, actor: Actor, operation: Operation) -> tuple[UnheardLine, ...]:
    """For the centre: who waits for an organisation without an account, oldest first."""
    found = store.unheard(unit.session, actor)
    lines = _lines(unit, [each.application.id or 0 for each in found])
    return tuple(
        UnheardLine(
            application_id=row.id or 0,
            label=_label(operation, opening, row),
            organisation=in_language(organisation.name_ko, organisation.name_en),
            title=in_language(opening.title_ko, opening.title_en),
            state=row.state,
            waited_days=(unit.today - day_of(row.created_at)).days,
            address=organisation.contact_email or "",
            is_demo=opening.is_demo,
            can_send=bool(organisation.contact_email) and row.state in LINK_ANSWERS,
            lines=tuple(lines.get(row.id or 0, ())),
        )
        for row, opening, organisation in found
    )


def waiting(unit: Unit, actor: Actor) -> int:
    """How many of them there are."""
    return len(store.unheard(unit.session, actor))


def ask_again(unit: Unit, actor: Actor, operation: Operation, application_id: int) -> None:
    """The centre sends the organisation's own mailbox a fresh link."""
    _row, _opening, organisation = _unheard(unit, actor, application_id)
    if not organisation.contact_email:
        raise Conflict(_("이 기업이 남긴 메일 주소가 없습니다."))
    # behind the application's lock two presses end one another's link
    held = store.seen_by_firm(
        unit.session, organisation.id or 0, unit.today, application_id, lock=True
    )
    if held is None:
        raise NotFound
    row, opening = held
    _send(unit, operation, row, opening, organisation.contact_email)


def revoke_at_centre(unit: Unit, actor: Actor, link_id: int) -> None:
    found = store.by_id(unit.session, link_id)
    if found is None:
        raise NotFound
    _unheard(unit, actor, found.link.application_id)
    _end(unit, link_id)


def uses_of_own(unit: Unit) -> tuple[OwnUse, ...]:
    """Every opening of a link to one of the person's own applications, the newest first."""
    youth_id = unit.signed_in.youth_id
    if youth_id is None:
        return ()
    return tuple(
        OwnUse(
            each.at,
            each.use,
            in_language(each.organisation_ko, each.organisation_en),
            in_language(each.title_ko, each.title_en),
        )
        for each in store.uses_about(unit.session, youth_id, MOST_USES)
    )


def _own(
    unit: Unit, actor: Actor, application_id: int, *, lock: bool = False
) -> tuple[Application, Opening]:
    if actor.role is not Role.PARTNER:
        raise NotFound
    return own_application(unit, actor, application_id, lock=lock)


def _unheard(
    unit: Unit, actor: Actor, application_id: int
) -> tuple[Application, Opening, Organisation]:
    for each in store.unheard(unit.session, actor):
        if each.application.id == application_id:
            return each
    raise NotFound


def _send(
    unit: Unit, operation: Operation, row: Application, opening: Opening, address: str
) -> None:
    if row.state not in LINK_ANSWERS:
        raise Conflict(_("이미 답한 지원입니다."))
    today = [
        each
        for each in store.of_applications(unit.session, [row.id or 0])
        if day_of(each.created_at) == unit.today
    ]
    if len(today) >= MOST_A_DAY:
        raise Conflict(_("하루에 다섯 번까지 보낼 수 있습니다."))
    sender = unit.signed_in.account_id
    answer_links.send(unit, operation, row, opening, address, sender)


def _end(unit: Unit, link_id: int) -> None:
    if not store.revoke(unit.session, link_id, unit.now):
        raise Conflict(_("이미 끝난 링크입니다."))
    unit.audit("answer_link:revoked", "answer_link", link_id)


def _lines(unit: Unit, application_ids: Sequence[int]) -> dict[int, list[LinkLine]]:
    links = store.of_applications(unit.session, application_ids)
    uses = store.uses(unit.session, [each.id or 0 for each in links])
    found: dict[int, list[LinkLine]] = {}
    for each in links:
        line = _line(unit, each, uses.get(each.id or 0, []))
        found.setdefault(each.application_id, []).append(line)
    return found


def _line(unit: Unit, link: AnswerLink, uses: Sequence[AnswerLinkUse]) -> LinkLine:
    ended = link.answered_at or link.revoked_at or link.expires_at <= unit.now
    return LinkLine(
        id=link.id or 0,
        address=link.address,
        sent_at=link.created_at,
        expires_at=link.expires_at,
        is_live=not ended,
        is_answered=link.answered_at is not None,
        uses=tuple(UseLine(each.at, each.use, each.source) for each in uses[-MOST_USES:]),
    )


def _label(operation: Operation, opening: Opening, row: Application) -> str:
    return label(candidate_number(operation.mask_key, opening.id or 0, row.youth_id))
