"""The numbers AWS knows a person by, kept for that person alone.

Who changed the address of their AWS account has two, and their exams stand under both until AWS
makes one of them. Nobody else reads them here: no partner, no desk, no ranking.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import youths
from models.certification import AwsCandidateId

MOST: Final = 2
_FORM: Final = re.compile(r"(?:AWS)?(\d{8})", re.ASCII)
_BETWEEN: Final = re.compile(r"[\s-]+")


@dataclass(frozen=True)
class AwsIdsView:
    held: tuple[tuple[int, str], ...]
    """(row, number) in the order they were written down."""

    @property
    def is_full(self) -> bool:
        return len(self.held) >= MOST

    @property
    def are_several(self) -> bool:
        return len(self.held) > 1


def view(unit: Unit, actor: Actor) -> AwsIdsView:
    rows = youths.aws_ids(unit.session, actor.own_youth_id)
    return AwsIdsView(tuple((row.id or 0, row.code) for row in rows))


def add(unit: Unit, actor: Actor, text: str) -> None:
    """Raises Invalid for what is no such number, a second time or a third number."""
    youth_id = actor.own_youth_id
    code = normalised(text)
    held = youths.aws_ids(unit.session, youth_id)
    if any(row.code == code for row in held):
        raise Invalid({"aws_id": _("이미 적은 번호예요.")})
    if len(held) >= MOST:
        raise Invalid({"aws_id": _("번호는 두 개까지 적을 수 있어요.")})
    unit.session.add(AwsCandidateId(youth_id=youth_id, code=code, created_at=unit.now))
    unit.audit("aws_id:recorded", "youth", youth_id, held=len(held) + 1)


def keep(unit: Unit, actor: Actor, row_id: int) -> None:
    """AWS made one of them: this number stays, the others go."""
    youth_id = actor.own_youth_id
    held = youths.aws_ids(unit.session, youth_id)
    _mine(held, row_id)
    if len(held) < MOST:
        raise Conflict(_("합칠 번호가 없어요."))
    for row in held:
        if row.id != row_id:
            youths.remove(unit.session, row)
    unit.audit("aws_id:merged", "youth", youth_id, before=len(held))


def remove(unit: Unit, actor: Actor, row_id: int) -> None:
    youth_id = actor.own_youth_id
    youths.remove(unit.session, _mine(youths.aws_ids(unit.session, youth_id), row_id))
    unit.audit("aws_id:removed", "youth", youth_id)


def normalised(text: str) -> str:
    """AWS and eight digits, however it was typed. Raises Invalid."""
    bare = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    found = _FORM.fullmatch(bare)
    if found is None:
        raise Invalid({"aws_id": _("AWS와 숫자 8자리예요. 예: AWS01234567")})
    return f"AWS{found[1]}"


def _mine(held: Sequence[AwsCandidateId], row_id: int) -> AwsCandidateId:
    row = next((each for each in held if each.id == row_id), None)
    if row is None:
        raise NotFound
    return row
