"""Profile, skills and certifications of one's own."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from matcher.flows import certifications, profile, skills
from matcher.flows.certifications import Attempt
from matcher.flows.skills import SkillClaim
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import accounts
from matcher.wiring import Services
from models.account import Role
from models.certification import AttemptState, CertificationRecord
from models.skill import Rater, SkillRecord
from models.youth import Affiliation, AffiliationState, WishKind, YouthProfile, YouthStatus
from tests.factories import NOW, TODAY, add
from tests.people import People, Person


def actor(services: Services, person: Person):  # type: ignore[no-untyped-def]
    with services.database.reading() as session:
        found = accounts.actor_of(session, person.account_id)
    assert found is not None
    return found


def claim(services: Services, person: Person, **values: object) -> str:
    who = actor(services, person)
    with services.writing(who) as unit:
        return skills.claim(unit, who, SkillClaim(**values))  # type: ignore[arg-type]


def record(services: Services, person: Person, attempt: Attempt) -> int:
    who = actor(services, person)
    with services.writing(who) as unit:
        return certifications.record(unit, who, attempt)


def seen(services: Services, person: Person) -> dict[int, certifications.RecordView]:
    who = actor(services, person)
    with services.reading(who) as unit:
        return {row.id: row for row in certifications.view(unit, who).records}


def wanted(version: int, **values: object) -> profile.ProfileChange:
    defaults: dict[str, object] = {
        "affiliation": Affiliation.NONE,
        "organisation_id": None,
        "status": YouthStatus.SEEKING,
        "graduation_on": None,
        "available_from": None,
        "weekly_hours": 8,
        "budget_krw": 300_000,
        "about": "",
        "wishes": {WishKind.SECTOR: ["space", "bio"]},
        "version": version,
    }
    return profile.ProfileChange(**(defaults | values))  # type: ignore[arg-type]


def test_a_changed_profile_is_read_back_with_wishes_in_order(
    services: Services, people: People
) -> None:
    who = actor(services, people.youth)
    with services.writing(who) as unit:
        profile.change(unit, who, wanted(1))
    with services.reading(who) as unit:
        view = profile.view(unit, who)
    assert (view.weekly_hours, view.budget_krw, view.version) == (8, 300_000, 2)
    assert view.wishes[WishKind.SECTOR] == ("space", "bio")


def test_a_stale_profile_form_is_refused_and_changes_nothing(
    services: Services, people: People
) -> None:
    who = actor(services, people.youth)
    with services.writing(who) as unit:
        profile.change(unit, who, wanted(1))
    with pytest.raises(Conflict), services.writing(who) as unit:
        profile.change(unit, who, wanted(1, weekly_hours=40))
    with services.reading(who) as unit:
        assert profile.view(unit, who).weekly_hours == 8


def test_a_new_university_is_a_claim_until_its_coordinator_confirms(
    services: Services, people: People
) -> None:
    who, halla = actor(services, people.youth), people.far_youth.organisation_id
    change = wanted(1, affiliation=Affiliation.RISE_UNIVERSITY, organisation_id=halla)
    with services.writing(who) as unit:
        profile.change(unit, who, change)
    with services.database.reading() as session:
        row = session.get_one(YouthProfile, people.youth.youth_id)
    assert (row.organisation_id, row.affiliation_state) == (halla, AffiliationState.CLAIMED)


def test_a_partner_is_no_university(services: Services, people: People) -> None:
    who = actor(services, people.youth)
    change = wanted(
        1,
        affiliation=Affiliation.RISE_UNIVERSITY,
        organisation_id=people.partner.organisation_id,
    )
    with pytest.raises(Invalid) as refused, services.writing(who) as unit:
        profile.change(unit, who, change)
    assert list(refused.value.fields) == ["organisation_id"]


def test_a_skill_is_claimed_by_any_name_and_counted_once(
    services: Services, people: People
) -> None:
    assert claim(services, people.youth, skill="파이썬", level=2) == "python"
    assert claim(services, people.youth, skill="python", level=4) == "python"
    who = actor(services, people.youth)
    with services.reading(who) as unit:
        view = skills.view(unit, who)
    assert [(each.slug, each.level, each.rater) for each in view.skills] == [
        ("python", 4, Rater.SELF)
    ]


def test_a_coordinators_word_counts_before_the_own_one_and_cannot_be_withdrawn(
    services: Services, people: People
) -> None:
    claim(services, people.youth, skill="python", level=5)
    with services.database.writing() as session:
        add(
            session,
            SkillRecord(
                youth_id=people.youth.youth_id,
                skill="python",
                level=3,
                rater=Rater.COORDINATOR,
                verification=2,
                rated_on=TODAY,
                created_at=NOW,
            ),
        )
    who = actor(services, people.youth)
    with services.reading(who) as unit:
        shown = skills.view(unit, who).skills[0]
    assert (shown.level, shown.rater) == (3, Rater.COORDINATOR)
    assert [each.level for each in shown.history] == [5]
    with services.writing(who) as unit:
        skills.withdraw(unit, who, "python")
    with pytest.raises(Conflict), services.writing(who) as unit:
        skills.withdraw(unit, who, "python")


@pytest.mark.parametrize("text", ["없는기술이름", "전기기사", ""])
def test_what_is_no_skill_is_refused_at_the_field(
    services: Services, people: People, text: str
) -> None:
    with pytest.raises(Invalid) as refused:
        claim(services, people.youth, skill=text, level=3)
    assert list(refused.value.fields) == ["skill"]


def test_a_pass_sets_three_years_and_renews_what_is_still_active(
    services: Services, people: People
) -> None:
    first = Attempt("CLF", AttemptState.PASSED, TODAY - timedelta(days=800))
    clf = record(services, people.youth, first)
    record(services, people.youth, Attempt("SAA", AttemptState.PASSED, TODAY))
    rows = seen(services, people.youth)
    assert rows[clf].expires_on == date(2029, 11, 21)
    assert rows[clf].state == "active"


def test_an_expired_certificate_is_never_renewed(services: Services, people: People) -> None:
    old = TODAY - timedelta(days=4 * 365)
    clf = record(services, people.youth, Attempt("CLF", AttemptState.PASSED, old))
    record(services, people.youth, Attempt("SAA", AttemptState.PASSED, TODAY))
    assert seen(services, people.youth)[clf].state == "expired"


def test_a_pass_entered_late_gives_what_one_in_time_would(
    services: Services, people: People
) -> None:
    """CLF 2022, SAA 2024 renews it to 2027: entered newest first, the chain is the same."""
    record(services, people.youth, Attempt("SAA", AttemptState.PASSED, date(2024, 6, 1)))
    clf = record(services, people.youth, Attempt("CLF", AttemptState.PASSED, date(2022, 6, 1)))
    assert seen(services, people.youth)[clf].expires_on == date(2027, 6, 1)


def test_a_retake_within_fourteen_days_of_a_fail_quotes_the_rule(
    services: Services, people: People
) -> None:
    failed = Attempt("SAA", AttemptState.FAILED, TODAY - timedelta(days=3))
    record(services, people.youth, failed)
    with pytest.raises(Invalid) as refused:
        record(
            services,
            people.youth,
            Attempt("SAA", AttemptState.SCHEDULED, TODAY + timedelta(days=10)),
        )
    assert "14일" in refused.value.fields["on"]
    assert "https://aws.amazon.com" in refused.value.fields["on"]
    allowed = Attempt("SAA", AttemptState.SCHEDULED, TODAY + timedelta(days=11))
    assert record(services, people.youth, allowed) > 0


def test_a_language_that_ended_is_refused_at_the_language(
    services: Services, people: People
) -> None:
    day = TODAY + timedelta(days=5)
    with pytest.raises(Invalid) as refused:
        record(services, people.youth, Attempt("SOA", AttemptState.SCHEDULED, day))
    assert list(refused.value.fields) == ["language"]
    assert record(services, people.youth, Attempt("SOA", AttemptState.SCHEDULED, day, "en")) > 0


def test_an_exam_is_recorded_in_the_version_of_its_day(services: Services, people: People) -> None:
    attempt = Attempt("DVA", AttemptState.SCHEDULED, date(2026, 12, 1), "en")
    dva = record(services, people.youth, attempt)
    assert seen(services, people.youth)[dva].exam_code == "DVA-C03"


def test_steps_follow_the_table_and_a_stale_one_is_refused(
    services: Services, people: People
) -> None:
    who = actor(services, people.youth)
    plan = record(services, people.youth, Attempt("SAA", AttemptState.PLANNED, None))
    day = TODAY + timedelta(days=30)
    with pytest.raises(Conflict), services.writing(who) as unit:
        certifications.move(unit, who, plan, AttemptState.PASSED, TODAY, 1)
    with services.writing(who) as unit:
        certifications.move(unit, who, plan, AttemptState.SCHEDULED, day, 1)
    with pytest.raises(Conflict), services.writing(who) as unit:
        certifications.move(unit, who, plan, AttemptState.CANCELLED, None, 1)
    assert seen(services, people.youth)[plan].state == "scheduled"


def test_a_verified_record_stays_and_an_own_one_can_go(services: Services, people: People) -> None:
    who = actor(services, people.youth)
    kept = record(services, people.youth, Attempt("CLF", AttemptState.PASSED, TODAY))
    gone = record(services, people.youth, Attempt("AIF", AttemptState.PASSED, TODAY))
    with services.database.writing() as session:
        row = session.get_one(CertificationRecord, kept)
        row.verification = 3
        session.add(row)
    with pytest.raises(Conflict), services.writing(who) as unit:
        certifications.remove(unit, who, kept)
    with services.writing(who) as unit:
        certifications.remove(unit, who, gone)
    assert list(seen(services, people.youth)) == [kept]


def test_nobody_moves_or_removes_somebody_elses_record(services: Services, people: People) -> None:
    mine = record(services, people.youth, Attempt("CLF", AttemptState.PASSED, TODAY))
    other = actor(services, people.other_youth)
    with pytest.raises(NotFound), services.writing(other) as unit:
        certifications.remove(unit, other, mine)
    with pytest.raises(NotFound), services.writing(other) as unit:
        certifications.move(unit, other, mine, AttemptState.FAILED, TODAY, 1)
    assert list(seen(services, people.youth)) == [mine]


def test_staff_have_no_records_of_their_own(services: Services, people: People) -> None:
    who = actor(services, people.coordinator)
    assert who.role is Role.COORDINATOR
    with pytest.raises(NotFound), services.reading(who) as unit:
        certifications.view(unit, who)
    with services.database.reading() as session:
        assert session.exec(select(CertificationRecord)).all() == []
