"""The scene of changing places after a round is published: who holds what, who asks for what."""

from dataclasses import dataclass

from sqlmodel import select

from matcher.flows import exchanges_desk, exchanges_own, own_introductions
from matcher.flows.exchanges_desk import DeskExchanges
from matcher.flows.exchanges_own import OwnExchange
from matcher.wiring import Services
from models.application import Introduction
from models.assignment import AssignmentPair
from tests.partner_desk import OPERATION, actor
from tests.people import People, Person
from tests.round_desk import RoundScene, published, version


@dataclass
class Placed:
    """`first` holds the one seat of opening `one`, `second` and `third` those of `two`;
    `out` got nothing (a fourth person), or nobody."""

    scene: RoundScene
    first: Person
    second: Person
    third: Person
    out: Person | None

    @property
    def round_id(self) -> int:
        return self.scene.round_id


def placed(services: Services, people: People, count: int = 4) -> Placed:
    scene = published(services, people, count)
    held = holding(services, scene.round_id)
    at = {
        key: [p for p in scene.people if held.get(p.youth_id or 0) == key] for key in held.values()
    }
    out = next((p for p in scene.people if p.youth_id not in held), None)
    return Placed(scene, at[scene.one][0], *at[scene.two], out)


def holding(services: Services, round_id: int) -> dict[int, int]:
    """Person -> opening of the pairs, whatever their state."""
    with services.database.reading() as session:
        rows = session.exec(select(AssignmentPair).where(AssignmentPair.round_id == round_id))
        return {row.youth_id: row.opening_id for row in rows}


def pair_of(services: Services, person: Person) -> AssignmentPair:
    with services.database.reading() as session:
        return session.exec(
            select(AssignmentPair).where(AssignmentPair.youth_id == person.youth_id)
        ).one()


def ask(services: Services, person: Person, round_id: int, wanted: int) -> None:
    me, now = actor(person), pair_of(services, person).version
    with services.writing(me) as unit:
        exchanges_own.ask(unit, me, round_id, wanted, now)


def withdraw(services: Services, person: Person, round_id: int) -> None:
    me, now = actor(person), pair_of(services, person).version
    with services.writing(me) as unit:
        exchanges_own.withdraw(unit, me, round_id, now)


def own(services: Services, person: Person, round_id: int) -> OwnExchange | None:
    with services.reading(actor(person)) as unit:
        return exchanges_own.view(unit, actor(person), OPERATION, round_id)


def desk(services: Services, by: Person, round_id: int) -> DeskExchanges:
    with services.reading(actor(by)) as unit:
        found = exchanges_desk.view(unit, actor(by), OPERATION, round_id)
    assert found is not None
    return found


def requests(services: Services, by: Person, round_id: int) -> tuple[int, ...]:
    """Of the one change that is possible."""
    (sides,) = desk(services, by, round_id).possible
    return tuple(each.request_id for each in sides)


def confirm(
    services: Services, by: Person, round_id: int, ids: tuple[int, ...], at: int | None = None
) -> None:
    now = version(services, round_id) if at is None else at
    with services.writing(actor(by)) as unit:
        exchanges_desk.confirm(unit, actor(by), OPERATION, round_id, ids, now)


def refuse(services: Services, person: Person, opening_id: int) -> None:
    answer(services, person, opening_id, is_yes=False)


def answer(services: Services, person: Person, opening_id: int, is_yes: bool = True) -> None:
    me = actor(person)
    with services.database.reading() as session:
        asked = session.exec(
            select(Introduction).where(
                Introduction.opening_id == opening_id, Introduction.youth_id == person.youth_id
            )
        ).one()
    with services.writing(me) as unit:
        act = own_introductions.accept if is_yes else own_introductions.refuse
        act(unit, me, asked.id or 0, asked.version)


def swap_asked(services: Services, people: People, count: int = 4) -> Placed:
    """`first` and `second` have asked for each other's place."""
    found = placed(services, people, count)
    ask(services, found.first, found.round_id, found.scene.two)
    ask(services, found.second, found.round_id, found.scene.one)
    return found
