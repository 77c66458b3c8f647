"""Does a file hold what it claims? Every rule it breaks by name, and what cannot be told."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from time import monotonic

from matcher.planning.assignment.checking import Broken, Rule, blocking_pairs, broken_rules
from matcher.planning.assignment.coding import Coded, code
from matcher.planning.assignment.deferred import deferred_acceptance
from matcher.planning.assignment.figures import Figures, figures
from matcher.planning.assignment.file import Document
from matcher.planning.assignment.fit import max_fit, total_fit
from matcher.planning.assignment.problem import Method, Placed
from matcher.planning.assignment.reducing import reduced
from matcher.planning.assignment.seed import commitment, is_strong
from matcher.planning.assignment.stability_program import Goal, solve
from matcher.planning.assignment.weak import has_ties

TOLERANCE = 1e-6
"""A person: how far below the optimum a sum of fit may be; fit counts to six decimals."""


class Claim(StrEnum):
    """Broken rules beside those of `checking.Rule`."""

    FORMAT = "format"
    BLOCKING_PAIR = "blocking_pair"
    NOT_THE_RESULT = "not_the_result"
    """Deferred acceptance with this seed places the person elsewhere."""
    NOT_THE_OPTIMUM = "not_the_optimum"
    SEED_MISSING = "seed_missing"
    SEED_TOO_SHORT = "seed_too_short"
    COMMITMENT_MISSING = "commitment_missing"
    COMMITMENT = "commitment"
    """The commitment is not the hash of the seed."""


class Note(StrEnum):
    """Said beside the verdict; none of them makes it fail."""

    MINIMUM_BEYOND_STABILITY = "minimum_beyond_stability"
    MINIMUM_BEYOND_REACH = "minimum_beyond_reach"
    """No assignment at all meets it together with as many others (largest sum)."""
    MINIMUM_UNDECIDED = "minimum_undecided"
    OPTIMUM_UNDECIDED = "optimum_undecided"
    NO_SEED = "no_seed"
    NO_MOMENT = "no_moment"
    FIXED_OUTSIDE = "fixed_outside"
    """So many confirmed pairs stand outside the claim."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What applies of: the two ids, a place in the file, a count beside its limit, and for sums
    what was found beside what was expected."""

    rule: str
    person: str = ""
    opening: str = ""
    where: str = ""
    count: float = 0
    limit: float = 0
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`figures` is None when the file has not the shape to count anything."""

    method: Method
    broken: tuple[Finding, ...]
    notes: tuple[Finding, ...] = ()
    figures: Figures | None = None

    @property
    def holds(self) -> bool:
        return not self.broken


def verify(document: Document, seconds: float = 10.0) -> Verdict:
    """`seconds` bounds the two questions that need a search; what stays open is a note."""
    if document.faults:
        faults = tuple(
            Finding(Claim.FORMAT, where=each.path, expected=each.code) for each in document.faults
        )
        return Verdict(document.method, faults)
    check = _Check(document, monotonic() + seconds)
    check.run()
    placed = Placed(document.method, document.assignment)
    return Verdict(
        document.method, tuple(check.broken), tuple(check.notes), figures(document.problem, placed)
    )


