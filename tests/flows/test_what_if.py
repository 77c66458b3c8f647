"""What one certificate would change, and places among people, by the model that serves."""

import pytest
from sqlalchemy import delete

from matcher.flows import certifications, opening_fit, what_if
from matcher.flows.what_if import CertificationEffects, MovedOpening
from matcher.matching.candidates import rank_pool
from matcher.matching.crowd import Crowd
from matcher.refusal import NotFound
from matcher.store import model_versions
from matcher.wiring import Services
from models.certification import AttemptState
from models.consent import Consent, ConsentPurpose, NoticeReading
from models.opening import Opening, RequirementKind, RequirementSubject
from tests import coordinator_desk, factories
from tests.factories import NOW, TODAY
from tests.matching_desk import actor_of, stock
from tests.model_shelf import shelve, switch
from tests.partner_desk import pool_consent
from tests.people import People


@pytest.fixture
def ids(services: Services, people: People) -> list[int]:
    assert people.partner.organisation_id is not None
    assert people.youth.youth_id is not None
    return stock(services, people.partner.organisation_id, people.youth.youth_id, openings=7)


def foretold(services: Services, people: People, name: str = "SAA") -> CertificationEffects:
    youth = actor_of(people.youth)
    with services.reading(youth) as unit:
        found = what_if.certification(unit, youth, name)
    assert found is not None
    return found


def scores(services: Services, people: People, ids: list[int]) -> dict[int, tuple[object, ...]]:
    youth = actor_of(people.youth)
    with services.reading(youth) as unit:
        views = {each: opening_fit.opening(unit, youth, each) for each in ids}
    return {each: (view.score, view.rank, view.crowd) for each, view in views.items()}


def crowd(services: Services, sector: str, count: int) -> None:
    with services.database.writing() as session:
        for number in range(count):
            account = factories.account(session, f"{sector}{number}@example.com")
            profile = factories.youth(session, account.id or 0)
            factories.consent(session, profile.id or 0, ConsentPurpose.SERVICE)
            pool_consent(session, profile.id or 0, sector)
            for slug in ("python", "sql"):
                factories.skill_record(session, profile.id or 0, slug, level=4, verification=4)


@pytest.mark.parametrize("is_learned", [False, True], ids=["prior", "tables"])
def test_a_certificate_page_foretells_what_recording_the_pass_does(
    services: Services, people: People, ids: list[int], is_learned: bool
) -> None:
    crowd(services, "space", 4)
    if is_learned:
        with services.database.writing() as session:
            model_versions.change_over(session, None, shelve(session), NOW)
    view, before = foretold(services, people), scores(services, people, ids)
    youth = actor_of(people.youth)
    with services.writing(youth) as unit:
        passed = certifications.Attempt("SAA", AttemptState.PASSED, TODAY)
        certifications.record(unit, youth, passed)
    after = scores(services, people, ids)
    moved = [each for each in ids if after[each][0] != before[each][0]]
    assert (view.moved, view.of, len(view.best)) == (len(moved), 7, 5)
    for each in view.best:
        assert (each.score_before, each.rank_before, each.crowd_before) == before[each.id]
        assert (each.score_after, each.rank_after, each.crowd_after) == after[each.id]
    gains = {key: float(after[key][0]) - float(before[key][0]) for key in ids}  # type: ignore[arg-type]
    assert [each.gain for each in view.best] == sorted(gains.values(), reverse=True)[:5]


def test_a_certificate_nobody_asks_for_moves_nothing(
    services: Services, people: People, ids: list[int]
) -> None:
    view = foretold(services, people, "ANS")
    assert (view.moved, view.of, view.best, view.is_held) == (0, 7, (), False)


def test_one_that_is_held_is_told_as_held(
    services: Services, people: People, ids: list[int]
) -> None:
    with services.database.writing() as session:
        coordinator_desk.certificate(session, people.youth.youth_id, certification="SAA")
    view = foretold(services, people)
    assert (view.moved, view.is_held) == (0, True)


def test_while_ranking_is_off_there_are_no_scores(
    services: Services, people: People, ids: list[int]
) -> None:
    with services.database.writing() as session:
        switch(session, is_on=False)
    view = foretold(services, people)
    assert (view.is_neutral, view.moved, view.best, view.has_crowds) == (True, 0, (), False)


@pytest.mark.parametrize("table", [NoticeReading, Consent])
def test_nothing_is_foretold_without_notice_and_consent(
    services: Services, people: People, ids: list[int], table: type
) -> None:
    with services.database.writing() as session:
        session.execute(delete(table))
    youth = actor_of(people.youth)
    with services.reading(youth) as unit:
        assert what_if.certification(unit, youth, "SAA") is None


def test_an_unknown_certificate_is_not_found(services: Services, people: People) -> None:
    youth = actor_of(people.youth)
    with pytest.raises(NotFound), services.reading(youth) as unit:
        what_if.certification(unit, youth, "ZZZ")


def test_an_excluded_certificate_is_shown_as_leaving(services: Services, people: People) -> None:
    with services.database.writing() as session:
        row = factories.opening(session, people.partner.organisation_id or 0, sector="bio")
        factories.requirement(session, row.id or 0, "python", level=2)
        exam, out = RequirementSubject.CERTIFICATION, RequirementKind.EXCLUDE
        factories.requirement(session, row.id or 0, "SAA", subject=exam, level=None, kind=out)
        factories.skill_record(session, people.youth.youth_id or 0, "python", level=2)
        number = row.id or 0
    view = foretold(services, people)
    (only,) = view.best
    assert isinstance(only, MovedOpening)
    assert (only.id, only.score_after, only.rank_after, only.crowd_after) == (
        number, None, None, None,
    )  # fmt: skip


def test_places_among_people_are_those_of_the_partner_s_list(
    services: Services, people: People, ids: list[int]
) -> None:
    """Now, with one action, and with all chosen; the person is in the pool."""
    crowd(services, "space", 5)
    with services.database.writing() as session:
        pool_consent(session, people.youth.youth_id or 0, "space")
    youth, chosen = actor_of(people.youth), frozenset({("cert", "SAA")})
    with services.reading(youth) as unit:
        view = opening_fit.opening(unit, youth, ids[0], chosen)
    assert view.together is not None
    first = on_the_list(services, people, ids[0])
    assert (view.crowd, view.together.crowd_before) == (first, first)
    with services.writing(youth) as unit:
        passed = certifications.Attempt("SAA", AttemptState.PASSED, TODAY)
        certifications.record(unit, youth, passed)
    last = on_the_list(services, people, ids[0])
    assert (first, last) == (Crowd(6, 6), Crowd(1, 6))
    assert view.together.crowd_after == last
    assert [each.crowd for each in view.effects if each.is_on] == [last]


def on_the_list(services: Services, people: People, opening_id: int) -> Crowd:
    partner = actor_of(people.partner)
    with services.reading(partner) as unit:
        row = unit.session.get_one(Opening, opening_id)
        ranking = rank_pool(unit.session, partner, row, TODAY, "key").ranking
    own = next(each for each in ranking.items if each.id == people.youth.youth_id)
    return Crowd(own.rank, ranking.total)
