"""An admin looks at trained models, proposes one, promotes another's proposal, goes back, and
switches ranking off and on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import model_words, serving
from matcher.matching.serving import DRIFT_MEASURED, Trouble
from matcher.policy import promotion
from matcher.ranking.report import ModelReport
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import accounts, model_versions, records
from matcher.store.model_versions import Pointer
from matcher.text import canonical_email
from models.account import AccountState, Role
from models.model_version import ModelState, ModelVersion, RankingSwitch

PRIOR = "additive-1"


@dataclass(frozen=True)
class Row:
    """`bar` in words: why it may not be promoted by anybody, or "". Names of people may be ""."""

    label: str
    state: str
    verdict: str
    reasons: tuple[str, ...]
    trained_until: date
    made_at: datetime
    proposed_by: str
    promoted_by: str
    promoted_at: datetime | None
    bar: str
    can_propose: bool
    can_promote: bool


@dataclass(frozen=True)
class Switched:
    is_on: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Shelf:
    rows: tuple[Row, ...]
    serving: str
    goes_back_to: str
    """The label a rollback would go to; "" when nothing can be taken back."""
    is_on: bool
    switches: tuple[Switched, ...]
    trouble: Trouble | None
    drifted: tuple[str, ...]
    """Features that have moved, by the newest measurement of the serving model."""


def acting(unit: Unit, email: str) -> Unit:
    """The same unit in the name of an active admin, for the command line."""
    account = accounts.by_email(unit.session, canonical_email(email))
    membership = None if account is None else accounts.membership_of(unit.session, account.id or 0)
    if account is None or membership is None or membership.role is not Role.ADMIN:
        raise Invalid({"by": _("이 이메일의 관리자 계정이 없습니다.")})
    if account.state is not AccountState.ACTIVE:
        raise Invalid({"by": _("이 이메일의 관리자 계정이 없습니다.")})
    return replace(unit, actor=Actor(account.id or 0, Role.ADMIN, account.name, account.language))


def shelf(unit: Unit) -> Shelf:
    rows = model_versions.every(unit.session)
    now = model_versions.standing(unit.session)
    names = _names(unit, rows)
    back = _goes_back_to(unit, model_versions.serving(unit.session))
    return Shelf(
        rows=tuple(_row(unit, each, names) for each in rows),
        serving=PRIOR if now.pointer is None else now.pointer.label,
        goes_back_to="" if now.pointer is None else PRIOR if back is None else back.label,
        is_on=now.is_on,
        switches=tuple(_switched(unit, each) for each in model_versions.switches(unit.session)),
        trouble=serving.trouble(unit.session),
        drifted=_drifted(unit, now.pointer),
    )


def _drifted(unit: Unit, pointer: Pointer | None) -> tuple[str, ...]:
    newest = records.audits(unit.session, records.Filter(action=DRIFT_MEASURED), 1)
    if pointer is None or not newest or newest[0][0].change.get("label") != pointer.label:
        return ()
    return tuple(sorted(newest[0][0].change.get("alarms", {})))


def propose(unit: Unit, label: str) -> None:
    """The first of two people. Raises Conflict for what may not be promoted at all."""
    row = _get(unit, label)
    _refuse(_bar(unit, row))
    if row.proposed_by_account_id is not None:
        _refuse("proposed_already")
    row.proposed_by_account_id, row.proposed_at = unit.signed_in.account_id, unit.now
    row.version += 1
    unit.session.add(row)
    unit.audit("model:proposed", "model_version", row.id, label=label)


def promote(unit: Unit, label: str) -> None:
    """The second of two people: from the commit on, every ranking is made with it."""
    row = _get(unit, label)
    _refuse(_bar(unit, row))
    _refuse(promotion.unproposed(row.proposed_by_account_id, unit.signed_in.account_id))
    old = model_versions.serving(unit.session)
    row.promoted_by_account_id, row.promoted_at = unit.signed_in.account_id, unit.now
    row.replaced_id = None if old is None else old.id
    _retire(old)
    model_versions.change_over(unit.session, old, row, unit.now)
    before = PRIOR if old is None else old.label
    unit.audit("model:promoted", "model_version", row.id, label=label, before=before)


def rollback(unit: Unit, seen: str | None = None) -> str:
    """Back to what served before, or to the prior; one person, at once. Gives its label.

    `seen` = the label the person saw serving: a page pressed twice must not go back twice."""
    row = model_versions.serving(unit.session)
    if row is None:
        raise Conflict(_("사람이 정한 모델을 쓰고 있어 되돌릴 것이 없습니다."))
    if seen is not None and seen != row.label:
        raise Conflict(_("그 사이에 쓰는 모델이 바뀌었습니다. 지금 상태를 다시 확인해 주십시오."))
    then = _goes_back_to(unit, row)
    _retire(row)
    model_versions.change_over(unit.session, row, then, unit.now)
    after = PRIOR if then is None else then.label
    unit.audit("model:rolled_back", "model_version", row.id, label=row.label, after=after)
    return after


def switch(unit: Unit, is_on: bool, reason: str) -> None:
    """Append-only; repeating what holds already is a further line and changes nothing."""
    if not reason.strip():
        raise Invalid({"reason": _("까닭을 적어 주십시오.")})
    account_id = None if unit.actor is None else unit.actor.account_id
    row = RankingSwitch(
        is_on=is_on, reason=reason.strip()[:300], account_id=account_id, at=unit.now
    )
    unit.session.add(row)
    unit.session.flush()
    unit.audit("ranking:switched", "ranking_switch", row.id, is_on=is_on, reason=row.reason)


def _get(unit: Unit, label: str) -> ModelVersion:
    row = model_versions.by_label(unit.session, label)
    if row is None:
        raise NotFound(_("이 이름의 모델이 없습니다."))
    return row


def _bar(unit: Unit, row: ModelVersion) -> str | None:
    report = ModelReport.stored(row.report)
    reported = None if report is None else report.artefact
    found = promotion.unfit(row.state, row.verdict, row.sha256, reported)
    if found is not None:
        return found
    pointer = model_versions.pointer(unit.session, row.id or 0)
    assert pointer is not None
    return "unusable" if serving.unusable(unit.session, pointer) is not None else None


def _refuse(bar: str | None) -> None:
    if bar is not None:
        raise Conflict(_bars()[bar])


def _bars() -> dict[str, str]:
    return {
        "serving_already": _("이미 쓰고 있는 모델입니다."),
        "refused": _("학습이 거절한 모델은 쓸 수 없습니다."),
        "no_artefact": _("저장된 값이 없는 모델은 쓸 수 없습니다."),
        "no_report": _("이 모델에 대한 보고서가 없어 쓸 수 없습니다."),
        "red": _("보고서가 빨강인 모델은 쓸 수 없습니다."),
        "unusable": _("저장된 값을 읽을 수 없거나 지금의 항목과 맞지 않습니다."),
        "not_proposed": _("다른 관리자가 먼저 제안해야 합니다."),
        "proposed_already": _("이미 제안된 모델입니다. 다른 관리자가 승인할 수 있습니다."),
        "same_person": _("제안한 사람은 승인할 수 없습니다. 다른 관리자에게 부탁해 주십시오."),
    }


def _retire(row: ModelVersion | None) -> None:
    """To serve again it needs two people again."""
    if row is not None:
        row.proposed_by_account_id, row.proposed_at = None, None


def _goes_back_to(unit: Unit, row: ModelVersion | None) -> ModelVersion | None:
    """The nearest version before it that still works; None = the prior."""
    seen: set[int] = set()
    before = None if row is None else row.replaced_id
    while before is not None and before not in seen:
        seen.add(before)
        found = unit.session.get(ModelVersion, before)
        pointer = model_versions.pointer(unit.session, before)
        if found is None or pointer is None:
            return None
        if serving.unusable(unit.session, pointer) is None:
            return found
        before = found.replaced_id
    return None


def _row(unit: Unit, row: ModelVersion, names: dict[int, str]) -> Row:
    bar = _bar(unit, row)
    me = None if unit.actor is None else unit.actor.account_id
    proposer = row.proposed_by_account_id
    return Row(
        label=row.label,
        state=row.state.value,
        verdict=row.verdict.value,
        reasons=model_words.reason_words(row.reasons),
        trained_until=row.trained_until,
        made_at=row.created_at,
        proposed_by=names.get(proposer or 0, ""),
        promoted_by=names.get(row.promoted_by_account_id or 0, ""),
        promoted_at=row.promoted_at,
        bar="" if bar is None or row.state is ModelState.SERVING else _bars()[bar],
        can_propose=bar is None and proposer is None,
        can_promote=bar is None and me is not None and promotion.unproposed(proposer, me) is None,
    )


def _names(unit: Unit, rows: Sequence[ModelVersion]) -> dict[int, str]:
    found = {each.proposed_by_account_id for each in rows}
    found |= {each.promoted_by_account_id for each in rows}
    return {each: _name(unit, each) for each in sorted(each for each in found if each)}


def _name(unit: Unit, account_id: int | None) -> str:
    account = None if account_id is None else accounts.by_id(unit.session, account_id)
    return "" if account is None else account.name


def _switched(unit: Unit, row: RankingSwitch) -> Switched:
    return Switched(row.is_on, row.reason, _name(unit, row.account_id), row.at)
