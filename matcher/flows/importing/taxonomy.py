"""A further skill framework beside ours, with its name, source and licence."""

from collections.abc import Mapping

from matcher.db import Unit
from matcher.exchange.parsing import Parsed
from matcher.store import import_rows
from matcher.store.batches import Recorder
from models.skill import FrameworkSkill, SkillFramework


def write(unit: Unit, recorder: Recorder, parsed: Parsed, framework: Mapping[str, str]) -> None:
    """Skills are referred to as `slug-of-the-framework:slug-of-the-skill`."""
    row = import_rows.framework(unit.session, framework["slug"])
    if row is None:
        row = SkillFramework(
            slug=framework["slug"],
            name=framework["name"],
            source=framework["source"],
            licence=framework["licence"],
            created_at=unit.now,
        )
        recorder.make(row)
        unit.session.flush()  # its skills need its id
    assert row.id is not None
    held = {each.slug: each for each in import_rows.framework_skills(unit.session, row.id)}
    for each in parsed.rows:
        values = {
            "name_ko": each.name_ko,
            "name_en": each.name_en,
            "kind": each.kind,
            "parent": each.parent or None,
            "description": each.description,
        }
        known = held.get(each.slug)
        if known is None:
            recorder.make(FrameworkSkill(framework_id=row.id, slug=each.slug, **values))
        else:
            recorder.change(known, values)
