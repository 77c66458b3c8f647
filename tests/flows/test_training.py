"""Training from recorded decisions: who is in it, what it sees, what it leaves behind."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, col, func, select

from matcher.flows import training
from matcher.matching import teaching
from matcher.matching.lessons import looks
from matcher.matching.moments import day_number
from matcher.matching.serving import serving_model
from matcher.ranking.artefact import unpack
from matcher.ranking.report import ModelReport
from matcher.refusal import Conflict
from matcher.store import model_versions, training_rows
from matcher.wiring import Services
from models.account import Account, AccountState
from models.certification import AttemptState, CertificationRecord
from models.consent import Consent, ConsentPurpose
from models.model_version import ModelState, ModelVersion, TrainingTurn
from models.skill import Rater, SkillRecord
from models.trail import ExposureKind
from models.youth import YouthProfile
from tests.factories import TODAY
from tests.unit.ranking.taught import LineRanker

EARLY = date(2025, 7, 31)
"""Few lists were shown until then: enough to learn from, quick to read."""
MOMENT = datetime(2025, 9, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def session(demo_services: Services) -> Iterator[Session]:
    with demo_services.database.reading() as session:
        yield session


@pytest.fixture(scope="module")
def trained(demo_services: Services) -> ModelVersion:
    return training.train(demo_services, EARLY, 3, make=LineRanker)


def learners(session: Session) -> frozenset[int]:
    return training_rows.learner_ids(session, TODAY)


def test_a_training_leaves_one_candidate_with_its_report_and_never_promotes_it(
    demo_services: Services, trained: ModelVersion
) -> None:
    assert trained.state in (ModelState.CANDIDATE, ModelState.REFUSED)
    report = ModelReport.from_json(trained.report)
    assert (report.artefact, report.seed, report.trained_until) == (trained.sha256, 3, EARLY)
    assert {each.side for each in report.counts} == {"youth", "partner", "course"}
    assert {each.model for each in report.accuracy} == {"candidate", "additive-1", "popularity"}
    assert max(each.last for each in report.windows) <= EARLY
    with demo_services.reading() as unit:
        assert serving_model(unit.session).version == "additive-1"
        data = model_versions.artefact(unit.session, trained.sha256 or "", 1_000_000)
    assert data is not None
    assert {"opening", "course", "youth_side"} <= set(unpack(data, trained.sha256).tables)


def test_the_same_data_and_seed_give_the_same_artefact(
    demo_services: Services, trained: ModelVersion
) -> None:
    again = training.train(demo_services, EARLY, 3, make=LineRanker)
    assert again.sha256 == trained.sha256
    assert again.label != trained.label


def test_only_people_whose_consent_to_learning_lives_are_in_it(session: Session) -> None:
    given = set(
        session.exec(
            select(Consent.youth_id).where(
                Consent.purpose == ConsentPurpose.LEARNING, col(Consent.withdrawn_at).is_(None)
            )
        )
    )
    everyone = session.exec(select(func.count()).select_from(YouthProfile)).one()
    assert learners(session) == given
    assert 0 < len(given) < everyone


def test_whoever_withdraws_or_is_closed_down_is_out_of_the_next_training(
    demo_services: Services,
) -> None:
    with demo_services.database.reading() as session:
        before = sorted(training_rows.learner_ids(session, TODAY))
        gone, closed, left = before[0], before[1], before[2]
        now = datetime(2026, 11, 20, tzinfo=UTC)
        for row in session.exec(select(Consent).where(Consent.youth_id == gone)):
            row.withdrawn_at = now
        account = session.get(
            Account,
            session.get(YouthProfile, closed).account_id,  # type: ignore[union-attr]
        )
        account.state = AccountState.ERASED  # type: ignore[union-attr]
        session.flush()
        assert set(before) - training_rows.learner_ids(session, TODAY) == {gone, closed}
        material = teaching.read_material(session, TODAY, MOMENT, 0)
        record = material.record
        assert {gone, closed}.isdisjoint(material.people.rows)
        assert left in material.people.rows
        assert not {gone, closed} & {each.context for each in record.looks["youth"]}
        assert not {gone, closed} & {i for e in record.looks["partner"] for i in e.places}
        session.rollback()


def test_numbers_stand_in_for_people_and_say_nothing_about_the_order_they_came_in(
    session: Session,
) -> None:
    people = teaching.read_material(session, TODAY, MOMENT, 0).people
    numbers = [people.numbers[each] for each in sorted(people.numbers)]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert numbers != sorted(numbers)
    youth = next(iter(people.rows))
    assert people.seeker(youth, MOMENT).id == people.numbers[youth]


def test_what_was_recorded_later_is_not_known_before(session: Session) -> None:
    youth = min(learners(session))
    moment = datetime(2026, 6, 1, tzinfo=UTC)
    for slug, when in (("rust", moment), ("kotlin", moment - timedelta(seconds=1))):
        session.add(
            SkillRecord(
                youth_id=youth, skill=slug, level=3, rater=Rater.TEST,
                rated_on=when.date(), created_at=when,
            )
        )  # fmt: skip
    for name, day in (("DOP", date(2026, 6, 1)), ("SCS", date(2026, 5, 31))):
        session.add(
            CertificationRecord(
                youth_id=youth, certification=name, exam_code=f"{name}-1",
                state=AttemptState.PASSED, exam_on=day, result_on=day,
                created_at=moment - timedelta(days=30), updated_at=moment + timedelta(days=9),
            )
        )  # fmt: skip
    session.flush()
    seeker = teaching.read_material(session, TODAY, MOMENT + timedelta(days=400), 0).people.seeker(
        youth, moment
    )
    assert "kotlin" in seeker.skills
    assert "rust" not in seeker.skills
    assert "SCS" in seeker.certifications
    assert "DOP" not in seeker.certifications
    session.rollback()


def test_lists_of_one_person_on_one_day_are_one_list_and_old_rows_have_no_propensity() -> None:
    day = datetime(2026, 3, 2, 1, tzinfo=UTC)

    def row(hour: int, items: list[list[object]]) -> training_rows.ShownRow:
        at = day + timedelta(hours=hour)
        return training_rows.ShownRow(at, 9, ExposureKind.LISTED, "opening", 5, items)

    shown = [row(0, [[1, 1, 4.0], [2, 2, 3.0]]), row(3, [[2, 1, 4.0], [3, 2, 3.0, 0.25]])]
    (look,) = looks(shown, "youth", frozenset())
    assert look.at == day
    assert set(look.places) == {1, 2, 3}
    assert look.places[2][0] == 2.0
    assert look.places[2][1] != look.places[2][1]
    assert look.places[3] == (2.0, 0.25)
    assert len(looks([*shown, row(20, [[1, 1, 4.0]])], "youth", frozenset())) == 2


def test_pairs_settled_before_a_list_are_not_in_it_and_labels_come_after_it(
    session: Session,
) -> None:
    material = teaching.read_material(session, TODAY, MOMENT, 0)
    lists = teaching.youth_lists(material)
    applied = {
        pair: acts["applied"][0]
        for pair, acts in material.record.acts["youth"].times.items()
        if "applied" in acts
    }
    number = material.people.numbers
    by_row = {(number[youth], item): at for (youth, item), at in applied.items() if youth in number}
    rows = zip(lists.person.tolist(), lists.item.tolist(), lists.at[lists.of].tolist(), strict=True)
    early = [by_row[p, i] <= at for p, i, at in rows if (p, i) in by_row]
    assert len(early) > 20
    assert not any(early)
    assert (lists.reached > lists.at[lists.of][:, None]).all()


def test_all_shown_rows_are_candidates_and_nothing_is_read_beyond_the_moment(
    session: Session,
) -> None:
    material = teaching.read_material(session, TODAY, MOMENT, 0)
    lists = teaching.youth_lists(material)
    end = day_number(MOMENT)
    assert lists.at.max() < end
    assert lists.reached[lists.reached < float("inf")].max() < end
    by_day = {(each.context, each.at): len(each.places) for each in material.record.looks["youth"]}
    assert lists.group.max() <= max(by_day.values())
    assert lists.group.sum() > 0.8 * sum(by_day.values())


def test_popularity_is_counted_before_the_day(session: Session) -> None:
    material = teaching.read_material(session, TODAY, MOMENT, 0)
    liked = material.popularity("youth")
    look = material.record.looks["youth"][0]
    day = day_number(look.at) // 1
    assert liked.on(day) == {}
    assert set(liked.on(day_number(MOMENT) // 1)) <= set(material.openings.known)
    assert len(liked.on(day_number(MOMENT) // 1)) > 3


def test_with_no_decisions_the_answer_is_a_refusal_in_words(services: Services) -> None:
    row = training.train(services, None, 0, make=LineRanker)
    assert (row.state, row.sha256, row.verdict.value) == (ModelState.REFUSED, None, "red")
    assert [each["code"] for each in row.reasons] == ["nothing_to_learn"]


def test_two_trainings_do_not_run_at_once_and_a_failed_one_gives_its_turn_back(
    services: Services,
) -> None:
    def second(*_: object) -> None:
        with pytest.raises(Conflict):
            training.train(services, None, 0, make=LineRanker)
        raise RuntimeError("the first one dies")

    with pytest.raises(RuntimeError):
        training.train(services, None, 0, second, make=LineRanker)
    with services.database.reading() as session:
        assert session.get(TrainingTurn, 1).token == ""  # type: ignore[union-attr]
    assert training.train(services, None, 0, make=LineRanker).label
