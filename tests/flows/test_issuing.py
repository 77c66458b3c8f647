"""Completed courses and assessed skills are signed once, follow the record, and change keys."""

from dataclasses import replace

import pytest
from sqlmodel import select

from matcher.credentials import verifying
from matcher.credentials.types import Verdict
from matcher.flows import (
    credential_desk,
    credential_public,
    issuer_keys,
    issuing,
    own_credentials,
)
from matcher.gateways.key_vault import SealedKeyVault
from matcher.jobs import issuing as job
from matcher.matching import at_hand
from matcher.policy.credential_steps import Step
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.wiring import Services
from models.credential import IssuedCredential, IssuedKind, IssuedState, IssuerKey
from models.outbox import OutboxMail
from models.skill import Rater, SkillRecord
from tests import factories
from tests.flows.test_result_undo import confirmed, take_back
from tests.matching_desk import actor_of
from tests.partner_desk import actor, working
from tests.people import People

VAULT = SealedKeyVault("a secret of more than thirty-two letters", "https://oreum.example")


@pytest.fixture
def signing(services: Services, people: People) -> Services:
    """A service with a key."""
    ready = replace(services, key_vault=VAULT)
    with ready.writing() as unit:
        issuer_keys.make(unit, VAULT)
    return ready


def rows(services: Services) -> list[IssuedCredential]:
    with services.database.reading() as session:
        return list(session.exec(select(IssuedCredential).order_by(IssuedCredential.id)).all())


def courses(services: Services) -> list[IssuedCredential]:
    return [row for row in rows(services) if row.kind is IssuedKind.COURSE]


def verdict(services: Services, token: str, recipient: str) -> Verdict:
    with services.reading() as unit:
        known = at_hand.build(unit, services.key_vault)
        found = verifying.check(token.encode(), known, recipient=recipient, now=unit.now)
    return found.verdict


def rate(services: Services, youth_id: int | None, level: int) -> None:
    with services.database.writing() as session:
        held = session.exec(select(SkillRecord).where(SkillRecord.skill == "sql")).first()
        if held is None:
            factories.skill_record(
                session, youth_id or 0, "sql", level=level, rater=Rater.COORDINATOR,
                rated_on=factories.TODAY,
            )  # fmt: skip
        else:
            held.level = level
            session.add(held)


def test_a_completion_is_signed_once_and_for_its_own_person(
    signing: Services, people: People
) -> None:
    confirmed(signing, people)
    assert job.run(signing) == 1
    first = rows(signing)
    assert [row.kind for row in first].count(IssuedKind.COURSE) == 1
    assert job.run(signing) == 0
    assert [row.model_dump() for row in rows(signing)] == [row.model_dump() for row in first]
    for row in first:
        assert verdict(signing, row.token, people.youth.email) is Verdict.VERIFIED
        wrong = verdict(signing, row.token, people.other_youth.email)
        assert wrong is Verdict.WRONG_RECIPIENT


def test_nothing_is_signed_without_a_key(services: Services, people: People) -> None:
    confirmed(services, people)
    ready = replace(services, key_vault=VAULT)
    assert (job.run(services), job.run(ready), rows(services)) == (0, 0, [])
    me = actor_of(people.youth)
    with pytest.raises(Conflict), ready.writing(me) as unit:
        issuing.sign_mine(unit, me, VAULT)


def test_what_is_older_than_the_key_is_signed_when_its_person_asks(
    services: Services, people: People
) -> None:
    ready = replace(services, key_vault=VAULT)
    confirmed(ready, people)
    with ready.writing() as unit:
        issuer_keys.make(unit, VAULT)
    with ready.database.writing() as session:
        key = session.exec(select(IssuerKey)).one()
        key.created_at = key.created_at.replace(year=key.created_at.year + 1)
        session.add(key)
    assert (job.run(ready), rows(ready)) == (0, [])
    me = actor_of(people.youth)
    with ready.writing(me) as unit:
        assert own_credentials.every(unit, me, VAULT).unsigned > 0
        assert issuing.sign_mine(unit, me, VAULT) > 0
        assert own_credentials.every(unit, me, VAULT).unsigned == 0
        assert issuing.sign_mine(unit, me, VAULT) == 0


