"""Signing up: anyone of 14 or older; says the same whether or not the address is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from matcher.catalogue.sectors import sectors
from matcher.db import Unit
from matcher.gateways.passwords import Passwords
from matcher.i18n import current_language
from matcher.i18n import gettext as _
from matcher.policy import limits
from matcher.policy.ages import AgeBand, age_band
from matcher.policy.notices import CONSENT_TEXT_VERSION
from matcher.policy.password_words import password_problem
from matcher.refusal import Invalid, TooMany
from matcher.store import accounts, consents, links, outbox, throttle
from models.account import Account, AccountState, Membership, OneTimePurpose, Role
from models.consent import Consent, ConsentPurpose
from models.youth import YouthProfile


@dataclass(frozen=True)
class NewPerson:
    """`email` in canonical form. The birth year is looked at and forgotten."""

    email: str
    name: str
    password: str
    birth_year: int
    had_14th_birthday: bool
    has_service_consent: bool
    has_learning_consent: bool
    has_pool_consent: bool
    sectors: Sequence[str]


def check(unit: Unit, person: NewPerson) -> bool:
    """Every refusal that does not depend on who has an account. Raises Invalid or TooMany.

    True for a person who may be under 18, whose exams need a guardian's consent.
    """
    problems: dict[str, str] = {}
    band = age_band(person.birth_year, person.had_14th_birthday, unit.today)
    if not 1900 <= person.birth_year <= unit.today.year:
        problems["birth_year"] = _("태어난 해를 네 자리로 적어 주세요. 예: 2004")
    elif band is AgeBand.TOO_YOUNG:
        problems["birth_year"] = _("만 14세부터 가입할 수 있어요.")
    refused = password_problem(person.password, Role.YOUTH, (person.name, person.email))
    if refused is not None:
        problems["password"] = refused
    if not person.has_service_consent:
        problems["service_consent"] = _("이 동의가 없으면 계정을 만들 수 없어요.")
    if person.has_pool_consent and not person.sectors:
        problems["sectors"] = _("어느 분야의 기업에 보일지 하나 이상 골라 주세요.")
    if not set(person.sectors) <= {sector.slug for sector in sectors()}:
        problems["sectors"] = _("목록에 있는 것 중에서 골라 주세요.")
    if problems:
        raise Invalid(problems)
    _refuse_if_throttled(unit, person.email)
    return band is AgeBand.MINOR


def sign_up(unit: Unit, person: NewPerson, password_hash: str) -> None:
    """Make an unconfirmed account, or tell the owner of the address by mail that there is one.

    An account that was never confirmed is filled anew: whoever proves the address last wins, so
    nobody can lie in wait with a password of their own.
    """
    _refuse_if_throttled(unit, person.email)
    tries = limits.sign_up(person.email, unit.source)
    throttle.note(unit.session, [limit.bucket for limit in tries], unit.now)
    account = accounts.by_email(unit.session, person.email)
    if account is None:
        account = _new_account(unit, person, password_hash)
    elif _may_fill_again(unit, account):
        _fill_again(unit, account, person, password_hash)
    else:
        if account.state is not AccountState.DISABLED:
            outbox.put(unit.session, account, "already_have_account", unit.now)
        return
    assert account.id is not None
    token = links.issue(unit.session, account.id, OneTimePurpose.CONFIRM_EMAIL, unit.now)
    outbox.put(unit.session, account, "confirm_email", unit.now, token=token)
    unit.audit("account:signed_up", "account", account.id)


def is_working_link(unit: Unit, token: str) -> bool:
    found = links.account_of(unit.session, token, OneTimePurpose.CONFIRM_EMAIL, unit.now)
    return found is not None


def check_confirming(unit: Unit, passwords: Passwords, token: str, password: str) -> None:
    """Who presses must also know the password: somebody else may have filled the form in anew
    with theirs, and the press would open the account to them. Raises Invalid."""
    account_id = links.account_of(unit.session, token, OneTimePurpose.CONFIRM_EMAIL, unit.now)
    account = None if account_id is None else accounts.by_id(unit.session, account_id)
    if account is None:
        raise Invalid({"": _dead()})
    if not passwords.verify(password, account.password_hash):
        message = _("가입할 때 정한 비밀번호가 아니에요. 생각나지 않으면 다시 가입해 주세요.")
        raise Invalid({"password": message})


def confirm(unit: Unit, token: str) -> None:
    """The link from the mail, pressed. Raises Invalid when it does not work (any more)."""
    account_id = links.use(unit.session, token, OneTimePurpose.CONFIRM_EMAIL, unit.now)
    account = None if account_id is None else accounts.by_id(unit.session, account_id)
    if account is None or account.state is not AccountState.UNCONFIRMED:
        raise Invalid({"": _dead()})
    account.state = AccountState.ACTIVE
    account.confirmed_at = unit.now
    unit.session.add(account)
    unit.audit("account:confirmed", "account", account.id)


def _dead() -> str:
    return _("이 링크는 더 쓸 수 없어요. 다시 가입하면 새 링크를 보내 드려요.")


def _refuse_if_throttled(unit: Unit, email: str) -> None:
    waits = [
        throttle.wait(unit.session, limit.bucket, limit.most, limit.window, unit.now)
        for limit in limits.sign_up(email, unit.source)
    ]
    if any(waits):
        raise TooMany(_("가입을 너무 많이 시도했어요. 잠시 뒤에 다시 해 주세요."), max(waits))


def _new_account(unit: Unit, person: NewPerson, password_hash: str) -> Account:
    account = Account(
        email=person.email,
        name=person.name,
        password_hash=password_hash,
        language=current_language(),
        created_at=unit.now,
    )
    unit.session.add(account)
    try:
        unit.session.flush()
    except IntegrityError:  # two sign-ups with one address at the same moment
        raise TooMany(_("잠시 뒤에 다시 해 주세요."), 1) from None
    assert account.id is not None
    profile = YouthProfile(account_id=account.id, created_at=unit.now, updated_at=unit.now)
    membership = Membership(account_id=account.id, role=Role.YOUTH, created_at=unit.now)
    unit.session.add_all([profile, membership])
    unit.session.flush()
    assert profile.id is not None
    _give_consents(unit, profile.id, person)
    return account


def _may_fill_again(unit: Unit, account: Account) -> bool:
    """Only what a person began here themselves; an invitation keeps its role and its name."""
    assert account.id is not None
    membership = accounts.membership_of(unit.session, account.id)
    is_own = membership is not None and membership.role is Role.YOUTH
    return (
        is_own and account.state is AccountState.UNCONFIRMED and account.password_hash is not None
    )


def _fill_again(unit: Unit, account: Account, person: NewPerson, password_hash: str) -> None:
    account.name, account.password_hash = person.name, password_hash
    account.language = current_language()
    unit.session.add(account)
    assert account.id is not None
    profile = accounts.profile_of(unit.session, account.id)
    if profile is not None and profile.id is not None:
        consents.withdraw(unit.session, profile.id, unit.now)
        _give_consents(unit, profile.id, person)


def _give_consents(unit: Unit, youth_id: int, person: NewPerson) -> None:
    given = {
        ConsentPurpose.SERVICE: True,
        ConsentPurpose.POOL: person.has_pool_consent,
        ConsentPurpose.LEARNING: person.has_learning_consent,
    }
    for purpose, is_given in given.items():
        if is_given:
            unit.session.add(
                Consent(
                    youth_id=youth_id,
                    purpose=purpose,
                    sectors=sorted(person.sectors) if purpose is ConsentPurpose.POOL else [],
                    text_version=CONSENT_TEXT_VERSION,
                    granted_at=unit.now,
                )
            )
