"""The public bodies of Jeju RISE: three universities and the centre. Partners are not here."""

from dataclasses import dataclass
from functools import cache

from matcher.catalogue.origin import Origin, Row, origin, read


@dataclass(frozen=True, slots=True)
class PublicBody:
    """`kind` is `university` or `rise_centre`."""

    slug: str
    kind: str
    name_ko: str
    short_ko: str
    name_en: str
    origin: Origin


@cache
def public_bodies() -> tuple[PublicBody, ...]:
    return tuple(_body(row) for row in read("organisations.json")["organisations"])


def universities() -> tuple[PublicBody, ...]:
    return tuple(body for body in public_bodies() if body.kind == "university")


def rise_centre() -> PublicBody:
    (centre,) = (body for body in public_bodies() if body.kind == "rise_centre")
    return centre


def _body(row: Row) -> PublicBody:
    return PublicBody(
        slug=row["slug"],
        kind=row["kind"],
        name_ko=row["name_ko"],
        short_ko=row["short_ko"],
        name_en=row["name_en"],
        origin=origin(row),
    )
