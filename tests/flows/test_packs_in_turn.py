"""Packs of a year frozen one after another, and what their files say of people nobody knows of."""

from datetime import date

import pytest

from matcher.exchange.pack_files import pack_csv
from matcher.exchange.pack_sheet import Line, lines
from matcher.flows import packs, results
from matcher.flows.results import Wanted
from matcher.refusal import Conflict
from matcher.wiring import Services
from models.outcome import OutcomeKind
from tests.coordinator_desk import young
from tests.evaluation_desk import YEAR, held, job, seat
from tests.partner_desk import actor, looking
from tests.people import People, Person


def completers(services: Services, people: People, number: int, prefix: str = "n") -> list[int]:
    """So many people of the first university, done with a course of it."""
    with services.database.writing() as session:
        university = people.coordinator.organisation_id
        session_id = held(session, university)
        found = [young(session, f"{prefix}{place}", university) for place in range(number)]
        for youth_id in found:
            seat(session, session_id, youth_id)
    return found


def preview(services: Services, person: Person) -> packs.Preview:
    with looking(services, person) as unit:
        return packs.preview(unit, actor(person), YEAR, "")


def freeze(services: Services, person: Person) -> int:
    made = preview(services, person)
    with services.writing(actor(person)) as unit:
        return packs.freeze(unit, actor(person), made, made.token)


def told(services: Services, person: Person, pack_id: int) -> dict[str, Line]:
    with looking(services, person) as unit:
        content = packs.pack(unit, actor(person), pack_id).content
    return {line.key: line for line in lines(content, is_open=False)}


def test_one_person_between_two_packs_is_in_neither_files_difference(
    any_services: Services, any_people: People
) -> None:
    desk, centre = any_people.coordinator, any_people.centre
    completers(any_services, any_people, 12)
    first = told(any_services, desk, freeze(any_services, desk))
    completers(any_services, any_people, 1, "late")
    second_id = freeze(any_services, desk)
    second = told(any_services, desk, second_id)
    whole = told(any_services, centre, freeze(any_services, centre))
    assert {first["participants"].value, second["participants"].value} == {"12명"}
    assert dict(whole["participants"].by_university)["jejunu 데모"] == "12명"
    assert whole["participants"].value == "가림"
    with looking(any_services, desk) as unit:
        content = packs.pack(unit, actor(desk), second_id).content
    assert content["measures"]["participants"]["count"] == 13
    assert "참여자(실인원),12" in pack_csv(content, "f" * 64).decode("utf-8-sig")


def test_five_people_more_are_a_new_number(services: Services, people: People) -> None:
    completers(services, people, 12)
    freeze(services, people.coordinator)
    completers(services, people, 5, "late")
    second = told(services, people.coordinator, freeze(services, people.coordinator))
    assert second["participants"].value == "17명"


def test_a_pack_that_did_not_know_of_another_is_refused(services: Services, people: People) -> None:
    """Which numbers may be told was decided without it."""
    completers(services, people, 12)
    made = preview(services, people.coordinator)
    freeze(services, people.centre)
    desk = actor(people.coordinator)
    with pytest.raises(Conflict), services.writing(desk) as unit:
        packs.freeze(unit, desk, made, made.token)


def test_no_rate_is_told_of_people_of_whom_nothing_is_known(
    services: Services, people: People
) -> None:
    found = completers(services, people, 12)
    content = preview(services, people.coordinator).content
    inside = {line.key: line for line in lines(content, is_open=True)}
    assert inside["told"].value == inside["employed_3"].value == "알려진 것 없음"
    with services.database.writing() as session:
        for place, youth_id in enumerate(found[:9]):
            job(session, youth_id, *(3,) * (place < 7), ended_on=None)
        job(session, found[9], kind=OutcomeKind.SEEKING)
    content = preview(services, people.coordinator).content
    inside = {line.key: line for line in lines(content, is_open=True)}
    assert (inside["told"].value, inside["employed_3"].value) == ("83.3%", "58.3%")
    numbers = {key: line.unknown.n for key, line in inside.items() if line.unknown}
    assert numbers == {"told": 2, "employed_3": 4, "employed_6": 11, "employed_jeju": 0}


def test_a_job_that_is_over_answers_what_comes_after(services: Services, people: People) -> None:
    found = completers(services, people, 2)
    with services.database.writing() as session:
        job(session, found[0], ended_on=date(2026, 1, 15))
    measures = preview(services, people.coordinator).content["measures"]
    assert (measures["employed_3"]["count"], measures["unknown_3"]["count"]) == (0, 1)


def test_results_tell_whom_nobody_knows_beside_every_share(
    services: Services, people: People
) -> None:
    found = completers(services, people, 4)
    desk = actor(people.coordinator)
    with looking(services, people.coordinator) as unit:
        before = results.results(unit, desk, Wanted(), "")
    with services.database.writing() as session:
        job(session, found[0], 6)
        job(session, found[1])
        job(session, found[2], kind=OutcomeKind.SEEKING)
    with looking(services, people.coordinator) as unit:
        after = results.results(unit, desk, Wanted(), "")
    everybody = before.counts[0]
    assert (before.known, before.unknown["hired"]) == (0, everybody)
    assert before.nothing_known == {"hired"}
    assert (after.known, after.unknown) == (
        3, {"hired": everybody - 3, "stayed_6": 1, "stayed_12": 2},
    )  # fmt: skip
    assert after.nothing_known == {"stayed_12"}
