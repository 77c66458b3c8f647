"""The skill taxonomy: skills, their kinds and parents, and what counts partly toward what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from matcher.catalogue.origin import Row, read
from matcher.catalogue.skill_levels import LEVELS, Five, LevelTemplates, load_templates
from matcher.catalogue.skill_search import SkillIndex

LEGAL_LICENCE: Final = "legal-licence"
_NOTHING: Final[Mapping[str, float]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SkillKind:
    slug: str
    name_ko: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Skill:
    """`family` chooses the level sentences. `esco_uri` and `ncs_code` are None unless certain."""

    slug: str
    name_ko: str
    name_en: str
    aliases_ko: tuple[str, ...]
    aliases_en: tuple[str, ...]
    kind: str
    family: str
    parent: str | None
    source: str
    valid_from: date
    levels_ko: Five
    levels_en: Five
    reading_ko: str | None = None
    esco_uri: str | None = None
    ncs_code: str | None = None

    @property
    def is_licence(self) -> bool:
        """Held or not held: never similar to anything, always a hard requirement."""
        return self.kind == LEGAL_LICENCE

    def name(self, language: str) -> str:
        return self.name_ko if language == "ko" else self.name_en

    def level_text(self, level: int, language: str) -> str:
        """One sentence on what a person at `level` 1..5 can do. ValueError for other levels."""
        if level not in LEVELS:
            raise ValueError(f"level must be 1 to 5, got {level!r}")
        return (self.levels_ko if language == "ko" else self.levels_en)[level - 1]


class Taxonomy:
    """Skills in slug order; every answer comes in the same order each time."""

    def __init__(
        self,
        skills: tuple[Skill, ...],
        kinds: tuple[SkillKind, ...],
        edges: Mapping[tuple[str, str], float],
    ) -> None:
        self.skills = tuple(sorted(skills, key=lambda skill: skill.slug))
        self.kinds = kinds
        self._by_slug = {skill.slug: skill for skill in self.skills}
        self._toward = _grouped(edges)
        self._from = _grouped({(end, start): weight for (start, end), weight in edges.items()})
        self._index = SkillIndex(
            names={skill.slug: (skill.name_ko, skill.name_en) for skill in self.skills},
            aliases={skill.slug: skill.aliases_ko + skill.aliases_en for skill in self.skills},
        )

    def get(self, slug: str) -> Skill | None:
        return self._by_slug.get(slug)

    def adjacent(self, slug: str) -> Mapping[str, float]:
        """Skill -> weight (0..1) that having `slug` counts toward it."""
        return self._toward.get(slug, _NOTHING)

    def counting_toward(self, slug: str) -> Mapping[str, float]:
        """Skill -> weight (0..1) with which having it counts toward `slug`."""
        return self._from.get(slug, _NOTHING)

    def resolve(self, text: str) -> Skill | None:
        """The skill whose slug, name or alias this is, spaces and punctuation aside; no guesses."""
        found = self._index.resolve(text)
        return None if found is None else self._by_slug[found]

    def search(self, text: str, limit: int = 20) -> list[Skill]:
        """Best first: exact, beginning, inside, all words; near misses only when nothing else."""
        return [self._by_slug[slug] for slug in self._index.search(text, limit)]

    def nearest(self, text: str, limit: int = 3) -> list[Skill]:
        """For "did you mean": the closest spellings, or an empty list."""
        return [self._by_slug[slug] for slug in self._index.nearest(text, limit)]


@cache
def load_taxonomy() -> Taxonomy:
    head = read("skills.json")
    templates = load_templates()
    kinds = tuple(SkillKind(row["slug"], row["name_ko"], row["name_en"]) for row in head["kinds"])
    rows = [row for kind in kinds for row in read(f"skills/{kind.slug}.json")["skills"]]
    edges = read("skill_adjacency.json")["edges"]
    return Taxonomy(
        skills=tuple(_skill(row, head["sources"], templates) for row in rows),
        kinds=kinds,
        edges={(row["from"], row["to"]): row["weight"] for row in edges},
    )


def _skill(row: Row, sources: Mapping[str, Any], templates: LevelTemplates) -> Skill:
    slug, family = row["slug"], row["family"]
    inside = row["text_ko"] or row["name_ko"]
    spoken = row["text_ko"] or row["reading_ko"] or row["name_ko"]
    return Skill(
        slug=slug,
        name_ko=row["name_ko"],
        name_en=row["name_en"],
        aliases_ko=tuple(row["aliases_ko"]),
        aliases_en=tuple(row["aliases_en"]),
        kind=row["kind"],
        family=family,
        parent=row["parent"],
        source=sources[row["source"]],
        valid_from=date.fromisoformat(row["valid_from"]),
        levels_ko=templates.texts_ko(slug, family, inside, spoken),
        levels_en=templates.texts_en(slug, family, row["text_en"] or row["name_en"]),
        reading_ko=row["reading_ko"],
        esco_uri=row["esco_uri"],
        ncs_code=row["ncs_code"],
    )


def _grouped(edges: Mapping[tuple[str, str], float]) -> dict[str, Mapping[str, float]]:
    grouped: dict[str, dict[str, float]] = {}
    for start, end in sorted(edges):
        grouped.setdefault(start, {})[end] = edges[start, end]
    return {slug: MappingProxyType(ends) for slug, ends in grouped.items()}
