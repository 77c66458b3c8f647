"""Two who write at the same instant: of two editors one is told, and a consent withdrawn while
somebody is ranked or marked leaves nothing behind it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from matcher.flows import candidates, own_consents, profile
from matcher.flows.candidate_actions import mark
from matcher.policy.masking import candidate_number
from matcher.store.candidate_marks import MARKED
from matcher.wiring import Services
from models.application import ShortlistEntry, ShortlistState
from models.opening import Opening
from models.trail import AuditEntry
from models.youth import Affiliation, YouthProfile, YouthStatus
from tests.flows.test_posting_life import DRAFT, edit, publish
from tests.partner_desk import OPERATION, actor, pool_consent, working
from tests.people import People
from tests.traps.test_hiring_races import chains_hold, together

WITHDRAWN = "consent:withdrawn"
ROUNDS = 3
MANY = pytest.param(500, marks=pytest.mark.slow)
MANY_EDITS = pytest.param(1000, marks=pytest.mark.slow)

AS_IT_IS = profile.ProfileChange(
    affiliation=Affiliation.NONE,
    organisation_id=None,
    status=YouthStatus.GRADUATED,
    graduation_on=None,
    available_from=date(2027, 3, 1),
    weekly_hours=10,
    budget_krw=None,
    about="",
    wishes={},
    version=1,
)


@pytest.mark.parametrize("rounds", [ROUNDS, MANY_EDITS])
def test_of_two_editors_of_a_posting_one_is_told(
    any_services: Services, any_people: People, rounds: int
) -> None:
    services, people = any_services, any_people
    opening_id = publish(services, people)
    for version in range(2, rounds + 2):
        texts = (f"{version}번째 글 하나", f"{version}번째 글 둘")

        def save(text: str, version: int = version) -> None:
            edit(services, people, opening_id, version, description=text)

        found = together(lambda: save(texts[0]), lambda: save(texts[1]))  # noqa: B023  # run at once
        assert sorted(found) == ["done", "stale"]
        with services.database.reading() as session:
            row = session.get_one(Opening, opening_id)
        assert (row.description, row.version) == (texts[found.index("done")], version + 1)


@pytest.mark.parametrize("rounds", [ROUNDS, MANY_EDITS])
def test_of_two_tabs_with_one_profile_one_is_told(
    any_services: Services, any_people: People, rounds: int
) -> None:
    services, who = any_services, any_people.youth
    with services.database.reading() as session:
        first = session.get_one(YouthProfile, who.youth_id).version
    for version in range(first, first + rounds):

        def save(hours: int, version: int = version) -> None:
            with services.writing(actor(who)) as unit:
                wanted = replace(AS_IT_IS, weekly_hours=hours, version=version)
                profile.change(unit, actor(who), wanted)

        found = together(lambda: save(11), lambda: save(22))  # run at once
        assert sorted(found) == ["conflict", "done"]
        with services.database.reading() as session:
            row = session.get_one(YouthProfile, who.youth_id)
        assert (row.weekly_hours, row.version) == ((11, 22)[found.index("done")], version + 1)


@pytest.mark.parametrize("rounds", [ROUNDS, MANY])
def test_nobody_is_ranked_or_marked_behind_a_withdrawn_consent(
    any_services: Services, any_people: People, rounds: int
) -> None:
    services, partner, sought = any_services, any_people.partner, any_people.youth
    opening_id = publish(services, any_people, replace(DRAFT, sector="space"))
    number = candidate_number(OPERATION.mask_key, opening_id, sought.youth_id or 0)

    def rank() -> list[str]:
        with working(services, partner) as unit:
            shown = candidates.queue(unit, actor(partner), OPERATION, opening_id)
        return [each.number for each in shown.rows]

    def shortlist() -> None:
        with working(services, partner) as unit:
            mark(unit, actor(partner), OPERATION, opening_id, number, ShortlistState.SHORTLISTED)

    def withdraw() -> None:
        with services.writing(actor(sought)) as unit:
            own_consents.withdraw_pool(unit)

    for _round in range(rounds):
        with services.database.writing() as session:
            pool_consent(session, sought.youth_id or 0)
            for old in session.exec(select(ShortlistEntry)):
                session.delete(old)
            before = len(session.exec(select(AuditEntry.id)).all())
        assert number in rank()
        _ranked, marked, withdrawn = together(rank, shortlist, withdraw)
        assert (marked in {"done", "not_found"}, withdrawn) == (True, "done"), marked
        with services.database.reading() as session:
            statement = select(AuditEntry.action).order_by(AuditEntry.id)  # type: ignore[arg-type]  # a column
            lines = list(session.exec(statement))[before:]
            rows = session.exec(select(ShortlistEntry)).all()
        order = [each for each in lines if each in (MARKED, WITHDRAWN)]
        assert order == [MARKED, WITHDRAWN][marked != "done" :]
        assert len(rows) == (marked == "done")
        assert number not in rank()
    assert chains_hold(services)
