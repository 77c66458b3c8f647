"""What would change if: the same scorer on the person as they would then be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.ranking.context import RankingContext
from matcher.ranking.gaps import finished
from matcher.ranking.prepared import PreparedOpenings, openings_of
from matcher.ranking.recommend import Place, opening_places
from matcher.ranking.types import CertificationProof, Course, Opening, Seeker, SkillProof


@dataclass(frozen=True, slots=True)
class Plan:
    """Things to try together: certificates passed, skills raised, courses finished.

    Courses are finished in the given order; `course_verified` is how well a finished course
    proves its skills (0..1).
    """

    certifications: tuple[CertificationProof, ...] = ()
    skills: tuple[SkillProof, ...] = ()
    courses: tuple[Course, ...] = ()
    course_verified: float = 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """One opening before and after. None = the hard rules keep it out; places are of `of`."""

    id: int
    score_before: float | None
    score_after: float | None
    rank_before: int | None
    rank_after: int | None
    of_before: int
    of: int

    @property
    def gain(self) -> float:
        return (self.score_after or 0.0) - (self.score_before or 0.0)


def apply(seeker: Seeker, plan: Plan) -> Seeker:
    """The person afterwards. Nothing held is lowered, so a plan never takes proof away."""
    skills = dict(seeker.skills)
    for course in plan.courses:
        now = replace(seeker, skills=skills)
        skills |= finished(now, course, plan.course_verified)
    for each in plan.skills:
        skills[each.slug] = _better(skills.get(each.slug), each)
    certifications = dict(seeker.certifications)
    for proof in plan.certifications:
        held = certifications.get(proof.id)
        certifications[proof.id] = proof if held is None else _renewed(held, proof)
    return replace(seeker, skills=skills, certifications=certifications)


def what_if(
    seeker: Seeker,
    plan: Plan,
    openings: Sequence[Opening] | PreparedOpenings,
    context: RankingContext,
) -> tuple[Change, ...]:
    """Every opening that is ranked before or after, best place afterwards first.

    Openings whose score stays the same are in it too: that is also an answer.
    """
    many = openings_of(openings, context)
    before = opening_places(seeker, many, context)
    after = opening_places(apply(seeker, plan), many, context)
    none = Place(None, None)
    changes = []
    for opening in before.keys() | after.keys():
        old, new = before.get(opening, none), after.get(opening, none)
        pair = (old.score, new.score, old.rank, new.rank)
        changes.append(Change(opening, *pair, len(before), len(after)))
    last = len(changes) + 1
    return tuple(sorted(changes, key=lambda each: (each.rank_after or last, each.id)))


def _better(held: SkillProof | None, new: SkillProof) -> SkillProof:
    if held is None:
        return new
    return SkillProof(new.slug, max(held.level, new.level), max(held.verified, new.verified))


def _renewed(held: CertificationProof, new: CertificationProof) -> CertificationProof:
    if held.active and not new.active:
        return held
    ends = [held.expires_on, new.expires_on] if held.active == new.active else [new.expires_on]
    expires = None if None in ends else max(each for each in ends if each is not None)
    verification = max(held.verification, new.verification)
    return CertificationProof(new.id, new.active, expires, verification)
