"""verify: is this badge or credential genuine? Files alone, no database and no network."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from matcher.cli.setup import language
from matcher.i18n import gettext as _

if TYPE_CHECKING:
    from matcher.credentials.types import AtHand, Checked, Claim, Reason


def verify(
    file: Annotated[Path, typer.Argument(help="PNG, SVG, JSON or a signed text")],
    recipient: Annotated[
        str | None, typer.Option(help="e-mail address or DID it must be issued to")
    ] = None,
    trust: Annotated[
        list[str] | None, typer.Option(help="issuer whose signature counts; repeatable")
    ] = None,
    key: Annotated[
        list[Path] | None, typer.Option(help="DID document or JWK of an issuer; repeatable")
    ] = None,
    status_list: Annotated[
        list[Path] | None, typer.Option(help="the issuer's status list; repeatable")
    ] = None,
) -> None:
    """Exit status 0: verified. 1: any other verdict. 2: wrong use, or a file cannot be read."""
    from matcher.clock import Clock
    from matcher.credentials.verifying import check, claim_in

    with language():
        data = _read(file)
        at_hand = _at_hand(claim_in(data), trust or [], key or [], status_list or [])
        checked = check(data, at_hand, recipient=recipient, now=Clock().now())
        _write(_content(checked, recipient))
    raise typer.Exit(0 if checked.verdict == "verified" else 1)


def _read(file: Path) -> bytes:
    """A byte more than the most allowed is enough to refuse it."""
    from matcher.credentials.carriers import MOST_PICTURE_BYTES

    try:
        with file.open("rb") as source:
            return source.read(MOST_PICTURE_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        _refuse(_("파일을 열 수 없습니다: %(why)s") % {"why": f"{file}: {why}"})


def _refuse(words: str) -> NoReturn:
    _write(words, err=True)
    raise typer.Exit(2)


def _at_hand(
    claim: "Claim | None", trust: list[str], keys: list[Path], lists: list[Path]
) -> "AtHand":
    from matcher.credentials.types import AtHand

    issuer = claim.issuer if claim else ""
    return AtHand(
        trusted=frozenset(trust),
        keys=_by_owner([_key(each) for each in keys], issuer, trust),
        lists=_by_address([_read(each) for each in lists], claim),
    )


def _key(file: Path) -> dict[str, Any]:
    from matcher.credentials.carriers import unwrap
    from matcher.credentials.findings import Refused
    from matcher.credentials.json_door import read_object
    from matcher.credentials.verification_keys import is_key_document

    try:
        document = read_object(unwrap(_read(file)))
    except Refused:
        document = {}
    if not is_key_document(document):
        _refuse(_("DID 문서나 JWK가 아닙니다: %(file)s") % {"file": file})
    return document


def _by_owner(
    documents: Iterable[dict[str, Any]], issuer: str, trust: list[str]
) -> Mapping[str, Mapping[str, Any]]:
    """A key that does not say whose it is counts for the issuer the credential names; where several
    issuers are trusted, one could so borrow another's key, and it must say."""
    from matcher.credentials.verification_keys import SELF_CONTAINED

    named = [each for each in trust if not each.startswith(SELF_CONTAINED)]
    found: dict[str, list[dict[str, Any]]] = {}
    for each in documents:
        owner = _owner(each, trust)
        if not owner and len(named) > 1:
            _refuse(_("여러 기관을 믿을 때는 열쇠에 누구의 것인지(kid) 적혀 있어야 합니다."))
        found.setdefault(owner or issuer, []).append(each)
    return {owner: {"keys": each} for owner, each in found.items()}


def _owner(document: dict[str, Any], trust: list[str]) -> str:
    """A did:key or did:jwk needs no key file: one that is handed over speaks for another name,
    unless it is trusted itself."""
    from matcher.credentials.verification_keys import SELF_CONTAINED, owner_of

    owner = owner_of(document)
    return "" if owner.startswith(SELF_CONTAINED) and owner not in trust else owner


def _by_address(lists: list[bytes], claim: "Claim | None") -> Mapping[str, bytes]:
    """By the address a list names itself; a single one also stands where another was named, so that
    the refusal can say what is wrong with it."""
    from matcher.credentials.status_lists import address_of, addresses

    named = {address: data for data in lists if (address := address_of(data))}
    if claim and len(lists) == 1:
        named = {**dict.fromkeys(addresses(claim), lists[0]), **named}
    return named


def _content(checked: "Checked", recipient: str | None) -> str:
    claim = checked.claim
    content: dict[str, Any] = {
        "verdict": checked.verdict,
        "reasons": [_reason(each) for each in checked.reasons],
        "proof": checked.proof,
        "recipient_checked": recipient is not None,
        "status_list_at": _moment(checked.status_list_at),
        "credential": _claimed(claim) if claim else None,
    }
    if claim and checked.proof == "sd_jwt":
        content["facts"] = _facts(claim)
    if checked.inside:
        content["inside"] = [_inside(each) for each in checked.inside]
    return json.dumps(content, ensure_ascii=False, indent=2)


def _inside(checked: "Checked") -> dict[str, Any]:
    """Of a learner record: each credential it holds, judged by itself."""
    return {
        "verdict": checked.verdict,
        "reasons": [_reason(each) for each in checked.reasons],
        "proof": checked.proof,
        "credential": _claimed(checked.claim) if checked.claim else None,
    }


def _facts(claim: "Claim") -> dict[str, Any]:
    """Of a proof that shows some facts: those that were shown."""
    from matcher.credentials.selective import facts_of

    return facts_of(claim)


def _reason(reason: "Reason") -> dict[str, str]:
    from matcher.credentials.words import sentence

    return {"code": reason.code, "text": sentence(reason), **reason.details}


def _claimed(claim: "Claim") -> dict[str, Any]:
    """What it says of itself; only `verdict` tells whether that holds."""
    return {
        "id": claim.id,
        "types": claim.types,
        "issuer": claim.issuer,
        "issuer_name": claim.issuer_name,
        "achievement": claim.achievement,
        "achievement_name": claim.achievement_name,
        "subject": claim.subject,
        "valid_from": _moment(claim.valid_from),
        "valid_until": _moment(claim.valid_until),
    }


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _write(text: str, err: bool = False) -> None:
    typer.echo(text.encode("utf-8", "backslashreplace").decode(), err=err)
