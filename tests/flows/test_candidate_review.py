"""Reviewing thirty masked people: narrowed, decided, taken back, side by side, by example."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlmodel import select

from matcher.flows import calibrating, candidate_actions, candidates, operating, reviewing
from matcher.matching.candidate_filters import Filters
from matcher.matching.candidate_views import Queue, QueueRow
from matcher.matching.serving import NEUTRAL
from matcher.matching.window import Window
from matcher.policy.masking import label
from matcher.policy.operation import Operation
from matcher.ranking.calibrating import CALIBRATION, mark_of
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound
from matcher.settings import OperatorType
from matcher.wiring import Services
from models.application import RefusalReason, ShortlistEntry, ShortlistState
from models.consent import Consent, ConsentPurpose
from models.review import CalibrationExample
from models.trail import AccessRecord, AuditEntry, Exposure
from tests import factories
from tests.partner_desk import OPERATION, actor, looking, pool_consent, set_scene, working
from tests.people import People
from tests.review_desk import phase

LISTING = Operation(OperatorType.INFORMATION_ONLY, OPERATION.mask_key)
SHORTLISTED, SET_ASIDE = ShortlistState.SHORTLISTED, ShortlistState.SET_ASIDE
LACKS = RefusalReason.LACKS_SKILL


class Room:
    """An opening with thirty willing people, and a partner who looks at them."""

    def __init__(self, services: Services, people: People) -> None:
        self.services, self.people, self.person = services, people, people.partner
        self.opening_id = set_scene(services, people).opening_id
        self.youths = self._crowd()

    def _crowd(self) -> list[int]:
        made = []
        with self.services.database.writing() as session:
            for number in range(29):
                account = factories.account(session, f"crowd{number}@example.com")
                youth = factories.youth(session, account.id)
                factories.consent(session, youth.id, ConsentPurpose.SERVICE)
                pool_consent(session, youth.id)
                row = factories.skill_record(session, youth.id, "python", level=1 + number % 5)
                row.verification = 1 + number % 3
                if number % 4 == 0:
                    factories.skill_record(session, youth.id, "linux", level=3)
                if number % 2:
                    youth.available_from = date(2026, 12, 1 + number % 20)
                session.add_all([row, youth])
                made.append(youth.id)
        return made

    def queue(self, **options: object) -> Queue:
        with looking(self.services, self.person) as unit:
            return candidates.queue(unit, actor(self.person), OPERATION, self.opening_id, **options)  # type: ignore[arg-type]

    def grid(self, **options: object) -> Queue:
        with looking(self.services, self.person) as unit:
            return candidates.grid(unit, actor(self.person), OPERATION, self.opening_id, **options)  # type: ignore[arg-type]

    def everybody(self) -> list[QueueRow]:
        return list(self.grid().rows)

    def choose(self, number: str, filters: Filters = Filters()) -> tuple[Queue, candidates.Chosen]:  # noqa: B008
        with looking(self.services, self.person) as unit:
            return candidates.choose(
                unit, actor(self.person), OPERATION, self.opening_id, number, filters
            )

    def act(self, flow: Callable[..., object], *rest: object, **more: object) -> object:
        with working(self.services, self.person) as unit:
            return flow(unit, actor(self.person), OPERATION, self.opening_id, *rest, **more)

    def withdraw(self, youth_id: int) -> None:
        with self.services.database.writing() as session:
            row = session.exec(
                select(Consent).where(
                    Consent.purpose == ConsentPurpose.POOL, Consent.youth_id == youth_id
                )
            ).one()
            row.withdrawn_at = factories.NOW
            session.add(row)

    def youth_of(self, number: str) -> int:
        with looking(self.services, self.person) as unit:
            candidates.choose(unit, actor(self.person), OPERATION, self.opening_id, number)
            last = unit.trail[-1]
            assert isinstance(last, AccessRecord)
            assert last.youth_id is not None
            return last.youth_id


@pytest.fixture
def room(services: Services, people: People) -> Room:
    return Room(services, people)


def knows(row: QueueRow, key: str) -> bool:
    return any(line.key == key and line.met == "met" for line in row.explained.lines)


def test_the_parts_of_every_score_add_up_to_what_is_shown(room: Room) -> None:
    for row in room.everybody():
        total = sum((each.value for each in row.sub_scores), Decimal(0))
        assert total == Decimal(str(row.explained.score))
        assert total == sum(each.value for each in row.explained.rows)
        assert [each.code for each in row.sub_scores] == [
            "start", "skills", "certificates", "experience", "wishes", "round",
        ]  # fmt: skip


def test_filters_narrow_and_never_reorder_and_the_counts_are_true(room: Room) -> None:
    whole = [row.number for row in room.everybody()]
    asked = [
        Filters(level=2),
        Filters(level=3, every=True),
        Filters(free_by=date(2026, 12, 10)),
        Filters(met=("skill:linux",)),
        Filters(level=2, free_by=date(2026, 12, 15), met=("skill:python",)),
    ]
    for filters in asked:
        found = room.grid(filters=filters)
        shown = [row.number for row in found.rows]
        assert shown == [each for each in whole if each in shown]
        assert 0 < len(shown) < len(whole)
        assert found.filtered is not None
        assert (found.filtered.shown, found.filtered.of) == (len(shown), len(whole))
    plain = room.grid().filtered
    assert plain is not None
    for level, count in plain.levels.items():
        assert len(room.grid(filters=Filters(level=level)).rows) == count
    for key, count in plain.met.items():
        assert len(room.grid(filters=Filters(met=(key,))).rows) == count


def test_a_filter_looks_only_at_what_the_opening_asks_for(room: Room) -> None:
    with room.services.database.writing() as session:
        factories.skill_record(session, room.youths[0], "sql", level=5)
    found = room.grid(filters=Filters(met=("skill:sql",)))
    assert len(found.rows) == 30
    assert found.filters == Filters()


def test_filters_say_what_was_proved_and_when_people_are_free(room: Room) -> None:
    whole, day = room.everybody(), date(2026, 12, 10)

    def proof(row: QueueRow) -> int:
        return max(line.stage or 0 for line in row.explained.lines if line.kind == "must")

    proved = [row.number for row in whole if proof(row) >= 3]
    free = [row.number for row in whole if row.available_from and row.available_from <= day]
    assert proved
    assert free
    assert [row.number for row in room.grid(filters=Filters(level=3)).rows] == proved
    assert [row.number for row in room.grid(filters=Filters(free_by=day)).rows] == free


def test_the_way_through_the_list_opens_everybody_once(room: Room) -> None:
    number, seen = room.queue().rows[0].number, []
    while number not in seen:
        seen.append(number)
        number = room.choose(number)[1].after
    assert len(seen) == 30
    shown, last = room.choose(seen[-1])
    assert (shown.looked, shown.total) == (30, 30)
    assert last.before == seen[-2]


def test_a_decision_moves_on_to_the_next_undecided_and_is_taken_back(room: Room) -> None:
    first, second = (row.number for row in room.queue().rows[:2])
    _shown, chosen = room.choose(first)
    assert chosen.after == second
    room.act(candidate_actions.mark, first, SET_ASIDE, LACKS, seen="new")
    shown, chosen = room.choose(second)
    assert first not in [row.number for row in shown.rows]
    assert shown.last is not None
    assert (shown.last.tab, shown.last.people) == ("set_aside", 1)
    assert room.act(candidate_actions.undo) == (first,)
    again = room.queue()
    assert again.rows[0].number == first
    assert again.last is None
    with pytest.raises(Conflict):
        room.act(candidate_actions.undo)


def test_taking_back_restores_the_mark_and_its_reason(room: Room) -> None:
    number = room.queue().rows[0].number
    room.act(candidate_actions.mark, number, SET_ASIDE, LACKS)
    room.act(candidate_actions.mark, number, SHORTLISTED)
    room.act(candidate_actions.undo)
    with room.services.database.reading() as session:
        (row,) = session.exec(select(ShortlistEntry)).all()
        assert (row.state, row.reason) == (SET_ASIDE, LACKS)
        actions = [each.action for each in session.exec(select(AuditEntry)).all()]
    assert actions == ["candidate:marked", "candidate:marked", "candidate:undone"]


def test_a_decision_somebody_changed_meanwhile_is_not_taken_back(room: Room) -> None:
    number = room.queue().rows[0].number
    youth_id = room.youth_of(number)
    room.act(candidate_actions.mark, number, SHORTLISTED)
    with room.services.database.writing() as session:
        row = session.exec(select(ShortlistEntry)).one()
        row.state, row.reason = SET_ASIDE, LACKS
        session.add(row)
    assert room.queue().last is None
    with pytest.raises(Conflict):
        room.act(candidate_actions.undo)
    with room.services.database.reading() as session:
        kept = session.exec(select(ShortlistEntry)).one()
        assert (kept.youth_id, kept.state) == (youth_id, SET_ASIDE)


def test_a_press_on_an_outdated_page_changes_nothing(room: Room) -> None:
    number = room.queue().rows[0].number
    room.act(candidate_actions.mark, number, SHORTLISTED, seen="new")
    with pytest.raises(Conflict):
        room.act(candidate_actions.mark, number, SET_ASIDE, LACKS, seen="new")
    assert room.queue().counts["shortlisted"] == 1


def test_several_are_shortlisted_at_once_and_taken_back_at_once(room: Room) -> None:
    numbers = [row.number for row in room.everybody()[:5]]
    assert room.act(candidate_actions.mark_many, numbers, SHORTLISTED) == 5
    shown = room.queue()
    assert shown.counts["shortlisted"] == 5
    assert shown.last is not None
    assert shown.last.people == 5
    assert set(room.act(candidate_actions.undo)) == set(numbers)  # type: ignore[call-overload]
    assert room.queue().counts["shortlisted"] == 0


def test_setting_aside_together_needs_everybody_opened_a_reason_and_at_most_twenty(
    room: Room,
) -> None:
    numbers = [row.number for row in room.everybody()]
    for some, reason, problem in [
        (numbers[:21], LACKS, Invalid),
        ([], LACKS, Invalid),
        (numbers[:2], None, Invalid),
        (numbers[:2], LACKS, Conflict),
    ]:
        with pytest.raises(problem):
            room.act(candidate_actions.mark_many, some, SET_ASIDE, reason)
    room.choose(numbers[0])
    with pytest.raises(Conflict):
        room.act(candidate_actions.mark_many, numbers[:2], SET_ASIDE, LACKS)
    room.choose(numbers[1])
    assert room.act(candidate_actions.mark_many, numbers[:2], SET_ASIDE, LACKS) == 2
    assert room.queue().counts["set_aside"] == 2


def test_somebody_who_withdrew_stops_a_decision_about_several(room: Room) -> None:
    rows = room.everybody()[:3]
    gone = room.youth_of(rows[1].number)
    room.withdraw(gone)
    with pytest.raises(Conflict):
        room.act(candidate_actions.mark_many, [row.number for row in rows], SHORTLISTED)
    assert room.queue().counts["shortlisted"] == 0


def test_side_by_side_shows_up_to_four_by_rank_and_counts_who_is_gone(room: Room) -> None:
    numbers = [row.number for row in room.everybody()[:5]]
    room.withdraw(room.youth_of(numbers[2]))
    with looking(room.services, room.person) as unit:
        found = candidates.compare(
            unit, actor(room.person), OPERATION, room.opening_id, [*numbers[3::-1], numbers[4]]
        )
    assert [each.row.number for each in found.people] == [numbers[0], numbers[1], numbers[3]]
    assert found.gone == 1
    lines = {tuple(line.key for line in each.row.explained.lines) for each in found.people}
    assert len(lines) == 1


def test_whoever_declared_a_conflict_neither_undoes_a_mark_nor_marks_an_example(room: Room) -> None:
    first, second = (row.number for row in room.queue().rows[:2])
    room.act(candidate_actions.mark_many, [first, second], SHORTLISTED)
    room.act(calibrating.add, first)
    room.act(reviewing.declare_conflict, first)
    assert room.queue().last is None
    for flow, rest in (
        (candidate_actions.undo, ()),
        (candidate_actions.mark, (first, None)),
        (calibrating.add, (first,)),
        (calibrating.remove, (first,)),
    ):
        with pytest.raises(Forbidden):
            room.act(flow, *rest)  # type: ignore[arg-type]
    with pytest.raises(Forbidden) as refused:
        room.act(candidate_actions.mark_many, [first, second], SHORTLISTED)
    assert label(first) in refused.value.message
    assert label(second) not in refused.value.message
    assert [room.choose(each)[1].is_barred for each in (first, second)] == [True, False]
    assert room.queue().counts["shortlisted"] == 2


def test_a_phase_without_decisions_leaves_marks_free_and_says_that_nobody_is_asked(
    room: Room,
) -> None:
    number = room.queue().rows[0].number
    assert room.choose(number)[1].waits == ""
    phase(room.services, room.opening_id, can_decide=False)
    assert "‘First look’" in room.choose(number)[1].waits
    room.act(candidate_actions.mark, number, SET_ASIDE, LACKS)
    room.act(candidate_actions.undo)
    assert number in [row.number for row in room.queue().rows]


def test_withdrawing_leaves_no_trace_in_any_view(room: Room) -> None:
    row = room.everybody()[0]
    room.act(calibrating.add, row.number)
    youth_id = room.youth_of(row.number)
    room.withdraw(youth_id)
    shown = room.grid()
    assert row.number not in repr(room.queue()) + repr(shown)
    assert row.label not in repr(shown)
    with looking(room.services, room.person) as unit:
        partner = actor(room.person)
        found = candidates.compare(unit, partner, OPERATION, room.opening_id, [row.number])
        assert found.people == ()
    for flow in (calibrating.add, calibrating.remove):
        with pytest.raises(NotFound):
            room.act(flow, row.number)


def test_an_information_only_operator_has_no_grid_no_comparing_and_no_examples(room: Room) -> None:
    numbers = [row.number for row in room.everybody()[:2]]
    partner = actor(room.person)
    with looking(room.services, room.person) as unit:
        assert candidates.grid(unit, partner, LISTING, room.opening_id).rows == ()
        with pytest.raises(NotFound):
            candidates.compare(unit, partner, LISTING, room.opening_id, numbers)
    for act in (
        lambda unit: candidate_actions.mark_many(
            unit, partner, LISTING, room.opening_id, numbers, SHORTLISTED
        ),
        lambda unit: candidate_actions.undo(unit, partner, LISTING, room.opening_id),
        lambda unit: calibrating.add(unit, partner, LISTING, room.opening_id, numbers[0]),
        lambda unit: calibrating.clear(unit, partner, LISTING, room.opening_id),
    ):
        with working(room.services, room.person) as unit, pytest.raises(NotFound):
            act(unit)


def test_examples_re_rank_at_once_are_named_and_cleared_without_a_trace(room: Room) -> None:
    before = room.everybody()
    chosen = [row for row in before if knows(row, "skill:linux")][-2:]
    room.act(calibrating.add, chosen[0].number)
    assert [row.number for row in room.everybody()] == [row.number for row in before]
    room.act(calibrating.add, chosen[1].number)
    shown = room.grid()
    by_number = {row.number: row for row in shown.rows}
    assert by_number[chosen[0].number].rank < chosen[0].rank
    assert shown.calibration is not None
    assert {each[0] for each in shown.calibration.examples} == {row.number for row in chosen}
    assert shown.calibration.traits
    plain = {row.number: row.explained.score or 0.0 for row in before}
    for row in shown.rows:
        (part,) = (each for each in row.sub_scores if each.code == CALIBRATION)
        assert Decimal(0) <= part.value <= Decimal("0.51")
        assert 0.0 <= (row.explained.score or 0.0) - plain[row.number] <= 0.5
        assert sum(each.value for each in row.sub_scores) == Decimal(str(row.explained.score))
    room.act(calibrating.clear)
    after = room.everybody()
    assert [(row.number, row.explained) for row in after] == [
        (row.number, row.explained) for row in before
    ]


def test_a_calibrated_list_says_so_in_what_is_recorded(room: Room) -> None:
    chosen = [row.number for row in room.everybody() if row.explained.met == 2][:2]
    youths = sorted(room.youth_of(each) for each in chosen)
    for each in chosen:
        room.act(calibrating.add, each)
    room.queue()
    with room.services.database.reading() as session:
        versions = [row.model_version for row in session.exec(select(Exposure)).all()]
        entry = session.exec(
            select(AuditEntry)
            .where(AuditEntry.action == "calibration:changed")
            .order_by(AuditEntry.id.desc())  # type: ignore[union-attr]
        ).first()
    assert entry is not None
    assert entry.change == {"youths": youths, "mark": mark_of(youths)}
    assert "+" not in versions[0]
    assert versions[-1] == f"{versions[0]}+{mark_of(youths)}"


def test_there_are_at_most_three_examples_and_one_twice_is_one(room: Room) -> None:
    numbers = [row.number for row in room.everybody()[:4]]
    for each in (*numbers[:3], numbers[0]):
        room.act(calibrating.add, each)
    with pytest.raises(Conflict):
        room.act(calibrating.add, numbers[3])
    room.act(calibrating.remove, numbers[0])
    room.act(calibrating.add, numbers[3])
    with room.services.database.reading() as session:
        assert len(session.exec(select(CalibrationExample)).all()) == 3


def test_an_example_who_withdrew_stops_counting_and_makes_room(room: Room) -> None:
    rows = [row for row in room.everybody() if row.explained.met == 2]
    for row in rows[:3]:
        room.act(calibrating.add, row.number)
    room.withdraw(room.youth_of(rows[0].number))
    shown = room.grid()
    assert shown.calibration is not None
    assert len(shown.calibration.examples) == 2
    room.act(calibrating.add, rows[3].number)
    assert len(room.grid().calibration.examples) == 3  # type: ignore[union-attr]


def test_while_ranking_is_off_nothing_is_adjusted_by_example(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    from matcher.matching import context, serving

    neutral = serving.neutral()
    monkeypatch.setattr(context, "serving_model", lambda session: neutral)
    monkeypatch.setattr(calibrating, "serving_model", lambda session: neutral)
    shown = room.queue()
    assert (shown.calibration, shown.is_neutral) == (None, True)
    assert all(row.sub_scores == () for row in shown.rows)
    with pytest.raises(Conflict):
        room.act(calibrating.add, shown.rows[0].number)
    assert neutral.version == NEUTRAL


def test_another_partner_can_do_nothing_here(room: Room) -> None:
    number = room.queue().rows[0].number
    other = room.people.other_partner
    for flow, rest in (
        (candidate_actions.mark_many, ([number], SHORTLISTED)),
        (candidate_actions.undo, ()),
        (calibrating.add, (number,)),
        (calibrating.remove, (number,)),
        (calibrating.clear, ()),
    ):
        with working(room.services, other) as unit, pytest.raises(NotFound):
            flow(unit, actor(other), OPERATION, room.opening_id, *rest)  # type: ignore[operator]
    with looking(room.services, other) as unit:
        for look in (candidates.grid, candidates.compare):
            rest = () if look is candidates.grid else ([number],)
            with pytest.raises(NotFound):
                look(unit, actor(other), OPERATION, room.opening_id, *rest)  # type: ignore[operator]


def test_a_list_asks_the_same_few_questions_however_many_people_there_are(room: Room) -> None:
    asked: list[str] = []
    event.listen(
        room.services.database.engine, "before_cursor_execute", lambda *a: asked.append(a[2])
    )
    room.queue()
    asked.clear()
    room.queue()
    many = len(asked)
    for youth_id in room.youths[2:]:
        room.withdraw(youth_id)
    asked.clear()
    assert len(room.queue().rows) == 3
    assert len(asked) == many <= 30


def test_page_program_and_command_line_show_the_same_adjusted_list(room: Room) -> None:
    chosen = [row for row in room.everybody() if knows(row, "skill:linux")][-2:]
    for row in chosen:
        room.act(calibrating.add, row.number)
    page = room.grid().rows
    with looking(room.services, room.person) as unit:
        found = candidates.ranked(
            unit, actor(room.person), OPERATION, room.opening_id, Window(0, 50)
        )
    with room.services.reading() as unit:
        told = operating.recommend_candidates(unit, room.opening_id, 10)
    assert [found.titles[each["id"]] for each in found.items] == [row.number for row in page]
    assert [each["id"] for each in told.items] == [each["id"] for each in found.items[:10]]
    assert told.model_version == found.model_version
    assert "+" in found.model_version
    for each in found.items:
        points = [reason["contribution"] for reason in each["reasons"]]
        assert each["base"] + sum(points) == pytest.approx(each["score"], abs=1e-9)
        assert CALIBRATION in [reason["code"] for reason in each["reasons"]]
