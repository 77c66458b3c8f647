"""Openings with their requirements; a partner not known yet is made and told."""

from typing import Any

from matcher.db import Unit
from matcher.exchange.openings import OpeningRow
from matcher.exchange.parsing import Parsed
from matcher.flows.importing.known import Known, slug_of
from matcher.store import import_rows
from matcher.store.batches import Recorder
from models.opening import (
    Opening,
    OpeningRequirement,
    OpeningState,
    RequirementKind,
    RequirementSubject,
)
from models.organisation import Organisation, OrganisationKind, OrganisationState
from models.skill import UnmappedSkill


def write(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    for row in parsed.rows:
        organisation_id = _organisation(unit, recorder, known, row)
        opening = import_rows.opening(unit.session, organisation_id, row.external_id)
        if opening is None:
            opening = Opening(
                organisation_id=organisation_id,
                external_id=row.external_id or None,
                created_at=unit.now,
                updated_at=unit.now,
                published_at=unit.now,
                **_values(row),
            )
            recorder.make(opening)
            unit.session.flush()  # requirements need the opening's id
        elif recorder.change(opening, _values(row)):
            opening.version += 1
            opening.updated_at = unit.now
        assert opening.id is not None
        if _requirements(unit, recorder, opening.id, row):
            opening.updated_at = unit.now


def _organisation(unit: Unit, recorder: Recorder, known: Known, row: OpeningRow) -> int:
    """The partner's id. A new one is active but not trusted: its own later postings are checked."""
    found = known.organisations.get(row.organisation.casefold())
    if found is not None:
        return found
    made = Organisation(
        slug=_free_slug(known, row.organisation),
        kind=OrganisationKind.PARTNER,
        state=OrganisationState.ACTIVE,
        name_ko=row.organisation,
        name_en=row.organisation,
        sector=row.sector,
        created_at=unit.now,
    )
    recorder.make(made)
    unit.session.flush()  # its id goes into the opening
    assert made.id is not None
    known.organisations |= {row.organisation.casefold(): made.id, made.slug: made.id}
    known.new_organisations.append(row.organisation)
    return made.id


def _free_slug(known: Known, name: str) -> str:
    wanted = slug_of(name) or "partner"
    number, slug = 2, wanted
    while slug in known.organisations:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def _values(row: OpeningRow) -> dict[str, Any]:
    return {
        "state": OpeningState.PUBLISHED,
        "title_ko": row.title_ko,
        "title_en": row.title_en or row.title_ko,
        "sector": row.sector,
        "role": row.role or None,
        "description": row.description,
        "employment_type": row.employment_type,
        "region": row.region,
        "headcount": row.headcount,
        "pay_min_krw": row.pay_min_krw,
        "pay_max_krw": row.pay_max_krw,
        "opens_on": row.opens_on,
        "closes_on": row.closes_on,
    }


def _requirements(unit: Unit, recorder: Recorder, opening_id: int, row: OpeningRow) -> bool:
    """Whether anything changed."""
    held = {
        (each.subject, each.ref): each
        for each in import_rows.requirements(unit.session, opening_id)
    }
    has_changed = False
    for wanted in row.requirements:
        subject, kind = RequirementSubject(wanted.target), RequirementKind(wanted.mode)
        known = held.get((subject, wanted.ref))
        if known is None:
            recorder.make(
                OpeningRequirement(
                    opening_id=opening_id,
                    kind=kind,
                    subject=subject,
                    ref=wanted.ref,
                    level=wanted.level,
                )
            )
            has_changed = True
        else:
            has_changed |= recorder.change(known, {"kind": kind, "level": wanted.level})
    for aside in row.unmapped:
        recorder.make(
            UnmappedSkill(
                opening_id=opening_id,
                text=aside.text[:120],
                level=aside.level,
                created_at=unit.now,
            )
        )
    return has_changed
