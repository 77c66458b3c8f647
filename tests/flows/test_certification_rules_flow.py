"""Every refusal of recording an exam comes from the rules engine, with its words and source."""

from datetime import date, timedelta

import pytest

from matcher.flows import certifications, importing
from matcher.flows.certifications import Attempt
from matcher.i18n import use_language
from matcher.refusal import Invalid
from matcher.store import accounts
from matcher.wiring import Services
from models.certification import AttemptState, CertificationRecord
from tests import factories
from tests.factories import NOW, TODAY
from tests.people import People

PASSED, FAILED = AttemptState.PASSED, AttemptState.FAILED
SCHEDULED, PLANNED = AttemptState.SCHEDULED, AttemptState.PLANNED


class Desk:
    """The flows as one person uses them."""

    def __init__(self, services: Services, people: People) -> None:
        self.services = services
        self.youth_id = people.youth.youth_id
        with services.database.reading() as session:
            found = accounts.actor_of(session, people.youth.account_id)
        assert found is not None
        self.actor = found

    def record(self, name: str, state: AttemptState, on: date | None, **more: object) -> int:
        with self.services.writing(self.actor) as unit:
            attempt = Attempt(name, state, on, **more)  # type: ignore[arg-type]
            return certifications.record(unit, self.actor, attempt)

    def refused(self, name: str, state: AttemptState, on: date, **more: object) -> dict[str, str]:
        before = self.rows()
        with pytest.raises(Invalid) as found:
            self.record(name, state, on, **more)
        assert self.rows() == before
        return dict(found.value.fields)

    def move(self, record_id: int, to: AttemptState, on: date | None, **more: bool) -> None:
        with self.services.writing(self.actor) as unit:
            row = unit.session.get_one(CertificationRecord, record_id)
            certifications.move(unit, self.actor, record_id, to, on, row.version, **more)

    def remove(self, record_id: int) -> None:
        with self.services.writing(self.actor) as unit:
            certifications.remove(unit, self.actor, record_id)

    def rows(self) -> dict[int, certifications.RecordView]:
        with self.services.reading(self.actor) as unit:
            return {row.id: row for row in certifications.view(unit, self.actor).records}

    def store(self, **values: object) -> int:
        """A row as an import left it."""
        with self.services.database.writing() as session:
            row = factories.add(
                session,
                CertificationRecord(
                    youth_id=self.youth_id, state=PASSED, created_at=NOW, updated_at=NOW, **values
                ),
            )
            assert row.id is not None
            return row.id


@pytest.fixture
def desk(services: Services, people: People) -> Desk:
    return Desk(services, people)


def test_an_ended_language_says_when_it_ended_and_what_is_possible(desk: Desk) -> None:
    assert desk.refused("SOA", SCHEDULED, date(2026, 11, 25)) == {
        "language": "SOA-C03 시험을 한국어로 볼 수 있는 날은 2026년 11월 19일에 끝났어요. "
        "(https://aws.amazon.com/certification/certified-cloudops-engineer-associate/) "
        "SOA-C03 시험은 영어로 2026년 11월 21일부터 볼 수 있어요."
    }


def test_the_same_in_english(desk: Desk) -> None:
    with use_language("en"):
        said = desk.refused("SOA", SCHEDULED, date(2026, 11, 25))["language"]
    assert said.startswith("The last day of SOA-C03 in Korean was Nov 19, 2026. (https://")
    assert said.endswith("SOA-C03 can be taken in English from Nov 21, 2026.")


def test_a_language_never_offered_is_refused_at_the_language(desk: Desk) -> None:
    said = desk.refused("AIB", PLANNED, date(2026, 12, 1))
    assert list(said) == ["language"]
    assert said["language"].startswith("AIB-C01 시험은 한국어로 볼 수 없어요.")
    assert "AIB-C01 시험은 영어로 2026년 11월 21일부터 볼 수 있어요." in said["language"]


