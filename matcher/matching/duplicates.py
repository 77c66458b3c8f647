"""Pairs of records of a desk's people that may be of one person."""

from matcher.actor import Actor
from matcher.db import Unit
from matcher.planning.duplicates import Known, Pair, likely
from matcher.store import merging
from matcher.store.merging import Person


def suggested(unit: Unit, actor: Actor) -> tuple[tuple[Pair, ...], dict[int, Person]]:
    """The pairs, and every person by number."""
    found = merging.everyone(unit.session, actor)
    pairs = likely([known(each) for each in found], merging.apart(unit.session))
    return pairs, {each.profile.id or 0: each for each in found}


def known(person: Person) -> Known:
    profile = person.profile
    return Known(
        number=profile.id or 0,
        name=person.account.name,
        email=person.account.email,
        group=profile.organisation_id,
        graduation_on=profile.graduation_on,
        external_id=profile.external_id,
    )
