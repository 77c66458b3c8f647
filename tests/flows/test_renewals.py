"""Renewal plans of a person's own passes, on the real programme."""

from datetime import date

import pytest

from matcher.flows import certifications, renewals
from matcher.flows.certifications import Attempt
from matcher.matching.plan_views import Terms
from matcher.matching.renewal_views import RenewalsView, RenewalWishes
from matcher.refusal import Invalid, NotFound
from matcher.store import accounts
from matcher.wiring import Services
from models.certification import AttemptState
from tests.people import People, Person

TERMS = Terms(1450, 10, 70)


def actor(services: Services, person: Person):  # type: ignore[no-untyped-def]
    with services.database.reading() as session:
        found = accounts.actor_of(session, person.account_id)
    assert found is not None
    return found


def passed(services: Services, person: Person, *passes: tuple[str, str]) -> None:
    who = actor(services, person)
    for name, on in passes:
        with services.writing(who) as unit:
            attempt = Attempt(name, AttemptState.PASSED, date.fromisoformat(on))
            certifications.record(unit, who, attempt)


def ask(services: Services, person: Person, *names: str, **more: object) -> RenewalsView:
    who = actor(services, person)
    with services.reading(who) as unit:
        return renewals.view(unit, who, RenewalWishes(names, **more), TERMS)  # type: ignore[arg-type]


def codes(view: RenewalsView) -> list[str]:
    return [step.exam_code for step in view.steps or ()]


def test_one_exam_keeps_two_certificates(services: Services, people: People) -> None:
    passed(services, people.youth, ("SAA", "2024-03-01"), ("CLF", "2024-02-01"))
    view = ask(services, people.youth)
    assert [line.id for line in view.held] == ["CLF", "SAA"]
    assert codes(view) == ["SAA-C03"]
    assert view.steps is not None
    step = view.steps[0]
    assert step.on <= date(2027, 1, 30), "30 days before both lapse on 2027-03-01"
    assert {move.after for move in step.moves} == {step.on.replace(year=step.on.year + 3)}
    assert (view.exams, view.usd, step.full_usd, step.is_discounted) == (1, 75, 150, True)
    assert view.krw == round(75 * 1450 * 1.1)
    assert view.is_proven


def test_without_a_code_in_hand_the_full_price_is_paid(services: Services, people: People) -> None:
    passed(services, people.youth, ("CLF", "2024-02-01"))
    who = actor(services, people.youth)
    with services.writing(who) as unit:
        attempt = Attempt("AIF", AttemptState.FAILED, date(2026, 10, 1), is_discounted=True)
        certifications.record(unit, who, attempt)
    view = ask(services, people.youth, "CLF")
    assert (codes(view), view.usd) == (["CLF-C02"], 100)


def test_cheapest_and_fewest_differ_where_they_must(services: Services, people: People) -> None:
    """SAP alone renews SAA and CLF too, but four associate exams cost less than two big ones."""
    held = [("DVA", "2024-03-01"), ("SOA", "2024-03-05"), ("SAA", "2024-03-09")]
    passed(services, people.youth, *held)
    fewest = ask(services, people.youth, goal="fewest")
    cheapest = ask(services, people.youth, goal="cheapest")
    assert (fewest.exams, cheapest.exams) == (2, 2)
    assert cheapest.usd <= fewest.usd
    own = ask(services, people.youth, goal="fewest", with_new=False)
    assert own.exams == 3
    assert set(codes(own)) == {"DVA-C03", "SOA-C03", "SAA-C03"}


def test_what_lasts_long_enough_needs_nothing(services: Services, people: People) -> None:
    passed(services, people.youth, ("CLF", "2026-10-01"))
    view = ask(services, people.youth, years=2)
    assert (view.steps, view.exams, view.usd, view.refusals) == ((), 0, 0, ())


