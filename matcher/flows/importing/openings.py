"""Openings with their requirements. The operator's file may bring partners not known yet; a
partner's own file stays within the partner, and what a person has to read waits for one."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from matcher.db import Unit
from matcher.exchange.errors import CellError
from matcher.exchange.job_feed import FeedRow
from matcher.exchange.openings import OpeningRow
from matcher.exchange.parsing import Parsed
from matcher.flows.importing import opening_checks
from matcher.flows.importing.known import Known, slug_of
from matcher.matching import posting_versions
from matcher.policy import forbidden_topics
from matcher.policy import openings as rules
from matcher.policy.states import OpeningAction
from matcher.store import import_rows, openings, outbox
from matcher.store.batches import Recorder
from models.batch import BatchChange
from models.opening import (
    Opening,
    OpeningRequirement,
    OpeningState,
    RequirementKind,
    RequirementSubject,
)
from models.organisation import Organisation, OrganisationKind, OrganisationState
from models.skill import UnmappedSkill


def check(unit: Unit, known: Known, parsed: Parsed) -> list[CellError]:
    return opening_checks.check(unit, known, as_openings(unit, parsed).rows)


def write(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    for row in as_openings(unit, parsed).rows:
        organisation_id = _organisation(unit, recorder, known, row)
        opening = import_rows.opening(unit.session, organisation_id, row.external_id)
        if opening is None:
            _make(unit, recorder, organisation_id, row)
        else:
            _change(unit, recorder, opening, row)


def as_openings(unit: Unit, parsed: Parsed) -> Parsed:
    """Rows of the job feed become openings; a partner's are the partner's own, whose sector they
    take where the feed names none of ours."""
    rows = [each.opening() if isinstance(each, FeedRow) else each for each in parsed.rows]
    own = opening_checks.own_organisation(unit)
    if own is not None and parsed.kind != "openings":
        rows = [
            replace(each, organisation=own.slug, sector=each.sector or own.sector or "")
            for each in rows
        ]
    return replace(parsed, rows=tuple(rows))


def _make(unit: Unit, recorder: Recorder, organisation_id: int, row: OpeningRow) -> None:
    opening = Opening(
        organisation_id=organisation_id,
        external_id=row.external_id or None,
        state=OpeningState.DRAFT,
        created_at=unit.now,
        updated_at=unit.now,
        is_demo=unit.session.get_one(Organisation, organisation_id).is_demo,
        **_values(row),
    )
    opening.state = _first_state(unit, opening)
    if opening.state is OpeningState.PUBLISHED:
        opening.published_at = unit.now
    recorder.make(opening)
    unit.session.flush()  # requirements need the opening's id
    _requirements(unit, recorder, opening.id or 0, row)
    if opening.state is OpeningState.SUBMITTED:
        _tell_centre(unit, opening)
    posting_versions.note(unit, opening, recorder.make)


def _change(unit: Unit, recorder: Recorder, opening: Opening, row: OpeningRow) -> None:
    """A known posting keeps its state, unless the new words have to be read by a person."""
    opening_checks.refuse_locked(unit, row, opening)
    posting_versions.begin(unit, opening)
    values, state = _values(row), opening.state
    if state is OpeningState.PUBLISHED and _has_to_be_read(unit, opening, values):
        values["state"] = OpeningState.SUBMITTED
    has_changed = recorder.change(opening, values)
    has_changed |= _requirements(unit, recorder, opening.id or 0, row)
    if not has_changed:
        return
    opening.version += 1
    opening.updated_at = unit.now
    unit.session.add(opening)
    if opening.state is not state:
        _tell_centre(unit, opening)
    posting_versions.note(unit, opening)


def _first_state(unit: Unit, opening: Opening) -> OpeningState:
    """The operator's openings are published; a partner's as if it had written and handed it in."""
    own = opening_checks.own_organisation(unit)
    if own is None:
        return OpeningState.PUBLISHED
    is_active = own.state is OrganisationState.ACTIVE
    has_hits = bool(forbidden_topics.posting_hits(opening))
    action = rules.step_on_submit(OpeningState.DRAFT, own.is_trusted, is_active, has_hits)
    publishes = action is OpeningAction.PUBLISH
    return OpeningState.PUBLISHED if publishes else OpeningState.SUBMITTED


def _has_to_be_read(unit: Unit, opening: Opening, values: dict[str, Any]) -> bool:
    """As on the page: forbidden words, or a sector that opens the pool of other people."""
    if unit.actor is None or all(getattr(opening, name) == values[name] for name in values):
        return False
    wanted = Opening(**values, organisation_id=opening.organisation_id)
    return bool(forbidden_topics.posting_hits(wanted)) or opening.sector != values["sector"]


def _tell_centre(unit: Unit, row: Opening) -> None:
    for account in openings.centre_accounts(unit.session):
        outbox.put(
            unit.session, account, "opening_submitted", unit.now,
            f"opening:{row.id}:submitted:{row.version}:{account.id}",
            title_ko=row.title_ko, title_en=row.title_en, opening_id=row.id,
        )  # fmt: skip


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
    """What a file without the newer columns does not tell stays as it is."""
    values = {name: getattr(row, name) for name in opening_checks.TOLD}
    values["title_en"] = row.title_en or row.title_ko
    values["role"] = row.role or None
    if row.tells_start:
        values["starts_on"] = row.starts_on
    if row.answer_days is not None:
        values["answer_days"] = row.answer_days
    return values


def _requirements(unit: Unit, recorder: Recorder, opening_id: int, row: OpeningRow) -> bool:
    """Whether anything changed. One that the file leaves out stays."""
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
    _set_aside(unit, recorder, opening_id, row)
    return has_changed


def _set_aside(unit: Unit, recorder: Recorder, opening_id: int, row: OpeningRow) -> None:
    asides: Sequence[Any] = row.unmapped
    for aside in asides:
        recorder.make(
            UnmappedSkill(
                opening_id=opening_id,
                text=aside.text[:120],
                level=aside.level,
                created_at=unit.now,
            )
        )


def touched(unit: Unit, notes: Sequence[BatchChange]) -> frozenset[int]:
    """Postings that were there before the file and that taking it back changes."""
    made = {each.row_id for each in notes if each.table_name == "opening" and not each.before}
    ids = {each.row_id for each in notes if each.table_name == "opening"}
    asked = [each.row_id for each in notes if each.table_name == "opening_requirement"]
    ids.update(import_rows.openings_of_requirements(unit.session, asked))
    return frozenset(ids - made)


def note_back(unit: Unit, opening_ids: Collection[int]) -> None:
    """A posting whose older words came back has changed once more for its readers."""
    for opening_id in sorted(opening_ids):
        row = unit.session.get_one(Opening, opening_id, populate_existing=True)
        posting_versions.note(unit, row)