def test_a_result_taken_back_revokes_and_a_second_completion_gets_a_new_number(
    signing: Services, people: People
) -> None:
    where, made = confirmed(signing, people)
    job.run(signing)
    (first,) = courses(signing)
    take_back(signing, people.coordinator, where, made[0])
    assert {row.state for row in rows(signing)} == {IssuedState.REVOKED}
    assert verdict(signing, first.token, people.youth.email) is Verdict.REVOKED
    from matcher.flows import completing_desk
    from matcher.flows.completing_desk import Standing

    with working(signing, people.coordinator) as unit:
        seen = {made[0]: Standing.MEETS, made[2]: Standing.OPEN}
        assert completing_desk.confirm(unit, actor(people.coordinator), where, seen) == (1, 0)
    assert job.run(signing) == 1
    old, new = courses(signing)
    assert (old.state, new.state) == (IssuedState.REVOKED, IssuedState.IN_FORCE)
    assert old.number != new.number
    assert old.status_index != new.status_index
    assert verdict(signing, new.token, people.youth.email) is Verdict.VERIFIED


def test_a_skill_follows_its_level(signing: Services, people: People) -> None:
    for level in (2, 4, 2):
        rate(signing, people.youth.youth_id, level)
        assert job.run(signing) == 1
        assert job.run(signing) == 0
    states = [(row.level, row.state) for row in rows(signing)]
    assert states == [(2, IssuedState.IN_FORCE), (4, IssuedState.REVOKED)]


def test_a_suspended_one_is_not_got_round_and_a_revoked_one_stays_so(
    signing: Services, people: People
) -> None:
    rate(signing, people.youth.youth_id, 2)
    job.run(signing)
    (row,) = rows(signing)
    desk = actor(people.coordinator)
    with working(signing, people.coordinator) as unit:
        credential_desk.move(unit, desk, row.number, Step.SUSPEND, "다시 봅니다", row.version)
    assert verdict(signing, row.token, people.youth.email) is Verdict.SUSPENDED
    rate(signing, people.youth.youth_id, 3)
    assert (job.run(signing), len(rows(signing))) == (0, 1)
    me = actor_of(people.youth)
    with signing.writing(me) as unit:
        assert issuing.sign_mine(unit, me, VAULT) == 0
    with working(signing, people.coordinator) as unit:
        credential_desk.move(unit, desk, row.number, Step.LIFT, "", row.version + 1)
    assert job.run(signing) == 1
    newest = rows(signing)[-1]
    assert [each.state for each in rows(signing)] == [IssuedState.REPLACED, IssuedState.IN_FORCE]
    with working(signing, people.coordinator) as unit:
        credential_desk.move(unit, desk, newest.number, Step.REVOKE, "틀렸습니다", newest.version)
    assert (job.run(signing), len(rows(signing))) == (0, 2)
    with signing.reading() as unit:
        assert credential_public.show(unit, newest.number).state is IssuedState.REVOKED
    with signing.database.reading() as session:
        mails = session.exec(
            select(OutboxMail).where(OutboxMail.template == "credential_state")
        ).all()
        assert [mail.context["state"] for mail in mails] == ["suspended", "in_force", "revoked"]