def test_an_expired_one_is_refused_with_its_rule_and_the_rest_is_planned(
    services: Services, people: People
) -> None:
    passed(services, people.youth, ("SAA", "2022-10-01"), ("AIF", "2024-11-01"))
    view = ask(services, people.youth, "SAA", "AIF", with_new=False)
    assert [(r.words, r.source) for r in view.refusals] == [
        (
            "2025년 10월 1일에 끝난 자격은 갱신할 수 없어요. 시험에 다시 합격해야 해요.",
            "https://aws.amazon.com/certification/recertification/",
        )
    ]
    assert codes(view) == ["AIF-C01"]
    assert ask(services, people.youth).refusals == (), "expired ones are not asked for by default"


def test_a_retired_one_is_refused_and_stays_valid(services: Services, people: People) -> None:
    passed(services, people.youth, ("ANS", "2024-06-01"))
    view = ask(services, people.youth, "ANS")
    assert "2027년 6월 1일까지는 그대로 유효해요." in view.refusals[0].words
    assert view.refusals[0].source.startswith("https://aws.amazon.com/")


def test_years_without_an_exam_are_counted_only_when_asked(
    services: Services, people: People
) -> None:
    passed(services, people.youth, ("SAA", "2024-03-01"))
    assert [s.kind for s in ask(services, people.youth, years=1).steps or ()] == ["exam"]
    paid = ask(services, people.youth, years=1, route="paid")
    assert paid.steps is not None
    year = paid.steps[0]
    assert (year.kind, year.on, year.last_day) == ("year", date(2026, 12, 1), date(2027, 3, 1))
    assert (year.points, paid.exams, paid.usd) == (500, 0, 29)
    assert ask(services, people.youth, years=1, route="subscribed").usd == 0


def test_six_years_are_planned_with_each_repeat_two_years_apart(
    services: Services, people: People
) -> None:
    passed(services, people.youth, ("CLF", "2024-02-01"), ("AIF", "2024-11-01"))
    view = ask(services, people.youth, years=6, with_new=False)
    by_code: dict[str, list[date]] = {}
    for step in view.steps or ():
        by_code.setdefault(step.exam_code, []).append(step.on)
    assert {code: len(days) for code, days in by_code.items()} == {"CLF-C02": 2, "AIF-C01": 2}
    for days in by_code.values():
        assert days[1] >= days[0].replace(year=days[0].year + 2)
    assert all(line.after >= date(2032, 11, 21) for line in view.expires)


@pytest.mark.parametrize(
    ("names", "years", "field"),
    [(("SAA",), 3, "certifications"), (("XYZ",), 3, "certifications"), ((), 0, "years")],
)
def test_what_was_never_earned_or_is_out_of_bounds_is_refused(
    services: Services, people: People, names: tuple[str, ...], years: int, field: str
) -> None:
    passed(services, people.youth, ("CLF", "2024-02-01"))
    passed(services, people.other_youth, ("SAA", "2024-02-01"))
    with pytest.raises(Invalid) as found:
        ask(services, people.youth, *names, years=years)
    assert list(found.value.fields) == [field]


def test_nobody_without_passes_gets_a_plan_and_staff_have_none(
    services: Services, people: People
) -> None:
    view = ask(services, people.youth)
    assert (view.held, view.steps, view.exams) == ((), None, 0)
    with pytest.raises(NotFound):
        ask(services, people.coordinator)


def test_a_search_that_found_nothing_in_time_says_so_and_claims_nothing(
    services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = ["CLF", "AIF", "SAA", "DVA", "SOA", "DEA", "MLA", "SAP", "DOP"]
    passed(services, people.youth, *((name, f"2024-10-1{n}") for n, name in enumerate(held)))
    monkeypatch.setattr(renewals, "SECONDS", 0.0)
    with pytest.raises(Invalid) as found:
        ask(services, people.youth, years=6, route="paid", goal="cheapest")
    assert "너무 오래 걸려요" in found.value.fields["years"]
