"""What a reason says is so: without its proof the score falls, with more proof it never does."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from matcher.ranking.context import RankingContext
from matcher.ranking.explain import Reason, headline, reasons
from matcher.ranking.features import OPENING_FEATURES, opening_matrix
from matcher.ranking.model import RankingModel, TableScorer, prior
from matcher.ranking.recommend import RankedItem, rank_openings
from matcher.ranking.requirements import Reach
from matcher.ranking.tables import AdditiveTables, Steps
from matcher.ranking.types import (
    CERTIFICATION,
    CertificationProof,
    Opening,
    Requirement,
    Seeker,
    SkillProof,
)
from tests.unit.ranking.builders import TODAY

PAIRS, RAISES = 500, 90_000
SKILLS = [f"s{number}" for number in range(40)]
EXAMS = ["CLF", "SAA", "SOA", "DVA", "DEA"]
NEAR = {one: {SKILLS[n - 1]: 0.6, SKILLS[n - 2]: 0.4} for n, one in enumerate(SKILLS)}
SIGNS = [each.direction for each in OPENING_FEATURES]


def learned(rng: np.random.Generator, slope: float = 0.2) -> TableScorer:
    """Tables as a training makes them: any shape that keeps its direction, a line beneath the
    proofs, nought at neutral."""
    steps = []
    for feature in OPENING_FEATURES:
        edges = np.sort(rng.random(rng.integers(0, 12)))
        jumps = rng.random(len(edges) + 1) * (rng.random(len(edges) + 1) < 0.5)
        signs = feature.direction or rng.choice([-1, 1], len(jumps))
        line = slope * rng.random() + 0.01 if feature.is_proof else 0.0
        values = np.cumsum(jumps * signs) * 0.3
        steps.append(Steps(edges, values, slope=feature.direction * line))
    names = tuple(each.name for each in OPENING_FEATURES)
    tables = AdditiveTables(names, 0.0, tuple(steps))
    centred = tables.centred([each.neutral for each in OPENING_FEATURES])
    return TableScorer(replace(centred, base=1.5))


def person(number: int, rng: np.random.Generator) -> Seeker:
    slugs = rng.choice(SKILLS, 10, replace=False).tolist()
    skills = {
        slug: SkillProof(slug, int(rng.integers(1, 6)), float(rng.choice([0, 1 / 3, 2 / 3, 1])))
        for slug in slugs
    }
    exams = rng.choice(EXAMS, rng.integers(0, 3), replace=False).tolist()
    passed = {
        each: CertificationProof(each, verification=int(rng.integers(1, 5))) for each in exams
    }
    return Seeker(number, skills, passed, sectors={"space": 1.0})


def opening(number: int, rng: np.random.Generator) -> Opening:
    slugs = rng.choice(SKILLS, 8, replace=False).tolist()
    wanted = [
        Requirement(f"skill:{slug}", "must" if place < 5 else "nice", int(rng.integers(1, 6)))
        for place, slug in enumerate(slugs)
    ]
    exam = Requirement(CERTIFICATION + str(rng.choice(EXAMS)), "must")
    return Opening(number, str(rng.choice(["space", "bio"])), (*wanted, exam), posted_on=TODAY)


@dataclass(frozen=True)
class Snapshot:
    """One pair, the same day and model before and after."""

    seeker: Seeker
    opening: Opening
    context: RankingContext

    @property
    def item(self) -> RankedItem:
        return rank_openings(self.seeker, [self.opening], self.context).items[0]

    def additive(self, seeker: Seeker) -> float:
        row = opening_matrix(seeker, [self.opening], self.context)
        return float(self.context.serving.opening.additive(row)[0])

    def without(self, key: str) -> Seeker:
        """Nothing left that counts toward this requirement."""
        reach = Reach.of(self.seeker, self.context.adjacency, TODAY)
        out = {source.key for source in reach.sources[key]}
        keep = {slug: it for slug, it in self.seeker.skills.items() if f"skill:{slug}" not in out}
        held = self.seeker.certifications.items()
        exams = {name: it for name, it in held if CERTIFICATION + name not in out}
        return replace(self.seeker, skills=keep, certifications=exams)


def top_proof(item: RankedItem) -> Reason | None:
    """The strongest reason for that names what it rests on."""
    named = [each for each in reasons(item, {}) if each.key is not None]
    good, _ = headline(named, positive=1)
    return good[0] if good else None


@pytest.mark.parametrize("kind", ["prior", "learned"])
def test_without_the_proof_of_its_top_reason_a_score_falls_500_of_500(kind: str) -> None:
    rng = np.random.default_rng(11)
    scorers = [prior().opening] if kind == "prior" else [learned(rng) for _ in range(20)]
    models = [RankingModel(kind, each, prior().course) for each in scorers]
    fell = tried = 0
    while tried < PAIRS:
        context = RankingContext(TODAY, NEAR, model=models[tried % len(models)])
        pair = Snapshot(person(tried, rng), opening(tried, rng), context)
        top = top_proof(pair.item)
        if top is None or top.key is None:
            continue
        tried += 1
        fell += pair.additive(pair.without(top.key)) < pair.additive(pair.seeker)
    assert (fell, tried) == (PAIRS, PAIRS)


def test_raising_a_feature_never_lowers_a_learned_score_in_90000_raises() -> None:
    rng = np.random.default_rng(12)
    movable = np.flatnonzero(SIGNS)
    lowered = raised = 0
    for _ in range(30):
        scorer = learned(rng)
        before = rng.random((RAISES // 30, len(SIGNS)))
        after, rows = before.copy(), np.arange(len(before))
        column = rng.choice(movable, len(before))
        upward = np.array(SIGNS)[column] > 0
        room = np.where(upward, 1.0 - before[rows, column], -before[rows, column])
        after[rows, column] += room * rng.random(len(before))
        change = scorer.additive(after) - scorer.additive(before)
        lowered += int((change < 0.0).sum())
        raised += len(before)
    assert (lowered, raised) == (0, RAISES)


def test_of_learned_reasons_a_met_requirement_never_takes_and_a_missing_one_never_adds() -> None:
    rng = np.random.default_rng(13)
    models = [RankingModel("learned", learned(rng), prior().course) for _ in range(10)]
    for number in range(100):
        context = RankingContext(TODAY, NEAR, model=models[number % 10])
        item = Snapshot(person(number, rng), opening(number, rng), context).item
        found = reasons(item, {})
        assert item.base + sum(each.contribution for each in found) == pytest.approx(item.score)
        lines = {line.key: line for line in item.checklist.lines}
        named = [(lines[each.key], each) for each in found if each.key is not None]
        assert named
        assert not [each for line, each in named if line.met == "met" and each.contribution < -1e-9]
        assert not [
            each for line, each in named if line.met == "missing" and each.contribution > 1e-9
        ]


def test_the_sentence_goes_by_the_pair_where_a_learned_score_likes_old_postings() -> None:
    old = Steps(np.array([0.6]), np.array([0.3, -0.3]))
    steps = [
        old if each.name == "recency" else Steps(np.empty(0), np.zeros(1))
        for each in OPENING_FEATURES
    ]
    names = tuple(each.name for each in OPENING_FEATURES)
    scorer = TableScorer(AdditiveTables(names, 2.0, tuple(steps)))
    context = RankingContext(TODAY, model=RankingModel("odd", scorer, prior().course))
    rng = np.random.default_rng(0)
    found = reasons(Snapshot(person(1, rng), opening(1, rng), context).item, {})
    said = {each.code: (each.text_en, each.contribution) for each in found}
    assert said["recency"] == ("Posted recently.", -0.3)