@pytest.mark.parametrize(("on", "code"), [("2026-11-30", "DVA-C02"), ("2026-12-01", "DVA-C03")])
def test_the_version_is_that_of_the_day(desk: Desk, on: str, code: str) -> None:
    made = desk.record("DVA", SCHEDULED, date.fromisoformat(on))
    assert desk.rows()[made].exam_code == code


def test_an_ended_exam_says_its_last_day(desk: Desk) -> None:
    said = desk.refused("ANS", SCHEDULED, date(2027, 1, 4))
    assert said["on"].startswith("ANS-C01 시험은 2026년 12월 31일에 끝났어요. (https://")
    assert "2026년 12월 31일까지 볼 수 있어요." in said["on"]


def test_a_retake_that_outlasts_the_version_points_to_the_next_one(desk: Desk) -> None:
    desk.record("DVA", FAILED, TODAY - timedelta(days=1))
    said = desk.refused("DVA", SCHEDULED, date(2026, 11, 28))["on"]
    assert "떨어진 뒤 14일이 지나야 하는데 DVA-C02 시험은 2026년 11월 30일에 끝나요." in said
    assert said.endswith("DVA-C03 시험은 한국어로 2026년 12월 1일부터 볼 수 있어요.")
    made = desk.record("DVA", SCHEDULED, date(2026, 12, 1))
    assert desk.rows()[made].exam_code == "DVA-C03"


def test_a_pass_closes_its_version_for_two_years(desk: Desk) -> None:
    desk.record("SAA", PASSED, date(2025, 3, 1))
    said = desk.refused("SAA", SCHEDULED, date(2027, 2, 28))["on"]
    assert said.startswith("합격한 시험은 2년 동안 다시 볼 수 없어요. 2027년 3월 1일부터 돼요.")
    assert desk.record("SAA", SCHEDULED, date(2027, 3, 1)) > 0


def test_a_beta_is_sat_once(desk: Desk) -> None:
    desk.record("AIB", FAILED, date(2026, 10, 5), language="en")
    said = desk.refused("AIB", SCHEDULED, date(2026, 12, 5), language="en")
    assert said["on"].startswith("베타 시험은 한 번만 볼 수 있어요. (https://")


def test_a_minor_books_with_a_guardians_consent_only(desk: Desk) -> None:
    said = desk.refused("CLF", SCHEDULED, date(2026, 12, 5), is_minor=True)
    assert list(said) == ["has_guardian_consent"]
    assert "보호자가 동의해야" in said["has_guardian_consent"]
    assert "https://aws.amazon.com/tw/" in said["has_guardian_consent"]
    agreed = {"is_minor": True, "has_guardian_consent": True}
    assert desk.record("CLF", SCHEDULED, date(2026, 12, 5), **agreed) > 0


def test_a_plan_becomes_a_minors_booking_with_a_guardians_consent_only(desk: Desk) -> None:
    day = date(2026, 12, 5)
    planned = desk.record("CLF", PLANNED, day, is_minor=True, has_guardian_consent=True)
    with pytest.raises(Invalid) as found:
        desk.move(planned, SCHEDULED, day, is_minor=True)
    assert list(found.value.fields) == ["has_guardian_consent"]
    assert desk.rows()[planned].state == "planned"
    desk.move(planned, SCHEDULED, day, is_minor=True, has_guardian_consent=True)
    assert desk.rows()[planned].state == "scheduled"


def test_what_was_sat_is_recorded_whatever_the_language_and_age(desk: Desk) -> None:
    made = desk.record("CLF", PASSED, date(2023, 1, 10), is_minor=True)
    assert desk.rows()[made].exam_code == "CLF-C01"


def test_a_day_before_the_exam_existed_is_refused(desk: Desk) -> None:
    said = desk.refused("DEA", PASSED, date(2024, 3, 11))["on"]
    assert said.startswith("DEA-C01 시험은 2024년 3월 12일부터 볼 수 있어요. (https://")


