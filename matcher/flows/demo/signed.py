"""A demo key, and what it signed for the first young person of the tour: one of them suspended and
one revoked, so that the two can be seen beside those in force."""

from matcher.catalogue.demo.standing import BADA, HANEUL
from matcher.flows.demo.writing import Writing
from matcher.gateways.key_vault import KeyVault
from matcher.matching import issued_states, issuing, signing
from matcher.store import issued
from matcher.store.people import count_rows
from models.credential import IssuedCredential, IssuedKind, IssuedState

SUSPENDED = "데모: 평가 근거를 대학이 다시 보고 있습니다."
REVOKED = "데모: 다른 사람의 결과가 잘못 적혔습니다."


def signed(writing: Writing, vault: KeyVault) -> None:
    """Nothing without a secret. What the others completed is signed when they ask for it: the key
    is younger than that."""
    if not vault.is_on:
        return
    signing.make_key(writing.unit, vault, is_demo=True)
    by = signing.signer(writing.unit, vault)
    assert by is not None
    for number in (HANEUL, BADA):
        issuing.sync(writing.unit, by, writing.ids["youth"][number], everything=True)
    _end_two(writing, writing.ids["youth"][HANEUL])
    for table in ("issuer_key", "issued_credential"):
        writing.counts[table] = count_rows(writing.session, table)


def _end_two(writing: Writing, youth_id: int) -> None:
    rows = issued.of_person(writing.session, youth_id)
    skills = [row for row in rows if row.kind is IssuedKind.SKILL]
    if len(skills) > 2:
        _end(writing, skills[0], IssuedState.SUSPENDED, SUSPENDED)
        _end(writing, skills[1], IssuedState.REVOKED, REVOKED)


def _end(writing: Writing, row: IssuedCredential, state: IssuedState, reason: str) -> None:
    issued_states.move(writing.unit, row, state, reason)
    row.is_withheld = state is IssuedState.REVOKED
