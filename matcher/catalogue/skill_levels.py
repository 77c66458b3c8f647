"""The five written level texts of a skill: one sentence a level, by skill family.

Templates hold `{name}` and, in Korean, `{name:을}` where a particle follows; the particle is
picked by how the name is read aloud.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from matcher.catalogue.origin import Row, read
from matcher.korean import with_particle

LEVELS: Final = (1, 2, 3, 4, 5)
_PAIRS: Final = {"을": "을/를", "은": "은/는", "이": "이/가", "로": "으로/로", "과": "과/와"}

Five = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class LevelTemplates:
    """Templates by family, and whole sentences by (skill slug, level) that stand in their place."""

    korean: Mapping[str, Five]
    english: Mapping[str, Five]
    own_korean: Mapping[tuple[str, int], str]
    own_english: Mapping[tuple[str, int], str]

    def texts_ko(self, slug: str, family: str, name: str, spoken: str) -> Five:
        """`spoken` is the name as read aloud (깃 for Git); it only decides the particles."""
        filled = [fill_korean(template, name, spoken) for template in self.korean[family]]
        return _five([self.own_korean.get((slug, n + 1), text) for n, text in enumerate(filled)])

    def texts_en(self, slug: str, family: str, name: str) -> Five:
        filled = [template.replace("{name}", name) for template in self.english[family]]
        return _five([self.own_english.get((slug, n + 1), text) for n, text in enumerate(filled)])


def load_templates() -> LevelTemplates:
    data = read("skill_levels.json")
    families: list[Row] = data["families"]
    overrides: list[Row] = data["overrides"]
    return LevelTemplates(
        korean={row["family"]: _five(row["ko"]) for row in families},
        english={row["family"]: _five(row["en"]) for row in families},
        own_korean={(row["skill"], row["level"]): row["ko"] for row in overrides},
        own_english={(row["skill"], row["level"]): row["en"] for row in overrides},
    )


def fill_korean(template: str, name: str, spoken: str) -> str:
    """The sentence with the name in, each marker turned into the right particle."""
    for mark, pair in _PAIRS.items():
        marker = "{name:" + mark + "}"
        if marker in template:
            particle = with_particle(spoken, pair)[len(spoken) :]
            template = template.replace(marker, name + particle)
    return template.replace("{name}", name)


def _five(texts: list[str]) -> Five:
    one, two, three, four, five = texts
    return one, two, three, four, five
