"""From candidate to serving and back: two people, no red, one serving at any time."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import select

from matcher.actor import Actor
from matcher.db import Unit
from matcher.flows import models
from matcher.refusal import Conflict, Invalid, NotFound, Refusal
from matcher.store import model_versions
from matcher.wiring import Services
from models.account import AccountState, Role
from models.model_version import ModelState, ModelVersion
from models.trail import AuditEntry
from tests import factories
from tests.model_shelf import report, shelve
from tests.people import People


def second_admin(services: Services, name: str = "second-admin") -> Actor:
    with services.database.writing() as session:
        row = factories.account(session, f"{name}@example.com")
        factories.membership(session, row.id, Role.ADMIN)
        assert row.id is not None
        return Actor(row.id, Role.ADMIN, row.name)


def first_admin(people: People) -> Actor:
    return Actor(people.admin.account_id, Role.ADMIN, "admin")


def does(services: Services, actor: Actor, do: Callable[[Unit], object]) -> object:
    with services.writing(actor) as unit:
        return do(unit)


def one(services: Services, **values: object) -> str:
    with services.database.writing() as session:
        return shelve(session, **values).label  # type: ignore[arg-type]


def states(services: Services) -> dict[str, str]:
    with services.database.reading() as session:
        return {each.label: each.state.value for each in model_versions.every(session)}


def serving_now(services: Services, actor: Actor) -> str:
    with services.reading(actor) as unit:
        return models.shelf(unit).serving


def promoted(services: Services, people: People, label: str, other: Actor) -> None:
    does(services, first_admin(people), lambda unit: models.propose(unit, label))
    does(services, other, lambda unit: models.promote(unit, label))


def test_two_people_make_a_model_serve(any_services: Services, any_people: People) -> None:
    label, other = one(any_services), second_admin(any_services)
    promoted(any_services, any_people, label, other)
    assert states(any_services) == {label: "serving"}
    assert serving_now(any_services, other) == label
    with any_services.database.reading() as session:
        lines = session.exec(select(AuditEntry).where(AuditEntry.subject == "model_version"))
        told = [(each.action, each.account_id, each.change["label"]) for each in lines]
    assert told == [
        ("model:proposed", any_people.admin.account_id, label),
        ("model:promoted", other.account_id, label),
    ]


def test_the_proposer_cannot_promote(services: Services, people: People) -> None:
    label, admin = one(services), first_admin(people)
    does(services, admin, lambda unit: models.propose(unit, label))
    with pytest.raises(Conflict, match="제안한 사람"):
        does(services, admin, lambda unit: models.promote(unit, label))
    assert states(services) == {label: "candidate"}


def test_without_a_proposal_there_is_no_promotion(services: Services, people: People) -> None:
    label = one(services)
    with pytest.raises(Conflict, match="먼저 제안"):
        does(services, first_admin(people), lambda unit: models.promote(unit, label))


def test_a_second_proposal_changes_nothing(services: Services, people: People) -> None:
    label, other = one(services), second_admin(services)
    does(services, first_admin(people), lambda unit: models.propose(unit, label))
    with pytest.raises(Conflict, match="이미 제안"):
        does(services, other, lambda unit: models.propose(unit, label))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"colour": "red"}, "빨강"),
        ({"has_report": False}, "보고서가 없어"),
        ({"data": b"not an artefact"}, "읽을 수 없거나"),
        ({"state": ModelState.REFUSED}, "학습이 거절"),
    ],
)
def test_what_may_not_serve_can_neither_be_proposed_nor_promoted(
    services: Services, people: People, values: dict[str, object], words: str
) -> None:
    label = one(services, **values)
    for act in (models.propose, models.promote):
        with pytest.raises(Conflict, match=words):
            does(services, first_admin(people), lambda unit, act=act: act(unit, label))
    assert "serving" not in states(services).values()


def test_a_report_about_another_artefact_is_no_report(services: Services, people: People) -> None:
    label = one(services)
    with services.database.writing() as session:
        row = model_versions.by_label(session, label)
        assert row is not None
        row.report = report("0" * 64).to_json()
        session.add(row)
    with pytest.raises(Conflict, match="보고서가 없어"):
        does(services, first_admin(people), lambda unit: models.propose(unit, label))


def test_a_report_that_turned_red_after_the_proposal_stops_the_promotion(
    services: Services, people: People
) -> None:
    from models.model_version import Verdict

    label, other = one(services), second_admin(services)
    does(services, first_admin(people), lambda unit: models.propose(unit, label))
    with services.database.writing() as session:
        row = model_versions.by_label(session, label)
        assert row is not None
        row.verdict = Verdict.RED
        session.add(row)
    with pytest.raises(Conflict, match="빨강"):
        does(services, other, lambda unit: models.promote(unit, label))


def test_rolling_back_goes_step_by_step_to_the_prior(services: Services, people: People) -> None:
    labels, other = [one(services, lift=each) for each in (0.0, 0.1)], second_admin(services)
    for label in labels:
        promoted(services, people, label, other)
    went = [does(services, other, models.rollback) for _ in labels]
    assert went == [labels[0], models.PRIOR]
    assert states(services) == dict.fromkeys(labels, "retired")
    with pytest.raises(Conflict, match="되돌릴 것이 없습니다"):
        does(services, other, models.rollback)


def test_a_retired_model_needs_two_people_again(services: Services, people: People) -> None:
    label, other = one(services), second_admin(services)
    promoted(services, people, label, other)
    does(services, other, models.rollback)
    with pytest.raises(Conflict, match="먼저 제안"):
        does(services, other, lambda unit: models.promote(unit, label))
    promoted(services, people, label, other)
    assert states(services) == {label: "serving"}


def test_rolling_back_passes_over_a_version_that_no_longer_works(
    services: Services, people: People
) -> None:
    from sqlmodel import col, update

    from models.model_version import ModelArtefact

    labels, other = [one(services, lift=each) for each in (0.0, 0.1)], second_admin(services)
    for label in labels:
        promoted(services, people, label, other)
    with services.database.writing() as session:
        first = model_versions.by_label(session, labels[0])
        assert first is not None
        session.execute(
            update(ModelArtefact)
            .where(col(ModelArtefact.sha256) == first.sha256)
            .values(data=b"damaged")
        )
    assert does(services, other, models.rollback) == models.PRIOR


def test_an_unknown_label_is_not_found(services: Services, people: People) -> None:
    with pytest.raises(NotFound):
        does(services, first_admin(people), lambda unit: models.propose(unit, "learned-1"))


def _race(services: Services, acts: list[tuple[Actor, Callable[[Unit], object]]]) -> list[str]:
    """What became of each, all started at once in threads of their own."""
    gate, found = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int) -> None:
        actor, do = acts[place]
        gate.wait()
        try:
            with services.writing(actor) as unit:
                do(unit)
            found[place] = "done"
        except Refusal as refusal:
            found[place] = refusal.code

    threads = [threading.Thread(target=run, args=(each,)) for each in range(len(acts))]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    return found


@pytest.mark.parametrize("round_", range(3))
def test_of_promotions_at_once_exactly_one_model_serves(
    any_services: Services, any_people: People, round_: int
) -> None:
    labels = [one(any_services, lift=each / 10) for each in range(4)]
    for label in labels:
        does(
            any_services, first_admin(any_people), lambda unit, own=label: models.propose(unit, own)
        )
    others = [second_admin(any_services, f"admin-{each}") for each in range(4)]
    acts = [
        (actor, lambda unit, own=label: models.promote(unit, own))
        for actor, label in zip(others, labels, strict=True)
    ]
    found = _race(any_services, acts)
    assert set(found) <= {"done", "conflict"}
    assert "done" in found
    assert sorted(states(any_services).values()).count("serving") == 1


def test_two_serving_rows_cannot_be_stored(any_services: Services, any_people: People) -> None:
    from sqlalchemy.exc import IntegrityError

    one(any_services, state=ModelState.SERVING)
    with pytest.raises((IntegrityError, Conflict)):
        one(any_services, lift=0.1, state=ModelState.SERVING)


def test_a_promotion_that_dies_half_way_leaves_the_old_one_serving(
    services: Services, people: People
) -> None:
    labels, other = [one(services, lift=each) for each in (0.0, 0.1)], second_admin(services)
    promoted(services, people, labels[0], other)
    does(services, first_admin(people), lambda unit: models.propose(unit, labels[1]))

    class Killed(BaseException):
        pass

    def dies(unit: Unit) -> None:
        models.promote(unit, labels[1])
        raise Killed

    with pytest.raises(Killed):
        does(services, other, dies)
    assert states(services) == {labels[0]: "serving", labels[1]: "candidate"}


def test_the_command_line_acts_in_the_name_of_an_active_admin_only(
    services: Services, people: People
) -> None:
    with services.writing() as unit:
        acting = models.acting(unit, f" {people.admin.email.upper()} ")
        assert acting.signed_in.account_id == people.admin.account_id
        for email in (people.partner.email, "nobody@example.com"):
            with pytest.raises(Invalid):
                models.acting(unit, email)
    with services.database.writing() as session:
        from models.account import Account

        row = session.get_one(Account, people.admin.account_id)
        row.state = AccountState.DISABLED
        session.add(row)
    with services.reading() as unit, pytest.raises(Invalid):
        models.acting(unit, people.admin.email)


def test_the_switch_keeps_every_turn_and_its_reason(services: Services, people: People) -> None:
    admin = first_admin(people)
    does(services, admin, lambda unit: models.switch(unit, False, " 이상한 순서가 보임 "))
    does(services, admin, lambda unit: models.switch(unit, True, "고쳤음"))
    with services.reading(admin) as unit:
        shelf = models.shelf(unit)
    assert shelf.is_on is True
    assert [(each.is_on, each.reason) for each in shelf.switches] == [
        (True, "고쳤음"),
        (False, "이상한 순서가 보임"),
    ]
    with pytest.raises(Invalid):
        does(services, admin, lambda unit: models.switch(unit, False, "  "))


def test_the_desk_says_who_may_do_what(services: Services, people: People) -> None:
    label, other = one(services), second_admin(services)
    does(services, first_admin(people), lambda unit: models.propose(unit, label))
    seen = {}
    for name, actor in (("proposer", first_admin(people)), ("other", other)):
        with services.reading(actor) as unit:
            row = models.shelf(unit).rows[0]
        seen[name] = (row.can_propose, row.can_promote, row.proposed_by != "")
    assert seen == {"proposer": (False, False, True), "other": (False, True, True)}


def test_only_one_training_runs_and_a_dead_one_s_turn_lapses(any_services: Services) -> None:
    from datetime import timedelta

    stale = timedelta(hours=6)

    def take(token: str, now: object = factories.NOW) -> bool:
        with any_services.database.writing() as session:
            return model_versions.take_turn(session, token, now, stale)  # type: ignore[arg-type]

    assert (take("a"), take("b")) == (True, False)
    with any_services.database.writing() as session:
        model_versions.give_turn_back(session, "b")
    assert take("b") is False
    with any_services.database.writing() as session:
        model_versions.give_turn_back(session, "a")
    assert take("b") is True
    assert take("c", factories.NOW + timedelta(hours=7)) is True


def test_labels_count_up_within_a_day(services: Services, people: People) -> None:
    labels = [one(services, lift=each / 10) for each in range(3)]
    assert labels == [f"learned-{factories.TODAY.isoformat()}-{n}" for n in (1, 2, 3)]


def test_the_same_bytes_are_kept_once(services: Services, people: People) -> None:
    one(services), one(services)
    with services.database.reading() as session:
        hashes = {each.sha256 for each in session.exec(select(ModelVersion)).all()}
    assert len(hashes) == 1


def test_a_unit_in_another_name_writes_to_the_same_trail(
    services: Services, people: People
) -> None:
    with services.writing() as unit:
        acting = models.acting(unit, people.admin.email)
        assert acting.trail is unit.trail
        assert replace(acting, actor=None) == unit
