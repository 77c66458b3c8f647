"""The centre keeps the list of issuers whose badges count, and the status lists they publish."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from matcher.credentials import status_bits, status_lists, verifying, words
from matcher.credentials.types import AtHand, Checked, Claim, Reason, StatusEntry, Verdict
from matcher.credentials.verification_keys import keys_of
from matcher.db import Unit
from matcher.gateways.key_vault import KeyVault
from matcher.i18n import gettext as _
from matcher.matching import at_hand
from matcher.matching.signing import own_did
from matcher.policy import issuers as rules
from matcher.policy.issuers import KeysRefused
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import presented
from matcher.store import trusted_issuers as store
from models.credential import IssuerMeans, StatusListCopy, TrustedIssuer


@dataclass(frozen=True)
class IssuerRow:
    id: int
    issuer: str
    name: str
    means: IssuerMeans
    keys: tuple[str, ...]
    """Names of the pinned keys; a key without one is told by its kind."""
    note: str
    backs_certificates: bool
    is_active: bool
    is_demo: bool
    version: int


@dataclass(frozen=True)
class LookedList:
    """A status list that was checked and is not kept yet; `known`: what it was checked against."""

    known: AtHand
    checked: Checked
    address: str
    problems: tuple[Reason, ...]


@dataclass(frozen=True)
class ListRow:
    address: str
    issuer_name: str
    made_at: datetime
    kept_at: datetime
    days: int
    is_old: bool


@dataclass(frozen=True)
class Desk:
    issuers: tuple[IssuerRow, ...]
    lists: tuple[ListRow, ...]
    behind: int
    """Badges that were checked before the last change and are being checked again."""

    @property
    def active(self) -> int:
        return sum(each.is_active for each in self.issuers)


@dataclass(frozen=True)
class NewIssuer:
    """`key_document` as pasted: JSON, or nothing."""

    issuer: str
    name: str
    means: IssuerMeans
    key_document: str
    note: str
    backs_certificates: bool = False


def desk(unit: Unit) -> Desk:
    found = store.listed(unit.session)
    names = {each.issuer: each.name for each in found}
    lists = store.status_lists(unit.session)
    return Desk(
        tuple(_row(each) for each in found),
        tuple(_list_row(each, names.get(each.issuer, each.issuer), unit.now) for each in lists),
        presented.count_behind(unit.session),
    )


def add(unit: Unit, new: NewIssuer, vault: KeyVault) -> int:
    """Gives the id. Raises Invalid by field."""
    _refuse(unit, new, vault)
    row = TrustedIssuer(
        issuer=new.issuer,
        name=new.name,
        means=new.means,
        keys=_keys(new.key_document, new.issuer),
        note=new.note,
        backs_certificates=new.backs_certificates,
        account_id=unit.signed_in.account_id,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()  # the id goes into the audit line, and badges are behind it
    unit.audit(
        "issuer:added", "trusted_issuer", row.id, means=new.means.value, keys=len(_names(row)),
        badges=presented.count_behind(unit.session, row.issuer),
    )  # fmt: skip
    return row.id or 0


def switch(unit: Unit, issuer_id: int, is_active: bool, version: int) -> None:
    """Off: nothing it signs counts from now on, and what it signed ceases to as its badges are
    checked again. Raises Conflict."""
    row = _current(unit, issuer_id, version)
    if row.is_active is is_active:
        raise Conflict(_("이미 그렇게 되어 있습니다."))
    row.is_active = is_active
    _keep(unit, row, "issuer:on" if is_active else "issuer:off")


def renew_keys(unit: Unit, issuer_id: int, keys: str, version: int) -> None:
    """The issuer changed its keys: what only the old one signed no longer verifies. Raises
    Invalid, Conflict."""
    row = _current(unit, issuer_id, version)
    if row.means is not IssuerMeans.SIGNED or not keys.strip():
        raise Invalid({"key_document": _("열쇠 문서를 붙여 넣어 주십시오.")})
    if rules.carries_its_key(row.issuer):
        raise Invalid({"key_document": _("이 이름은 열쇠를 스스로 담고 있습니다. 비워 두십시오.")})
    row.keys = _keys(keys, row.issuer)
    _keep(unit, row, "issuer:keys")


def at_hand_now(unit: Unit, vault: KeyVault) -> AtHand:
    """What `look_at_list` needs."""
    return at_hand.build(unit, vault)


def look_at_list(data: bytes, known: AtHand, now: datetime) -> LookedList:
    """A status list as its issuer published it, checked outside any transaction. Raises Invalid
    for what is none."""
    checked = verifying.check(data, known, recipient=None, now=now)
    claim, address = checked.claim, status_lists.address_of(data)
    if claim is None or not rules.is_page(address):
        raise Invalid(
            {"list": _("취소 목록으로 읽을 수 없습니다. 발급 기관이 공개한 그대로 올려 주십시오.")}
        )
    problems = list(_problems(claim, address, data, known, now))
    if checked.verdict is not Verdict.VERIFIED:
        problems += checked.reasons
    return LookedList(known, checked, address, tuple(problems))


def bring_list(unit: Unit, looked: LookedList) -> int:
    """Its signature, issuer, address and date hold, or Invalid; gives how many badges are to be
    checked again. Raises Conflict where the issuer changed while the list was checked."""
    claim, known = looked.checked.claim, looked.known
    assert claim is not None
    issuer = store.by_address(unit.session, claim.issuer, lock=True)
    if issuer is None or not issuer.is_active:
        raise Invalid({"list": _("목록에 있는 발급 기관이 만든 취소 목록이 아닙니다.")})
    if issuer.edition != known.editions.get(issuer.issuer):
        raise Conflict(_("그 사이에 이 발급 기관이 바뀌었습니다. 새로 열어 다시 해 주십시오."))
    if looked.problems:
        raise Invalid({"list": " ".join(dict.fromkeys(map(words.sentence, looked.problems)))})
    row = _kept(unit, claim.issuer, looked)
    again = _check_again(unit, issuer)
    unit.audit("issuer:list", "status_list", row.id, made_at=row.made_at.isoformat(), badges=again)
    return again


def _refuse(unit: Unit, new: NewIssuer, vault: KeyVault) -> None:
    if not rules.is_did(new.issuer) and not rules.is_page(new.issuer):
        raise Invalid({"issuer": _("did:로 시작하는 이름이나 https 주소를 적어 주십시오.")})
    if new.issuer == own_did(vault):
        raise Invalid({"issuer": _("이 서비스가 발급한 것은 적지 않아도 스스로 확인합니다.")})
    if store.by_address(unit.session, new.issuer) is not None:
        raise Invalid({"issuer": _("이미 목록에 있는 발급 기관입니다.")})
    if new.means is IssuerMeans.HOSTED and not rules.is_page(new.issuer):
        raise Invalid({"means": _("서명 없이 인정하려면 발급 기관의 https 주소가 있어야 합니다.")})
    if new.means is IssuerMeans.HOSTED and new.key_document.strip():
        raise Invalid({"key_document": _("서명 없이 인정하는 발급 기관에는 열쇠를 적지 않습니다.")})
    carries = rules.carries_its_key(new.issuer)
    if carries and new.key_document.strip() and not rules.is_private(new.key_document):
        raise Invalid({"key_document": _("이 이름은 열쇠를 스스로 담고 있습니다. 비워 두십시오.")})
    needs_key = new.means is IssuerMeans.SIGNED and not carries
    if needs_key and not new.key_document.strip():
        raise Invalid({"key_document": _("서명을 확인할 열쇠 문서를 붙여 넣어 주십시오.")})


def _keys(text: str, issuer: str) -> dict[str, object] | None:
    if not text.strip():
        return None
    try:
        return rules.read_keys(text, issuer)
    except KeysRefused as refused:
        raise Invalid({"key_document": _refusals()[refused.code]}) from None


def _refusals() -> dict[str, str]:
    return {
        "unreadable": _("JSON으로 된 열쇠 문서로 읽을 수 없습니다."),
        "private": _(
            "비밀 열쇠가 들어 있습니다. 저장하지 않았습니다. 공개 열쇠만 붙여 넣어 주십시오."
        ),
        "no_key": _("서명에 쓸 수 있는 공개 열쇠가 없습니다."),
        "of_another": _("다른 발급 기관의 열쇠 문서입니다."),
        "weak": _("쓸 수 없는 열쇠입니다. Ed25519, P-256, P-384, 2048비트 이상의 RSA만 받습니다."),
    }


def _problems(
    claim: Claim, address: str, data: bytes, known: AtHand, now: datetime
) -> Iterator[Reason]:
    """As a badge that points to the list would find them; one of the two purposes must do."""
    tried = []
    for purpose in status_bits.PURPOSES:
        pointing = Claim(
            id="", issuer=claim.issuer, issuer_name="", achievement="", achievement_name="",
            subject="", identities=(), holder_name="", valid_from=None, valid_until=None,
            status=(StatusEntry(address, purpose, 0),), types=(),
        )  # fmt: skip
        lists = AtHand(known.trusted, known.keys, {address: data})
        found, _made_at = status_lists.findings(pointing, lists, now)
        tried.append([each.reason for each in found if each.verdict is Verdict.UNVERIFIABLE])
    yield from min(tried, key=len)


def _kept(unit: Unit, issuer: str, looked: LookedList) -> StatusListCopy:
    assert looked.checked.claim is not None
    made_at, address = looked.checked.claim.valid_from, looked.address
    if made_at is None:
        raise Invalid({"list": _("취소 목록에 만든 날이 적혀 있지 않습니다.")})
    row = store.status_list(unit.session, address, lock=True)
    if row is None:
        row = StatusListCopy(
            address=address, issuer=issuer, data=b"", made_at=made_at, kept_at=unit.now
        )
    elif row.issuer != issuer:
        raise Invalid({"list": _("이 주소의 취소 목록은 다른 발급 기관의 것입니다.")})
    elif row.made_at > made_at or (
        # Of two of the same date, one that revokes fewer is the older: a revocation is for good.
        row.made_at == made_at and status_lists.takes_back(row.data, looked.checked.content)
    ):
        raise Invalid({"list": _("가지고 있는 것보다 오래된 취소 목록입니다.")})
    row.data, row.made_at, row.kept_at = looked.checked.content, made_at, unit.now
    unit.session.add(row)
    unit.session.flush()  # the audit line names it
    return row


def _current(unit: Unit, issuer_id: int, version: int) -> TrustedIssuer:
    row = store.get(unit.session, issuer_id, lock=True)
    if row is None:
        raise NotFound
    if row.version != version:
        raise Conflict(_("그 사이에 이 발급 기관이 바뀌었습니다. 새로 열어 다시 해 주십시오."))
    return row


def _keep(unit: Unit, row: TrustedIssuer, action: str) -> None:
    row.version, row.updated_at = row.version + 1, unit.now
    row.account_id = unit.signed_in.account_id
    again = _check_again(unit, row)
    unit.audit(action, "trusted_issuer", row.id, keys=len(_names(row)), badges=again)


def _check_again(unit: Unit, row: TrustedIssuer) -> int:
    """The worker does (`flows.badge_checks`); gives how many badges it will."""
    row.edition += 1
    unit.session.add(row)
    unit.session.flush()  # they are behind from here on
    return presented.count_behind(unit.session, row.issuer)


def _row(row: TrustedIssuer) -> IssuerRow:
    return IssuerRow(
        row.id or 0, row.issuer, row.name, row.means, _names(row), row.note,
        row.backs_certificates, row.is_active, row.is_demo, row.version,
    )  # fmt: skip


def _names(row: TrustedIssuer) -> tuple[str, ...]:
    kinds = ((each.id, each.jwk) for each in keys_of(row.keys or {}))
    return tuple(
        name.rpartition("#")[2] or str(jwk.get("crv") or jwk.get("kty")) for name, jwk in kinds
    )


def _list_row(row: StatusListCopy, name: str, now: datetime) -> ListRow:
    age = now - row.made_at
    return ListRow(
        row.address, name, row.made_at, row.kept_at, max(age.days, 0), age > status_lists.OLD
    )
