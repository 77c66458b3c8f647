"""One made-up person while their history is being written."""

from bisect import bisect_right, insort
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from matcher.catalogue.demo.shape import Attempt, SkillRating

VOICE = {"test": 0, "coordinator": 1, "partner": 2, "self": 3}
"""Whose word counts first when several rated the same skill."""


@dataclass(slots=True)
class Life:
    """`talent` and `diligence` are hidden, about -2 to 2: they move exam results and completions,
    and nothing else; decisions about people look at records only."""

    number: int
    account: int
    joined_on: date
    role: str
    sectors: tuple[str, ...]
    regions: tuple[str, ...]
    employment: tuple[str, ...]
    organisation: str | None
    is_working: bool
    talent: float
    diligence: float
    pool_from: date | None = None
    pool_sectors: tuple[str, ...] = ()
    hired_on: date | None = None
    ratings: dict[tuple[str, str], list[SkillRating]] = field(default_factory=dict)
    """(skill, rater) -> ratings, the oldest first."""
    attempts: list[Attempt] = field(default_factory=list)
    licences: dict[str, date] = field(default_factory=dict)
    completed: dict[int, date] = field(default_factory=dict)
    """Course number -> last day."""

    def rate(self, rating: SkillRating) -> None:
        given = self.ratings.setdefault((rating.skill, rating.rater), [])
        insort(given, rating, key=lambda each: each.rated_on)
        for index, (before, after) in enumerate(pairwise(given), start=1):
            if after.level < before.level:
                # The same voice does not take a level back.
                given[index] = replace(after, level=before.level)

    def rating_on(self, skill: str, day: date) -> SkillRating | None:
        """The rating of that day that counts: the strongest voice, then its newest word."""
        for rater in VOICE:
            given = self.ratings.get((skill, rater))
            if given and (index := bisect_right(given, day, key=lambda each: each.rated_on)):
                return given[index - 1]
        return None

    def level_on(self, skill: str, day: date) -> int:
        rating = self.rating_on(skill, day)
        return 0 if rating is None else rating.level

    def holds(self, certification: str, day: date) -> bool:
        return any(
            attempt.certification == certification
            and attempt.state == "passed"
            and attempt.exam_on is not None
            and attempt.expires_on is not None
            and attempt.exam_on <= day <= attempt.expires_on
            for attempt in self.attempts
        )

    def is_seeking(self, day: date) -> bool:
        return self.joined_on <= day and (self.hired_on is None or day < self.hired_on)

    def current_ratings(self) -> list[SkillRating]:
        """The newest word of every rater, by skill and rater."""
        return [self.ratings[key][-1] for key in sorted(self.ratings)]