def test_a_desk_needs_a_reason_and_the_newest_version_and_its_own_person(
    signing: Services, people: People
) -> None:
    rate(signing, people.youth.youth_id, 2)
    job.run(signing)
    (row,) = rows(signing)
    desk, far = actor(people.coordinator), actor(people.other_coordinator)
    with pytest.raises(Invalid), working(signing, people.coordinator) as unit:
        credential_desk.move(unit, desk, row.number, Step.REVOKE, "", row.version)
    with pytest.raises(Conflict), working(signing, people.coordinator) as unit:
        credential_desk.move(unit, desk, row.number, Step.REVOKE, "까닭", row.version + 1)
    with pytest.raises(Conflict), working(signing, people.coordinator) as unit:
        credential_desk.move(unit, desk, row.number, Step.LIFT, "", row.version)
    with pytest.raises(NotFound), working(signing, people.other_coordinator) as unit:
        credential_desk.move(unit, far, row.number, Step.REVOKE, "까닭", row.version)
    assert rows(signing)[0].state is IssuedState.IN_FORCE


def test_a_new_key_signs_and_the_old_ones_signatures_stay_good(
    signing: Services, people: People
) -> None:
    rate(signing, people.youth.youth_id, 2)
    job.run(signing)
    with signing.writing() as unit:
        name = issuer_keys.make(unit, VAULT)
    rate(signing, people.youth.youth_id, 3)
    job.run(signing)
    old, new = rows(signing)
    assert old.key_id != new.key_id
    for row in (old, new):
        assert verdict(signing, row.token, people.youth.email) is Verdict.VERIFIED
    with signing.reading() as unit:
        assert issuer_keys.shelf(unit, VAULT).lines[0].name == name


def test_a_revoked_key_counts_no_more_and_everything_is_signed_anew_under_its_number(
    signing: Services, people: People
) -> None:
    rate(signing, people.youth.youth_id, 2)
    job.run(signing)
    (before,) = rows(signing)
    with signing.writing() as unit:
        (line,) = issuer_keys.shelf(unit, VAULT).lines
        issuer_keys.revoke(unit, VAULT, line.name)
    assert verdict(signing, before.token, people.youth.email) is not Verdict.VERIFIED
    me = actor_of(people.youth)
    with pytest.raises(Conflict), signing.reading(me) as unit:
        own_credentials.file(unit, me, VAULT, before.number, "jwt")
    assert (job.run(signing), job.run(signing)) == (1, 0)
    (after,) = rows(signing)
    assert (after.number, after.status_index) == (before.number, before.status_index)
    assert after.token != before.token
    assert verdict(signing, after.token, people.youth.email) is Verdict.VERIFIED
    assert verdict(signing, before.token, people.youth.email) is not Verdict.VERIFIED


def test_every_form_of_a_download_is_verified(signing: Services, people: People) -> None:
    confirmed(signing, people)
    job.run(signing)
    me = actor_of(people.youth)
    (row,) = courses(signing)
    with signing.reading(me) as unit:
        files = [
            own_credentials.file(unit, me, VAULT, row.number, form)
            for form in ("png", "svg", "jwt", "json")
        ]
        files.append(own_credentials.record(unit, me, VAULT, 1))
        known = at_hand.build(unit, VAULT)
        found = [
            verifying.check(data, known, recipient=people.youth.email, now=unit.now).verdict
            for data in files
        ]
        with pytest.raises(NotFound):
            own_credentials.record(unit, me, VAULT, 2)
    assert found == [Verdict.VERIFIED] * 5
    other = actor_of(people.other_youth)
    with pytest.raises(NotFound), signing.reading(other) as unit:
        own_credentials.file(unit, other, VAULT, row.number, "jwt")


def test_another_secret_signs_nothing_and_opens_nothing(signing: Services, people: People) -> None:
    rate(signing, people.youth.youth_id, 2)
    other = replace(
        signing, key_vault=SealedKeyVault("another secret of thirty-two letters!", VAULT.site)
    )
    assert (job.run(other), rows(other)) == (0, [])
    with other.reading() as unit:
        shelf = issuer_keys.shelf(unit, other.key_vault)
        assert (shelf.signs, [each.opens for each in shelf.lines]) == (False, [False])
