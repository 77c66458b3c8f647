"""What a course listing states, and the values its fields may take."""

from dataclasses import dataclass
from functools import cache

from matcher.catalogue.origin import Origin, Row, origin, read
from matcher.catalogue.terms import Term, terms


@dataclass(frozen=True, slots=True)
class ListingField:
    slug: str
    name_ko: str
    name_en: str
    is_required: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class CourseVocabulary:
    """`fields` is open-ended in the sources; the other lists are closed. `statuses` follow from
    a session's dates and are never stored."""

    listing_fields: tuple[ListingField, ...]
    fields: tuple[Term, ...]
    kinds: tuple[Term, ...]
    levels: tuple[Term, ...]
    modes: tuple[Term, ...]
    languages: tuple[Term, ...]
    statuses: tuple[Term, ...]


@cache
def course_vocabulary() -> CourseVocabulary:
    data = read("course_fields.json")
    return CourseVocabulary(
        listing_fields=tuple(_listing_field(row) for row in data["listing_fields"]),
        fields=terms(data["fields"]),
        kinds=terms(data["kinds"]),
        levels=terms(data["levels"]),
        modes=terms(data["modes"]),
        languages=terms(data["languages"]),
        statuses=terms(data["statuses"]),
    )


def _listing_field(row: Row) -> ListingField:
    return ListingField(
        slug=row["slug"],
        name_ko=row["name_ko"],
        name_en=row["name_en"],
        is_required=row["is_required"],
        origin=origin(row),
    )
