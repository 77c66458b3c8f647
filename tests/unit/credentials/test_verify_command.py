"""python -m matcher verify: files alone, and an exit status scripts can rely on."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from matcher.cli import app
from tests import credential_workshop as shop
from tests.credential_workshop import (
    ACADEMY,
    IMPOSTOR,
    PERSON,
    RECIPIENT,
    UNIVERSITY,
    WORKSHOP,
)

W3C = Path(__file__).parents[2] / "data" / "w3c_eddsa_rdfc_2022.json"


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    """Writes what is given by name and runs the command on the first."""

    def run(files: dict[str, bytes], *options: str) -> Result:
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        first = next(iter(files), "nothing")
        shown = [str(tmp_path / each) if each in files else each for each in options]
        return CliRunner().invoke(app, ["verify", str(tmp_path / first), *shown])

    return run


def answer(result: Result) -> tuple[int, str, list[str]]:
    said = json.loads(result.stdout)
    return result.exit_code, said["verdict"], [each["code"] for each in said["reasons"]]


TRUST = ("--trust", UNIVERSITY.did)
KEYS = {"did.json": shop.text_of(UNIVERSITY.document()), "jwk.json": shop.text_of(UNIVERSITY.jwk)}


@pytest.mark.parametrize("key", list(KEYS))
def test_badge_of_a_trusted_issuer_is_verified(desk: Any, key: str) -> None:
    files = {"badge.jwt": shop.token(), key: KEYS[key]}
    result = desk(files, *TRUST, "--key", key, "--recipient", RECIPIENT)
    assert answer(result) == (0, "verified", [])


def test_trusted_did_key_needs_no_key_file(desk: Any) -> None:
    result = desk({"badge.png": shop.baked(shop.token(PERSON))}, "--trust", PERSON.did)
    assert answer(result) == (0, "verified", [])


def test_trusted_did_jwk_needs_no_key_file_either(desk: Any) -> None:
    trust = ("--trust", WORKSHOP.did, *TRUST)
    files = {"badge.jwt": shop.token(WORKSHOP), "jwk.json": KEYS["jwk.json"]}
    assert answer(desk(files, *trust, "--key", "jwk.json")) == (0, "verified", [])
    assert answer(desk(files)) == (1, "authentic_unknown_issuer", ["issuer_unknown"])


def test_list_of_names_counts_because_its_user_brought_it(desk: Any) -> None:
    token = shop.token(credentialStatus=shop.named_entry())
    mine = shop.badge()["id"]
    lists = {"clean.json": shop.named_list("urn:uuid:another"), "mine.json": shop.named_list(mine)}
    files = {"badge.jwt": token, **KEYS, **lists}
    asked = (*TRUST, "--key", "jwk.json")
    assert answer(desk(files, *asked)) == (1, "unverifiable", ["status_list_not_at_hand"])
    clean = answer(desk(files, *asked, "--status-list", "clean.json"))
    assert clean == (0, "verified", ["status_list_undated"])
    revoked = answer(desk(files, *asked, "--status-list", "mine.json"))
    assert revoked == (1, "revoked", ["revocation", "status_list_undated"])


def test_record_tells_the_verdict_of_each_credential_it_holds(desk: Any) -> None:
    members = [UNIVERSITY.proved(shop.badge()), shop.token(PERSON).decode()]
    record = UNIVERSITY.token(shop.claims(shop.record(UNIVERSITY, *members)))
    result = desk({"record.jwt": record, **KEYS}, *TRUST, "--key", "jwk.json")
    assert answer(result) == (1, "authentic_unknown_issuer", ["inside", "issuer_unknown"])
    said = json.loads(result.stdout)
    assert [each["verdict"] for each in said["inside"]] == ["verified", "authentic_unknown_issuer"]
    assert said["inside"][1]["credential"]["issuer"] == PERSON.did
    assert "inside" not in json.loads(desk({"badge.jwt": shop.token()}).stdout)


def test_nobody_is_trusted_unless_named(desk: Any) -> None:
    files = {"badge.jwt": shop.token(), **KEYS}
    assert answer(desk(files, "--key", "jwk.json"))[:2] == (1, "authentic_unknown_issuer")
    assert answer(desk(files, *TRUST))[:2] == (1, "unverifiable")


def test_published_vector_is_verified_with_its_key_however_it_is_written(desk: Any) -> None:
    vector = json.loads(W3C.read_text())
    did = vector["credential"]["proof"]["verificationMethod"].partition("#")[0]
    document = {"id": did, "assertionMethod": [f"{did}#k"], "verificationMethod": [
        {"id": f"{did}#k", "controller": did, "publicKeyJwk": vector["publicJwk"]}]}  # fmt: skip
    for key in (vector["publicJwk"], document):
        files = {"vc.json": shop.text_of(vector["credential"]), "key.json": shop.text_of(key)}
        trusted = ("--trust", vector["credential"]["issuer"], "--key", "key.json")
        assert answer(desk(files, *trusted)) == (0, "verified", [])


def test_every_verdict_but_verified_ends_with_one(desk: Any) -> None:
    revoked = UNIVERSITY.token(shop.status_list((7,)))
    suspended = UNIVERSITY.token(shop.status_list((7,), statusPurpose="suspension"))
    waiting = shop.token(credentialStatus=shop.entry(purpose="suspension"))
    cases = {
        "revoked": (shop.token(credentialStatus=shop.entry()), revoked, ()),
        "suspended": (waiting, suspended, ()),
        "unverifiable": (shop.token(credentialStatus=shop.entry(3)), b"{}", ()),
        "expired": (shop.token(validUntil="2026-02-01T00:00:00Z"), revoked, ()),
        "wrong_recipient": (shop.token(), revoked, ("--recipient", "x@example.kr")),
        "invalid": (IMPOSTOR.token(shop.claims(shop.badge())), revoked, ()),
    }
    for verdict, (badge, held, options) in cases.items():
        files = {"badge.jwt": badge, "list.jwt": held, **KEYS}
        given = (*TRUST, "--key", "did.json", "--status-list", "list.jwt", *options)
        assert answer(desk(files, *given))[:2] == (1, verdict)


def test_fresh_list_lets_the_badge_through_and_its_date_is_told(desk: Any) -> None:
    held = UNIVERSITY.token(shop.status_list((6,), age=3))
    files = {"badge.jwt": shop.token(credentialStatus=shop.entry()), "list.jwt": held, **KEYS}
    result = desk(files, *TRUST, "--key", "did.json", "--status-list", "list.jwt")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["status_list_at"].startswith("2026-11-19")


def test_wrong_use_ends_with_two_and_says_what_is_wrong(desk: Any, tmp_path: Path) -> None:
    files = {"badge.jwt": shop.token(), "noise": b"hello", **KEYS}
    wrong = [
        ({}, ()),
        (files, ("--key", "missing.json")),
        (files, ("--key", "noise")),
        (files, ("--status-list", str(tmp_path))),
        (files, ("--colour", "red")),
        (files, (*TRUST, "--trust", ACADEMY.did, "--key", "jwk.json")),
    ]
    for given, options in wrong:
        result = desk(given, *options)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr


def test_key_of_one_trusted_issuer_never_speaks_for_another(desk: Any) -> None:
    """The academy's key in the university's name, and both are trusted."""
    badge = ACADEMY.token(shop.claims(shop.badge()), kid=UNIVERSITY.kid)
    files = {"badge.jwt": badge, "a.json": shop.text_of(ACADEMY.document()), **KEYS}
    keys = ("--key", "a.json", "--key", "did.json")
    result = desk(files, *TRUST, "--trust", ACADEMY.did, *keys)
    assert answer(result) == (1, "invalid", ["key_kind"])


def test_ten_megabytes_and_a_binary_are_verdicts_and_no_accidents(desk: Any) -> None:
    for data, code in ((b"{" + b" " * 10_000_000, "too_large"), (bytes(999), "not_a_credential")):
        assert answer(desk({"file": data}, *TRUST)) == (1, "invalid", [code])
