"""The centre's list of issuers whose badges count, and the status lists they published."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from matcher.catalogue.badge_issuers import known_issuers
from matcher.flows import trusted_issuers
from matcher.i18n import gettext as _
from matcher.policy.issuers import is_private
from matcher.refusal import Conflict, Invalid
from matcher.web.attached import MEGABYTE, needed
from matcher.web.forms.base import parse, typed
from matcher.web.forms.issuers import (
    IssuerForm,
    IssuerKeysForm,
    IssuersQuery,
    IssuerStateForm,
    StatusListForm,
)
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()
HERE = "/centre/issuers"
MOST_MB = 1
BLANK: Mapping[str, str] = {
    "issuer": "",
    "name": "",
    "means": "signed",
    "key_document": "",
    "note": "",
    "backs_certificates": "",
}


@router.get("/centre/issuers")
def desk(page: Paged) -> Response:
    query = parse(IssuersQuery, page.request.query_params, ignore=("lang", "theme"))
    return _desk(page, values=_start(query.known))


@router.post("/centre/issuers")
def add(page: Paged) -> Response:
    try:
        form = parse(IssuerForm, page.form)
        with page.writing() as unit:
            trusted_issuers.add(unit, form.new(), page.services.key_vault)
    except Invalid as refusal:
        return _desk(page, refusal, "new", _shown_again(typed(IssuerForm, page.form)))
    return page.redirect(HERE, notice="issuer-added")


@router.post("/centre/issuers/lists")
def bring_list(page: Paged) -> Response:
    try:
        parse(StatusListForm, page.form, ignore=("csrf", "list"))
        data, _name = needed(page.form, "list", MOST_MB)
        if not data or len(data) > MOST_MB * MEGABYTE:
            raise Invalid({"list": _("빈 파일이거나 1MB보다 큽니다. 취소 목록을 골라 주십시오.")})
        with page.reading() as unit:
            known = trusted_issuers.at_hand_now(unit, page.services.key_vault)
        looked = trusted_issuers.look_at_list(data, known, page.services.clock.now())
        with page.writing() as unit:
            trusted_issuers.bring_list(unit, looked)
    except (Invalid, Conflict) as refusal:
        return _desk(page, refusal, "list")
    return page.redirect(f"{HERE}#lists", notice="issuer-list")


@router.post("/centre/issuers/{issuer_id}/state")
def switch(page: Paged, issuer_id: Id) -> Response:
    try:
        form = parse(IssuerStateForm, page.form)
        is_active = form.state == "on"
        with page.writing() as unit:
            trusted_issuers.switch(unit, issuer_id, is_active, form.version)
    except (Invalid, Conflict) as refusal:
        return _desk(page, refusal, str(issuer_id))
    return page.redirect(HERE, notice="issuer-on" if is_active else "issuer-off")


@router.post("/centre/issuers/{issuer_id}/keys")
def renew_keys(page: Paged, issuer_id: Id) -> Response:
    try:
        form = parse(IssuerKeysForm, page.form)
        with page.writing() as unit:
            trusted_issuers.renew_keys(unit, issuer_id, form.key_document, form.version)
    except (Invalid, Conflict) as refusal:
        again = _shown_again(typed(IssuerKeysForm, page.form))
        values = {"pasted": again.get("key_document", "")}
        return _desk(page, refusal, str(issuer_id), values)
    return page.redirect(HERE, notice="issuer-keys")


def _shown_again(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was typed, but for a private key: no page and no browser's history keeps one."""
    if is_private(str(values.get("key_document", ""))):
        return {**values, "key_document": ""}
    return values


def _desk(
    page: Page,
    refusal: Invalid | Conflict | None = None,
    at: str = "",
    values: Mapping[str, Any] | None = None,
) -> Response:
    """`at` is the number of the refused row, "new" or "list"."""
    with page.reading() as unit:
        found = trusted_issuers.desk(unit)
    errors, status = answer_to(refusal) if refusal is not None else ({}, 200)
    listed = {each.issuer for each in found.issuers}
    return page.html(
        "centre/issuers.html",
        status,
        desk=found,
        at=at,
        errors=errors,
        values={**BLANK, **(values or {})},
        means=means_choices(),
        known=[each for each in known_issuers() if each.issuer not in listed],
    )


def means_choices() -> list[tuple[str, str, str]]:
    return [
        (
            "signed",
            _("서명으로"),
            _("붙여 넣은 열쇠로 서명을 확인합니다. 4단계(서명 확인)가 됩니다."),
        ),
        (
            "hosted",
            _("발급 기관의 누리집으로"),
            _("서명 없는 배지를 그 누리집에 물어 확인합니다. 3단계(발급 기관 확인)가 됩니다."),
        ),
    ]


def _start(key: str) -> Mapping[str, str]:
    """The new form as the catalogue begins it; the address is still to be compared."""
    for each in known_issuers():
        if each.key == key:
            return {"issuer": each.issuer, "name": each.name, "means": each.means,
                    "note": each.origin.source, "backs_certificates": "1"}  # fmt: skip
    return {}
