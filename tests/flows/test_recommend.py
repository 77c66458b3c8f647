"""The ranked list, one opening with its reasons, what-if, courses and the home page."""

from decimal import Decimal

import pytest
from sqlalchemy import delete, event

from matcher.db import Unit
from matcher.flows import (
    certifications,
    opening_fit,
    recommend,
    recommend_courses,
    skills,
    youth_home,
)
from matcher.matching.cards import Wanted
from matcher.refusal import ConsentNeeded, NotFound, NoticeNeeded
from matcher.wiring import Services
from models.certification import AttemptState
from models.consent import Consent, ConsentPurpose, NoticeReading
from models.course import Enrolment, EnrolmentState
from models.opening import RequirementKind, RequirementSubject
from models.trail import Exposure, ExposureKind
from tests import factories, matching_desk
from tests.matching_desk import actor_of, stock
from tests.people import People


@pytest.fixture
def ids(services: Services, people: People) -> list[int]:
    assert people.partner.organisation_id is not None
    assert people.youth.youth_id is not None
    return stock(services, people.partner.organisation_id, people.youth.youth_id)


def test_the_list_is_in_rank_order_and_every_rank_carries_its_total(
    services: Services, people: People, ids: list[int]
) -> None:
    with services.reading(actor_of(people.youth)) as unit:
        view = recommend.openings_list(unit, actor_of(people.youth), Wanted())
    assert [row.rank for row in view.rows] == [1, 2, 3]
    assert {row.of for row in view.rows} == {3}
    assert sorted(row.card.id for row in view.rows) == ids
    assert [row.score for row in view.rows] == sorted((r.score for r in view.rows), reverse=True)


def test_a_filter_keeps_the_rank_among_all(
    services: Services, people: People, ids: list[int]
) -> None:
    with services.reading(actor_of(people.youth)) as unit:
        whole = recommend.openings_list(unit, actor_of(people.youth), Wanted())
        bio = recommend.openings_list(unit, actor_of(people.youth), Wanted(sectors=("bio",)))
    assert [(r.card.id, r.rank) for r in bio.rows] == [
        (r.card.id, r.rank) for r in whole.rows if r.card.sector == "bio"
    ]
    assert bio.total == 3


@pytest.mark.parametrize(
    "text", ["지상국데이터", "지상국  데이터 엔지니어", "지상국", "GROUND station"]
)
def test_search_forgives_spacing_form_and_case(
    services: Services, people: People, ids: list[int], text: str
) -> None:
    with services.reading(actor_of(people.youth)) as unit:
        view = recommend.openings_list(unit, actor_of(people.youth), Wanted(text))
    assert view.found == 3


def test_an_empty_list_names_the_cause_and_the_one_change(
    services: Services, people: People, ids: list[int]
) -> None:
    blank = actor_of(people.other_youth)
    with services.reading(blank) as unit:
        nothing = recommend.openings_list(unit, blank, Wanted()).empty
        filtered = recommend.openings_list(unit, actor_of(people.youth), Wanted("없는 말")).empty
    assert nothing is not None
    assert filtered is not None
    assert (nothing.code, nothing.help_code, nothing.help_name, nothing.unlocks) == (
        "no_profile_data",
        "add_skill",
        "파이썬",
        3,
    )
    assert (filtered.code, filtered.help_code, filtered.unlocks) == ("filtered", "q", 3)


def test_reasons_add_up_to_the_shown_total_to_the_cent(
    services: Services, people: People, ids: list[int]
) -> None:
    actor = actor_of(people.youth)
    with services.reading(actor) as unit:
        for opening_id in ids:
            view = opening_fit.opening(unit, actor, opening_id)
            assert view.reasons is not None
            assert view.score is not None
            total = sum((row.value for row in view.reasons.rows), Decimal(0))
            assert total == view.reasons.total
            assert float(total) * 2 == int(float(total) * 2)
            assert view.reasons.rows[0].kind == "base"
            assert view.reasons.rows[-1].kind == "round"


def test_the_checklist_counts_what_is_met(
    services: Services, people: People, ids: list[int]
) -> None:
    with services.reading(actor_of(people.youth)) as unit:
        view = opening_fit.opening(unit, actor_of(people.youth), ids[0])
    assert (view.met, view.total, view.partly) == (1, 3, 1)
    assert {each.key: each.state for each in view.requirements} == {
        "skill:python": "met",
        "skill:sql": "partly",
        "certification:SAA": "missing",
    }


def test_what_if_equals_the_score_after_really_doing_it(
    services: Services, people: People, ids: list[int]
) -> None:
    actor = actor_of(people.youth)
    chosen = frozenset({("cert", "SAA"), ("skill", "sql:2")})
    with services.reading(actor) as unit:
        foretold = opening_fit.opening(unit, actor, ids[0], chosen).together
    assert foretold is not None
    with services.writing(actor) as unit:
        skills.claim(unit, actor, skills.SkillClaim("sql", 2))
        attempt = certifications.Attempt("SAA", AttemptState.PASSED, unit.today)
        certifications.record(unit, actor, attempt)
    with services.reading(actor) as unit:
        live = opening_fit.opening(unit, actor, ids[0])
    assert live.score == pytest.approx(foretold.after, abs=1e-9)
    assert (live.rank, live.of) == (foretold.rank_after, foretold.of)
    assert foretold.exact_before + foretold.gain == foretold.exact_after


