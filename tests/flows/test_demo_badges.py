"""The demo has a badge in every state, and each says what the real checks say of it."""

from sqlmodel import select

from matcher.matching import at_hand, presenting
from matcher.wiring import Services
from models.credential import PresentedCredential, PresentedState, Verdict


def rows(services: Services) -> list[PresentedCredential]:
    with services.database.reading() as session:
        statement = select(PresentedCredential).order_by(PresentedCredential.id)
        return list(session.exec(statement).all())


def test_every_verdict_and_every_state_can_be_looked_at(demo_services: Services) -> None:
    found = rows(demo_services)
    assert {row.verdict for row in found} == {None, *Verdict}
    assert {row.state for row in found} == set(PresentedState)


def test_checked_again_every_badge_of_the_demo_says_the_same(demo_services: Services) -> None:
    before = [(row.id, row.verdict, row.proof) for row in rows(demo_services)]
    with demo_services.writing() as unit:
        known = at_hand.build(unit)
        for number in [row.id for row in rows(demo_services) if row.data is not None]:
            row = unit.session.get_one(PresentedCredential, number)
            checked = presenting.look_again(presenting.kept(row), known, unit.now)
            presenting.settle(unit, row, checked, known, row.holder_name)
    again = [(row.id, row.verdict, row.proof) for row in rows(demo_services)]
    assert again == before