class _Check:
    def __init__(self, document: Document, until: float) -> None:
        self.document = document
        self.problem, self.assignment = document.problem, document.assignment
        self.until = until
        self.broken: list[Finding] = []
        self.notes: list[Finding] = []
        self.coded = code(self.problem)
        rules = broken_rules(self.problem, self.assignment)
        self.short = tuple(each for each in rules if each.rule == Rule.MINIMUM)
        self.broken += [_finding(each) for each in rules if each.rule != Rule.MINIMUM]
        self.broken += [Finding(Rule.DOUBLED_ID, where=each) for each in document.doubled]

    def run(self) -> None:
        self.seed()
        match self.document.method:
            case Method.DEFERRED_ACCEPTANCE:
                self.stability()
                self.rerun()
            case Method.WEAKLY_STABLE:
                self.stability()
                self.minimums_of_the_stable()
            case Method.MAX_FIT:
                self.optimum()

    def seed(self) -> None:
        seed, promised = self.document.seed, self.document.commitment
        if seed is None:
            is_needed = self.document.method == Method.DEFERRED_ACCEPTANCE and has_ties(self.coded)
            if is_needed:
                self.broken.append(Finding(Claim.SEED_MISSING))
            else:
                self.notes.append(Finding(Note.NO_SEED))
            return
        if not is_strong(seed):
            self.broken.append(Finding(Claim.SEED_TOO_SHORT))
        if promised is None:
            self.broken.append(Finding(Claim.COMMITMENT_MISSING))
        elif promised.lower() != commitment(seed):
            self.broken.append(Finding(Claim.COMMITMENT, expected=commitment(seed)))
        if self.document.committed_at is None:
            self.notes.append(Finding(Note.NO_MOMENT))

    def stability(self) -> None:
        for person, opening in blocking_pairs(self.problem, self.assignment):
            self.broken.append(Finding(Claim.BLOCKING_PAIR, person, opening))
        if self.problem.fixed:
            self.notes.append(Finding(Note.FIXED_OUTSIDE, count=len(self.problem.fixed)))

    def rerun(self) -> None:
        """The result under the drawn order is one; so is what it can do for a minimum."""
        if self.document.seed is None and has_ties(self.coded):
            self.minimums_of_the_stable()
            return
        result = deferred_acceptance(self.problem, self.document.seed or "")
        self.broken += list(_differences(self.assignment, result.assignment))
        self.minimums(beyond=set(result.unmet), note=Note.MINIMUM_BEYOND_STABILITY)

    def minimums(self, beyond: set[str], note: Note) -> None:
        for each in self.short:
            if each.opening in beyond:
                self.notes.append(replace(_finding(each), rule=note))
            else:
                self.broken.append(_finding(each))

    def minimums_of_the_stable(self) -> None:
        """Is there a weakly stable assignment with this minimum and all that are met? Without ties
        every stable assignment gives an opening below its capacity the same people."""
        if not has_ties(self.coded):
            result = deferred_acceptance(self.problem)
            self.minimums(set(result.unmet), Note.MINIMUM_BEYOND_STABILITY)
            return
        left = reduced(self.coded)
        for number, each in enumerate(self.short):
            remaining = (self.until - monotonic()) / (len(self.short) - number)
            self.one_minimum(left, each, remaining)

    def one_minimum(self, left: Coded, short: Broken, seconds: float) -> None:
        numbers = {each: number for number, each in enumerate(left.openings)}
        lacking = {each.opening for each in self.short}
        met = [numbers[each] for each in left.openings if each not in lacking]
        forced = [each for each in (*met, numbers[short.opening]) if left.needs[each] > 0]
        if any(left.needs[each] > left.seats[each] for each in forced):
            self.notes.append(replace(_finding(short), rule=Note.MINIMUM_BEYOND_STABILITY))
            return
        found = solve(left, Goal(0.0, 0.0, 0.0, tuple(forced)), seconds)
        if found.places is not None and self.is_proof(left, found.places, forced):
            self.broken.append(_finding(short))
        elif found.is_proved and found.places is None:
            self.notes.append(replace(_finding(short), rule=Note.MINIMUM_BEYOND_STABILITY))
        else:
            self.notes.append(replace(_finding(short), rule=Note.MINIMUM_UNDECIDED))

    def is_proof(self, left: Coded, places: Sequence[int], forced: Sequence[int]) -> bool:
        """What the solver says, checked without it."""
        got = Counter(places)
        assignment = left.named(places, self.problem.fixed)
        is_met = all(got[each] >= left.needs[each] for each in forced)
        return is_met and not blocking_pairs(self.problem, assignment)

    def optimum(self) -> None:
        best = max_fit(self.problem, max(self.until - monotonic(), 1.0))
        self.quotas_of_the_largest(best)
        mine = total_fit(self.problem, self.assignment)
        largest = total_fit(self.problem, best.assignment)
        if mine < largest - TOLERANCE * max(1, len(self.problem.people)):
            self.broken.append(Finding(Claim.NOT_THE_OPTIMUM, count=mine, limit=largest))
        if not best.is_proved:
            self.notes.append(Finding(Note.OPTIMUM_UNDECIDED, count=mine, limit=best.bound or 0))

    def quotas_of_the_largest(self, best: Placed) -> None:
        """As few below their minimum as can be, and these with nobody but confirmed pairs."""
        confirmed = Counter(self.problem.fixed.values())
        few_enough = len(self.short) <= len(best.unmet)
        idle = {each.opening for each in self.short if each.count <= confirmed[each.opening]}
        self.minimums(idle if few_enough else set(), Note.MINIMUM_BEYOND_REACH)


def _differences(found: Mapping[str, str], expected: Mapping[str, str]) -> Iterator[Finding]:
    for person in sorted(found.keys() | expected.keys()):
        mine, right = found.get(person, ""), expected.get(person, "")
        if mine != right:
            yield Finding(Claim.NOT_THE_RESULT, person, mine, expected=right)


def _finding(broken: Broken) -> Finding:
    return Finding(
        broken.rule, broken.person, broken.opening, broken.where, broken.count, broken.limit
    )