def test_each_action_alone_equals_that_action_chosen_alone(
    services: Services, people: People, ids: list[int]
) -> None:
    actor = actor_of(people.youth)
    with services.reading(actor) as unit:
        view = opening_fit.opening(unit, actor, ids[1])
        assert len(view.effects) > 1
        for each in view.effects:
            chosen = frozenset({(each.kind, each.value)})
            alone = opening_fit.opening(unit, actor, ids[1], chosen).together
            assert alone is not None
            assert (alone.gain, alone.after, alone.rank_after) == (each.gain, each.then, each.rank)


def test_a_course_that_raises_a_missing_skill_is_offered_and_counts(
    services: Services, people: People, ids: list[int]
) -> None:
    actor = actor_of(people.youth)
    with services.database.writing() as session:
        university = people.coordinator.organisation_id
        assert university is not None
        row = matching_desk.course(session, university)
        matching_desk.gained(session, row.id or 0, "sql", 0, 2)
        matching_desk.run(session, row.id or 0)
        number = row.id
    with services.reading(actor) as unit:
        view = opening_fit.opening(unit, actor, ids[0], frozenset({("course", str(number))}))
        page = recommend_courses.course(unit, actor, number or 0)
        listed = recommend_courses.courses_list(unit, actor, recommend_courses.CourseQuery())
    assert view.together is not None
    assert view.together.gain > 0
    assert (ids[0], view.together.gain) in [(h[0], h[2].gain) for h in page.helps]
    assert [row.course.id for row in listed.rows] == [number]
    assert listed.rows[0].closing is not None
    assert listed.rows[0].closing.closed == 1


@pytest.mark.parametrize(("others", "shown"), [(3, None), (4, (1, 5))])
def test_the_place_among_people_is_told_from_five_on(
    services: Services, people: People, ids: list[int], others: int, shown: tuple[int, int] | None
) -> None:
    actor = actor_of(people.youth)
    with services.database.writing() as session:
        for number in range(others):
            account = factories.account(session, f"pool{number}@example.com")
            profile = factories.youth(session, account.id or 0)
            factories.consent(session, profile.id or 0, ConsentPurpose.SERVICE)
            factories.consent(session, profile.id or 0, ConsentPurpose.POOL, sectors=["space"])
            factories.skill_record(session, profile.id or 0, "python", level=1)
    with services.reading(actor) as unit:
        crowd = opening_fit.opening(unit, actor, ids[0]).crowd
    assert (None if crowd is None else (crowd.rank, crowd.of)) == shown


def test_a_finished_course_is_not_offered_again(
    services: Services, people: People, ids: list[int]
) -> None:
    actor = actor_of(people.youth)
    with services.database.writing() as session:
        university = people.coordinator.organisation_id
        assert university is not None
        assert people.youth.youth_id is not None
        row = matching_desk.course(session, university)
        matching_desk.gained(session, row.id or 0, "sql", 0, 2)
        run = matching_desk.run(session, row.id or 0)
        done = Enrolment(
            session_id=run.id or 0,
            youth_id=people.youth.youth_id,
            state=EnrolmentState.COMPLETED,
            created_at=factories.NOW,
            updated_at=factories.NOW,
        )
        factories.add(session, done)
    with services.reading(actor) as unit:
        view = opening_fit.opening(unit, actor, ids[0])
        home = youth_home.home(unit, actor)
        listed = recommend_courses.courses_list(unit, actor, recommend_courses.CourseQuery())
    assert [each for each in view.effects if each.kind == "course"] == []
    assert home.courses == ()
    assert [(row.course.is_completed, row.rank) for row in listed.rows] == [(True, None)]


def test_the_first_page_offers_only_courses_that_do_something_for_the_aim(
    services: Services, people: People, ids: list[int]
) -> None:
    actor = actor_of(people.youth)
    with services.database.writing() as session:
        university = people.coordinator.organisation_id
        assert university is not None
        idle, useful = (matching_desk.course(session, university) for _ in range(2))
        matching_desk.gained(session, idle.id or 0, "python", 0, 1)
        matching_desk.gained(session, useful.id or 0, "sql", 0, 2)
        for row in (idle, useful):
            matching_desk.run(session, row.id or 0)
        helping = useful.id
    with services.reading(actor) as unit:
        home = youth_home.home(unit, actor)
        listed = recommend_courses.courses_list(unit, actor, recommend_courses.CourseQuery())
    assert [row.course.id for row in home.courses] == [helping]
    assert len(listed.rows) == 2


