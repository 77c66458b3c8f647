"""People as the ranking sees them, read in five queries however many they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from sqlmodel import Session, col, select

from matcher.matching.certified import following
from matcher.policy.masking import without_school
from matcher.policy.profiles import Levelled, weighed
from matcher.ranking.types import CertificationProof, Seeker, SkillProof, verified_share
from matcher.store import match_rows
from matcher.store.match_rows import IdScope, PassRow, SkillRow, WishRow, YouthRow
from models.youth import WishKind, YouthProfile

PLACE_STEP = 0.2
"""A second wish counts 0.8, a third 0.6, down to 0.2."""


def seekers_of(
    session: Session, scope: IdScope, day: date, only: Sequence[str] | None = None
) -> tuple[Seeker, ...]:
    """In id order, on the ranking's `day`. `scope` selects youth ids and must already be narrowed
    to the actor. `only`: no other skills than these, where nothing else is asked of them."""
    asked = None if only is None else frozenset(only)
    skills = _grouped(match_rows.skills(session, scope, only))
    passes = _grouped(match_rows.passes(session, scope))
    licences = _grouped(match_rows.licences(session, scope))
    wishes = _grouped(match_rows.wishes(session, scope))
    return tuple(
        seeker_from(
            row,
            day,
            skills.get(row.id, []),
            passes.get(row.id, []),
            frozenset(licence for _, licence in licences.get(row.id, [])),
            wishes.get(row.id, []),
            asked,
        )
        for row in match_rows.youths(session, scope)
    )


def seeker_of(session: Session, youth_id: int, day: date) -> Seeker | None:
    """For a person's own pages: the caller has checked that the person is the actor."""
    only = select(YouthProfile.id).where(col(YouthProfile.id) == youth_id)
    found = seekers_of(session, only, day)
    return found[0] if found else None


def winning_skills(rows: Iterable[Levelled]) -> dict[str, SkillProof]:
    """By slug, in slug order: what counts of several judgements."""
    return {
        slug: _proof(slug, counted.by.level, counted.verification)
        for slug, counted in sorted(weighed(rows).items())
    }


@lru_cache(maxsize=20_000)
def _proof(slug: str, level: int, verification: int) -> SkillProof:
    """Kept: there are far fewer than people hold."""
    return SkillProof(slug, level, verified_share(verification))


def certifications(rows: Iterable[PassRow]) -> dict[str, CertificationProof]:
    """By id: the pass that lasts longest, then the best verified; the ranking's day expires it."""
    best: dict[str, PassRow] = {}
    for row in rows:
        held = best.get(row.certification)
        if held is None or _lasts(row) > _lasts(held):
            best[row.certification] = row
    return {
        name: CertificationProof(name, True, row.expires_on, row.verification)
        for name, row in sorted(best.items())
    }


def _lasts(row: PassRow) -> tuple[date, int]:
    return (row.expires_on or date.max, row.verification)


def wish_weights(rows: Iterable[WishRow], kind: WishKind) -> dict[str, float]:
    return {
        row.value: max(PLACE_STEP, 1.0 - PLACE_STEP * (max(1, row.place) - 1))
        for row in rows
        if row.kind is kind
    }


def seeker_from(
    row: YouthRow,
    day: date,
    skills: Iterable[SkillRow],
    passes: Iterable[PassRow],
    licences: frozenset[str],
    wishes: Sequence[WishRow],
    only: frozenset[str] | None = None,
) -> Seeker:
    """As on that day. `row.id` becomes the seeker's id; the other rows' youth ids are not looked
    at. `only`: `skills` are these, and no others follow from certificates."""
    held = list(passes)
    return Seeker(
        id=row.id,
        skills=winning_skills([*skills, *following(held, day, only)]),
        certifications=certifications(held),
        sectors=wish_weights(wishes, WishKind.SECTOR),
        regions=wish_weights(wishes, WishKind.REGION),
        employment=wish_weights(wishes, WishKind.EMPLOYMENT),
        weekly_hours=row.weekly_hours,
        available_from=row.available_from,
        budget_krw=row.budget_krw,
        text=without_school(row.about),
        licences=licences,
    )


def _grouped(rows: Iterable[tuple[int, ...] | tuple[object, ...]]) -> Mapping[int, list]:  # type: ignore[type-arg]
    """Rows by their first column, the youth's id."""
    groups: dict[int, list] = defaultdict(list)  # type: ignore[type-arg]
    for row in rows:
        groups[row[0]].append(row)  # type: ignore[index]
    return groups
