"""The letters of a round that more than one step writes: the invitation, its reminder, partners."""

from collections.abc import Iterable
from typing import Any

from matcher.db import Unit
from matcher.matching.partner_letters import tell_partner
from matcher.matching.round_redraws import redraws
from matcher.store import outbox, round_people, rounds
from models.assignment import AssignmentRound


def named(row: AssignmentRound) -> dict[str, object]:
    """What every letter of a round says."""
    return {"round_ko": row.name_ko, "round_en": row.name_en, "round_id": row.id}


def invite(unit: Unit, row: AssignmentRound, template: str, key: str, youths: Any) -> int:
    """To these people, ids or a query of ids; gives how many were written to."""
    people = round_people.accounts(unit.session, youths)
    redrawn = len(redraws(unit.session, row))
    for youth_id, account in people:
        outbox.put(
            unit.session, account, template, unit.now, f"{key}:{youth_id}", **named(row),
            wishes_until=row.wishes_until.isoformat(), most=row.most_wishes, redrawn=redrawn,
        )  # fmt: skip
    return len(people)


def invite_partners(
    unit: Unit, row: AssignmentRound, key: str, organisations: Iterable[int]
) -> None:
    for organisation_id in sorted(set(organisations)):
        tell_partner(
            unit, organisation_id, "round_partner_opened", key,
            **named(row), wishes_until=row.wishes_until.isoformat(),
        )  # fmt: skip


def owners_of(unit: Unit, row: AssignmentRound) -> set[int]:
    """Partners with an opening in the round."""
    return {each.organisation_id for each in rounds.openings_of(unit.session, row.id or 0)}
