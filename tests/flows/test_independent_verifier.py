"""Our credentials against verifiers others wrote, from the npm registry, without a network after
they are installed."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from matcher.credentials import badge, integrity, status_bits
from matcher.credentials.integrity_proofs import pinned_contexts
from matcher.credentials.signing_keys import did_document, public_jwk, sign_jwt
from tests.unit.credentials import test_issuing_documents as ours

PACKAGES = (
    "@digitalbazaar/vc@7.3.0",
    "@digitalbazaar/data-integrity@2.5.0",
    "@digitalbazaar/eddsa-rdfc-2022-cryptosuite@1.3.0",
    "jose@6.2.17",
)
SCRIPT = Path(__file__).parents[1] / "data" / "verify_credentials.mjs"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the script and the libraries it needs."""
    npm = shutil.which("npm")
    assert npm, "npm is needed: this test lets libraries of others check what we sign"
    folder = tmp_path_factory.mktemp("npm")
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, f"npm could not install the verifiers: {done.stderr[-800:]}"
    return Path(shutil.copy(SCRIPT, folder))


def verify(bench: Path, form: str, text: str, **indexes: list[int]) -> dict[str, Any]:
    lists = {name: data.decode() for name, data in ours.lists(**indexes).items()}
    given = {
        "form": form, "text": text, "lists": lists, "contexts": dict(pinned_contexts()),
        "did": did_document(ours.DID, {"one": public_jwk(ours.KEY.private)}),
    }  # fmt: skip
    node = shutil.which("node")
    assert node, "node comes with npm"
    done = subprocess.run(
        [node, str(bench)], cwd=bench.parent, input=json.dumps(given), capture_output=True,
        text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-800:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def proved() -> str:
    signed = integrity.with_proof(ours.said(), ours.KEY, ours.NOW)
    return json.dumps(signed, ensure_ascii=False)


def test_a_token_holds_and_a_tampered_one_does_not(bench: Path) -> None:
    token = ours.token()
    assert verify(bench, "jwt", token) == {"holds": True, "why": ""}
    head, body, signature = token.split(".")
    for broken in (
        f"{head}.{body[:40]}{'B' if body[40] == 'A' else 'A'}{body[41:]}.{signature}",
        f"{head}.{body}.{signature[:-9]}",
    ):
        assert verify(bench, "jwt", broken)["holds"] is False


def test_a_proof_inside_holds_and_a_tampered_document_does_not(bench: Path) -> None:
    text = proved()
    assert verify(bench, "json", text) == {"holds": True, "why": ""}
    for old, new in (
        ("출석 80%", "출석 10%"),
        ('"4711"', '"4712"'),
        (ours.DID + '", "type', 'did:web:x.example", "type'),
    ):
        assert old in text
        assert verify(bench, "json", text.replace(old, new))["holds"] is False


@pytest.mark.parametrize("purpose", status_bits.PURPOSES)
def test_a_set_bit_is_seen(bench: Path, purpose: str) -> None:
    for form, text in (("jwt", ours.token()), ("json", proved())):
        found = verify(bench, form, text, **{purpose: [4711]})
        assert (found["holds"], found["why"]) == (False, purpose)


def test_a_token_of_another_key_is_refused(bench: Path) -> None:
    token = sign_jwt(badge.payload(ours.said()), ours.Named(ours.KEY.kid, bytes(31) + b"\1"))
    assert verify(bench, "jwt", token)["holds"] is False