def test_a_missing_licence_keeps_an_opening_out_and_says_so(
    services: Services, people: People, ids: list[int]
) -> None:
    actor = actor_of(people.youth)
    with services.database.writing() as session:
        assert people.partner.organisation_id is not None
        row = factories.opening(session, people.partner.organisation_id)
        number = row.id or 0
        factories.requirement(
            session,
            number,
            "electrician",
            kind=RequirementKind.LICENCE,
            subject=RequirementSubject.LICENCE,
            level=None,
        )
    with services.reading(actor) as unit:
        view = opening_fit.opening(unit, actor, number)
        listed = recommend.openings_list(unit, actor, Wanted())
    assert view.score is None
    assert view.kept_out == ("electrician",)
    assert [(card.id, name) for card, name in listed.kept_out] == [(number, "electrician")]
    assert listed.total == 3


def test_nothing_is_scored_before_the_notice_was_read(
    services: Services, people: People, ids: list[int]
) -> None:
    actor = actor_of(people.youth)
    with services.database.writing() as session:
        session.execute(delete(NoticeReading))
    with services.reading(actor) as unit:
        for ask in (
            lambda: recommend.openings_list(unit, actor, Wanted()),
            lambda: opening_fit.opening(unit, actor, ids[0]),
            lambda: recommend_courses.courses_list(unit, actor, recommend_courses.CourseQuery()),
            lambda: youth_home.home(unit, actor),
        ):
            with pytest.raises(NoticeNeeded):
                ask()
        assert unit.trail == []


def test_nothing_is_scored_without_the_consent_to_the_service(
    services: Services, people: People, ids: list[int]
) -> None:
    actor = actor_of(people.youth)
    with services.database.writing() as session:
        session.execute(delete(Consent))
    with services.reading(actor) as unit, pytest.raises(ConsentNeeded):
        recommend.openings_list(unit, actor, Wanted())


def test_what_was_shown_is_kept_with_rank_score_and_model(
    services: Services, people: People, ids: list[int]
) -> None:
    actor = actor_of(people.youth)
    with services.reading(actor) as unit:
        view = recommend.openings_list(unit, actor, Wanted())
        one = opening_fit.opening(unit, actor, ids[0])
        kept = [row for row in unit.trail if isinstance(row, Exposure)]
    assert [row.kind for row in kept] == [ExposureKind.LISTED, ExposureKind.OPENED]
    assert kept[0].items == [
        [r.card.id, r.rank, round(r.score or 0, 6), 1.0, place]
        for place, r in enumerate(view.rows, start=1)
    ]
    assert kept[1].items == [[ids[0], one.rank, round(one.score or 0, 6), None, None]]
    assert {row.model_version for row in kept} == {"additive-1"}
    assert {row.context_id for row in kept} == {people.youth.youth_id}


def test_a_draft_is_as_absent_as_a_number_nobody_has(services: Services, people: People) -> None:
    actor = actor_of(people.youth)
    with services.database.writing() as session:
        assert people.partner.organisation_id is not None
        draft = factories.opening(session, people.partner.organisation_id, state="draft")
        number = draft.id
    with services.reading(actor) as unit:
        for each in (number, 99_999):
            with pytest.raises(NotFound):
                opening_fit.opening(unit, actor, each)


def test_home_offers_the_one_step_with_the_largest_real_effect(
    services: Services, people: People, ids: list[int]
) -> None:
    actor = actor_of(people.youth)
    with services.reading(actor) as unit:
        home = youth_home.home(unit, actor)
        assert home.step is not None
        page = opening_fit.opening(unit, actor, home.step.opening_id)
    assert home.step.effect.gain == max(each.gain for each in page.effects)
    assert home.step.before == page.score
    assert len(home.openings) == 3


def test_the_number_of_queries_does_not_grow_with_the_openings(
    services: Services, people: People
) -> None:
    actor = actor_of(people.youth)
    assert people.partner.organisation_id is not None
    assert people.youth.youth_id is not None
    stock(services, people.partner.organisation_id, people.youth.youth_id, 1)
    _queries(services, actor)  # the first look of a day counts what every later one knows
    add(services, people.partner.organisation_id, 1)
    few = _queries(services, actor)
    add(services, people.partner.organisation_id, 49)
    assert _queries(services, actor) == few


def add(services: Services, organisation_id: int, openings: int) -> None:
    with services.database.writing() as session:
        for number in range(openings):
            row = factories.opening(session, organisation_id, title_ko=f"새 공고 {number}")
            factories.requirement(session, row.id, "python", level=2)


def _queries(services: Services, actor: object) -> tuple[int, ...]:
    counts = []
    for read in (_list, _home, _courses):
        said: list[str] = []

        def note(*arguments: object, said: list[str] = said) -> None:
            said.append(str(arguments[2]))

        event.listen(services.database.engine, "before_cursor_execute", note)
        with services.reading(actor) as unit:  # type: ignore[arg-type]
            read(unit, actor)
            unit.trail.clear()
        event.remove(services.database.engine, "before_cursor_execute", note)
        counts.append(len(said))
    return tuple(counts)


def _list(unit: Unit, actor: object) -> None:
    recommend.openings_list(unit, actor, Wanted())  # type: ignore[arg-type]


def _home(unit: Unit, actor: object) -> None:
    youth_home.home(unit, actor)  # type: ignore[arg-type]


def _courses(unit: Unit, actor: object) -> None:
    recommend_courses.courses_list(unit, actor, recommend_courses.CourseQuery())  # type: ignore[arg-type]
