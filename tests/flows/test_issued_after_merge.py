"""Two records become one: what was signed for the other account's address is signed anew."""

from dataclasses import replace

import pytest
from sqlmodel import select

from matcher.credentials import verifying
from matcher.credentials.types import Verdict
from matcher.flows import credential_desk, duplicates, issuer_keys, own_credentials
from matcher.flows.duplicates import Choice
from matcher.gateways.key_vault import SealedKeyVault
from matcher.jobs import issuing as job
from matcher.matching import at_hand
from matcher.policy.credential_steps import Step
from matcher.wiring import Services
from models.account import Account
from models.credential import IssuedCredential, IssuedState
from models.skill import Rater
from models.youth import YouthProfile
from tests import factories
from tests.coordinator_desk import young
from tests.flows.test_result_undo import confirmed
from tests.matching_desk import actor_of
from tests.partner_desk import actor, working
from tests.people import People

VAULT = SealedKeyVault("a secret of more than thirty-two letters", "https://oreum.example")
OLD = "haneul.old@example.org"


@pytest.fixture
def signing(services: Services, people: People) -> Services:
    ready = replace(services, key_vault=VAULT)
    with ready.writing() as unit:
        issuer_keys.make(unit, VAULT)
    return ready


def second_record(services: Services, people: People) -> int:
    """Of the same person, at the same university, with an address of its own."""
    with services.database.writing() as session:
        number = young(session, "haneul.old", people.coordinator.organisation_id)
        account = session.get_one(Account, session.get_one(YouthProfile, number).account_id)
        account.name, account.email = "haneul", OLD
    return number


def judge(services: Services, youth_id: int, skill: str, level: int) -> None:
    with services.database.writing() as session:
        factories.skill_record(
            session, youth_id, skill, level=level, rater=Rater.COORDINATOR,
            rated_on=factories.TODAY,
        )  # fmt: skip


def merge(services: Services, people: People, kept: int, other: int) -> int:
    with working(services, people.coordinator) as unit:
        return duplicates.merge(unit, actor(people.coordinator), Choice(kept, other))


def undo(services: Services, people: People, number: int) -> None:
    with working(services, people.coordinator) as unit:
        duplicates.undo(unit, actor(people.coordinator), number)


def of(services: Services, youth_id: int) -> list[IssuedCredential]:
    with services.database.reading() as session:
        statement = select(IssuedCredential).where(IssuedCredential.youth_id == youth_id)
        return list(session.exec(statement.order_by(IssuedCredential.id)).all())


def in_force(services: Services, youth_id: int) -> list[IssuedCredential]:
    return [row for row in of(services, youth_id) if row.state is IssuedState.IN_FORCE]


def verdict(services: Services, row: IssuedCredential, recipient: str) -> Verdict:
    with services.reading() as unit:
        known = at_hand.build(unit, VAULT)
        data = row.token.encode()
        return verifying.check(data, known, recipient=recipient, now=unit.now).verdict


def test_merged_credentials_are_signed_anew_for_the_account_that_stays(
    signing: Services, people: People
) -> None:
    me, twin = people.youth.youth_id or 0, second_record(signing, people)
    judge(signing, twin, "sql", 3)
    job.run(signing)
    (old,) = of(signing, twin)
    merge(signing, people, me, twin)
    own = actor_of(people.youth)
    with signing.reading(own) as unit:
        view = own_credentials.every(unit, own, VAULT)
    assert ([row.is_outdated for row in view.rows], view.unsigned, view.pieces) == ([True], 1, 0)
    assert (job.run(signing), job.run(signing)) == (1, 0)
    (new,) = in_force(signing, me)
    assert verdict(signing, new, people.youth.email) is Verdict.VERIFIED
    assert verdict(signing, old, OLD) is Verdict.VERIFIED, "files somebody has stay good"
    with signing.reading(own) as unit:
        view = own_credentials.every(unit, own, VAULT)
    assert ([row.is_outdated for row in view.rows], view.unsigned) == ([False, False], 0)


def test_of_two_for_one_skill_the_accounts_own_stays_as_it_was_signed(
    signing: Services, people: People
) -> None:
    me, twin = people.youth.youth_id or 0, second_record(signing, people)
    judge(signing, me, "sql", 3)
    judge(signing, twin, "sql", 2)
    job.run(signing)
    (own,) = of(signing, me)
    merge(signing, people, me, twin)
    job.run(signing)
    assert [row.number for row in in_force(signing, me)] == [own.number]


def test_what_a_desk_suspended_is_not_got_round_by_a_merge(
    signing: Services, people: People
) -> None:
    me, twin = people.youth.youth_id or 0, second_record(signing, people)
    judge(signing, me, "sql", 3)
    judge(signing, twin, "sql", 2)
    job.run(signing)
    (own,) = of(signing, me)
    with working(signing, people.coordinator) as unit:
        desk = actor(people.coordinator)
        credential_desk.move(unit, desk, own.number, Step.SUSPEND, "다시 봅니다", own.version)
    merge(signing, people, me, twin)
    job.run(signing)
    assert in_force(signing, me) == []


def test_a_merge_taken_back_gives_each_account_its_own_credential_again(
    signing: Services, people: People
) -> None:
    twin = second_record(signing, people)
    confirmed(signing, people)
    job.run(signing)
    kept, other = twin, people.youth.youth_id or 0
    before = [row.number for row in in_force(signing, other)]
    number = merge(signing, people, kept, other)
    job.run(signing)
    meanwhile = in_force(signing, kept)
    assert [verdict(signing, row, OLD) for row in meanwhile] == [Verdict.VERIFIED] * len(before)
    undo(signing, people, number)
    job.run(signing)
    assert [row.number for row in in_force(signing, other)] == before
    assert in_force(signing, kept) == []
    assert {verdict(signing, row, OLD) for row in meanwhile} == {Verdict.REVOKED}
