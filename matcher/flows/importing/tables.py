"""Files a desk takes along: templates to fill in, and what was wrong with one that was sent."""

from collections.abc import Iterable, Mapping, Sequence

from matcher.db import Unit
from matcher.exchange import KINDS, to_csv, to_xlsx
from matcher.exchange.words import UNIVERSITIES
from matcher.exchange.writing import Value
from matcher.flows.importing.known import home_of
from matcher.flows.importing.tasks import kinds_for
from matcher.i18n import current_language
from matcher.refusal import NotFound


def template(unit: Unit, kind: str, file_format: str) -> bytes:
    """The header in the reader's language and two made-up rows that this desk could send."""
    if kind not in kinds_for(unit.signed_in):
        raise NotFound
    spec, heads = KINDS[kind], titles(kind)
    home = home_of(unit.session, unit.actor)
    rows: list[dict[str, Value]] = [
        {head: row.get(name, "") for name, head in heads.items()}
        for row in (_of_desk(example, home) for example in spec.examples)
    ]
    write = to_xlsx if file_format == "xlsx" else to_csv
    return write(rows, list(heads.values()))


def _of_desk(example: Mapping[str, str], home: frozenset[str] | None) -> Mapping[str, str]:
    """A university puts in its own alone, so the made-up rows are of that one too."""
    if not home:
        return example
    if "company" in example or "organisation" in example:
        name = "company" if "company" in example else "organisation"
        return {**example, name: next(iter(home))}
    own = UNIVERSITIES.ko(next(iter(home)))
    if "affiliation" in example:
        return {**example, "affiliation": "rise_university", "university": own}
    return {**example, "provider": own} if example.get("provider") else example


def titles(kind: str) -> dict[str, str]:
    """Column -> its title in the reader's language."""
    is_korean = current_language() == "ko"
    columns = KINDS[kind].columns if kind in KINDS else ()
    return {c.name: c.korean[0] if is_korean else c.name for c in columns}


def csv_of(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    return to_csv([dict(zip(heads, row, strict=True)) for row in rows], heads)