def test_a_booking_moved_to_a_closed_day_is_refused_and_stays(desk: Desk) -> None:
    made = desk.record("DOP", SCHEDULED, date(2026, 12, 30))
    desk.move(made, PLANNED, date(2026, 12, 29))
    with pytest.raises(Invalid) as found:
        desk.move(made, SCHEDULED, date(2027, 1, 2))
    assert "DOP-C02 시험을 한국어로 볼 수 있는 날은" in found.value.fields["language"]
    assert desk.rows()[made].state == "planned"


def test_each_pass_pays_half_of_one_later_exam_once(desk: Desk) -> None:
    first = desk.refused("SAA", SCHEDULED, date(2026, 12, 5), is_discounted=True)
    assert list(first) == ["is_discounted"]
    assert "https://aws.amazon.com/certification/recertification/" in first["is_discounted"]
    desk.record("CLF", PASSED, date(2026, 11, 1))
    booked = desk.record("SAA", SCHEDULED, date(2026, 12, 5), is_discounted=True)
    assert list(desk.refused("AIF", SCHEDULED, date(2026, 12, 9), is_discounted=True)) == [
        "is_discounted"
    ]
    desk.move(booked, AttemptState.CANCELLED, None)
    assert desk.record("AIF", SCHEDULED, date(2026, 12, 9), is_discounted=True) > 0


def test_a_maintained_year_on_record_outlives_the_next_entry(desk: Desk) -> None:
    """The stored day is a year later than the pass gives; recording something else keeps it."""
    kept = desk.store(
        certification="SAA",
        exam_code="SAA-C03",
        exam_on=date(2024, 3, 1),
        expires_on=date(2028, 3, 1),
    )
    desk.record("AIF", PASSED, date(2026, 11, 1))
    assert desk.rows()[kept].expires_on == date(2028, 3, 1)
    desk.record("SAP", PASSED, date(2026, 11, 20))
    assert desk.rows()[kept].expires_on == date(2029, 11, 20)


def test_taking_a_renewing_pass_back_takes_the_renewal_back(desk: Desk) -> None:
    clf = desk.record("CLF", PASSED, date(2025, 6, 1))
    saa = desk.record("SAA", PASSED, date(2026, 6, 1))
    assert desk.rows()[clf].expires_on == date(2029, 6, 1)
    desk.remove(saa)
    assert desk.rows()[clf].expires_on == date(2028, 6, 1)


def imported(desk: Desk, people: People, *lines: str) -> None:
    head = "youth,certification,state,on,exam_code,expires_on\n"
    body = "".join(f"{people.youth.email},{line}\n" for line in lines)
    with desk.services.writing() as unit:
        result = importing.run(unit, "certifications", (head + body).encode(), "passes.csv")
    assert result.errors == ()


def test_a_file_and_a_form_give_the_same_expiries(desk: Desk, people: People) -> None:
    """The day the file tells is a maintained year: it stays, also when a second file leaves it out
    or a form adds a pass, until a renewing pass moves it further."""
    imported(desk, people, "SAA,passed,2024-03-01,SAA-C03,2028-03-01", "CLF,passed,2024-02-01,,")
    ends = {row.certification: row.expires_on for row in desk.rows().values()}
    assert ends == {"SAA": date(2028, 3, 1), "CLF": date(2027, 3, 1)}
    imported(desk, people, "SAA,passed,2024-03-01,SAA-C03,")
    desk.record("AIF", PASSED, date(2026, 11, 1))
    ends = {row.certification: row.expires_on for row in desk.rows().values()}
    assert ends["SAA"] == date(2028, 3, 1)
    imported(desk, people, "SAP,passed,2026-11-18,SAP-C03,")
    ends = {row.certification: row.expires_on for row in desk.rows().values()}
    assert {ends["SAA"], ends["CLF"], ends["SAP"]} == {date(2029, 11, 18)}
