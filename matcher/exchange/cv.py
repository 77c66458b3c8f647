"""One person's record as every format of a CV writes it: plain values, words in two languages."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Both:
    """The same words in Korean and in English."""

    ko: str
    en: str

    def text(self, language: str) -> str:
        return self.ko if language == "ko" else self.en


@dataclass(frozen=True)
class Skill:
    """`verification` 1 to 4, of the level; `rater` who judged it. `aliases`: other names."""

    slug: str
    name: Both
    level: int
    says: Both
    """What a person can do at this level."""
    rater: str
    verification: int
    aliases: tuple[str, ...] = ()
    esco_uri: str | None = None


@dataclass(frozen=True)
class Certificate:
    """A passed exam, or a legal licence (`is_licence`: no exam, no issuer, no end)."""

    code: str
    name: Both
    issuer: str
    on: date | None
    until: date | None
    verification: int
    exam_code: str = ""
    url: str = ""
    aliases: tuple[str, ...] = ()
    is_licence: bool = False


@dataclass(frozen=True)
class Outcome:
    """A skill a course leads to, at a level."""

    name: Both
    level: int
    esco_uri: str | None = None


@dataclass(frozen=True)
class Course:
    """One finished, by the number of its credential."""

    number: str
    title: Both
    organisation: Both
    on: date
    starts_on: date
    ends_on: date
    hours: int
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class Project:
    number: int
    title: str
    idea: str
    skills: tuple[Both, ...]
    shown_on: date
    url: str
    leads: bool
    host: Both


@dataclass(frozen=True)
class Cv:
    """`certificates` hold the ended ones too; `on` is the day the record was read."""

    name: str
    email: str
    about: str
    on: date
    skills: tuple[Skill, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    courses: tuple[Course, ...] = ()
    projects: tuple[Project, ...] = ()

    @property
    def standing(self) -> tuple[Certificate, ...]:
        """Certificates that count on the day: a CV has no place to say that one has ended."""
        return tuple(each for each in self.certificates if not self.is_over(each))

    def is_over(self, each: Certificate) -> bool:
        return each.until is not None and each.until < self.on
