"""Stored evaluation packs as flows hand them on, and whether their text is still the frozen one."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from matcher.i18n import in_language
from matcher.matching.evaluation import Content, canonical, sha256_of
from matcher.store import organisations
from models.evaluation import EvaluationPack
from models.organisation import Organisation


@dataclass(frozen=True)
class PackLine:
    id: int
    desk: str
    year: int
    project: str
    frozen_at: datetime
    sha256: str
    is_demo: bool


@dataclass(frozen=True)
class Pack:
    line: PackLine
    content: Content
    is_sound: bool
    """Whether the stored text still has the hash it was frozen with."""


def opened(session: Session, row: EvaluationPack) -> Pack:
    desk = desk_of(session, row)
    is_sound = sha256_of(row.content) == row.sha256
    return Pack(line_of(row, desk), json.loads(row.content), is_sound)


def desk_of(session: Session, row: EvaluationPack) -> Organisation:
    desk = organisations.get(session, row.organisation_id)
    assert desk is not None, "a pack refers to its desk"
    return desk


def line_of(row: EvaluationPack, desk: Organisation) -> PackLine:
    return PackLine(
        id=row.id or 0,
        desk=in_language(desk.name_ko, desk.name_en),
        year=row.year,
        project=row.project,
        frozen_at=row.frozen_at,
        sha256=row.sha256,
        is_demo=row.is_demo,
    )


def row_of(desk: Organisation, content: Content, is_demo: bool = False) -> EvaluationPack:
    """The pack to store, frozen as of the moment its numbers were counted."""
    text, project = canonical(content), content["project"]
    return EvaluationPack(
        organisation_id=desk.id or 0,
        year=content["year"],
        project=project["slug"] if project else "",
        content=text,
        sha256=sha256_of(text),
        frozen_at=datetime.fromisoformat(content["as_of"]),
        frozen_by_account_id=content["frozen_by"],
        is_demo=is_demo,
    )
