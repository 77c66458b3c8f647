"""Which exam version one person may sit, on which days, in which language, and why not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from matcher.planning.certification_rules import PastAttempt, RuleRefusal, longest_wait
from matcher.planning.exam_facts import Offer, Phase, ProgrammeFacts, Version

ANY_LANGUAGE = ""


@dataclass(frozen=True, slots=True)
class Window:
    """One exam version this person may sit, in one language, on every day from `opens_on` (never
    before the day asked about) to `closes_on` (None = no end known)."""

    certification: str
    exam_code: str
    language: str
    opens_on: date
    closes_on: date | None
    price_usd: int | None
    is_beta: bool
    has_proctor: bool = True
    """Online, somebody watches who speaks the language; at a test centre it does not matter."""

    def covers(self, day: date) -> bool:
        return self.opens_on <= day and (self.closes_on is None or day <= self.closes_on)


@dataclass(frozen=True, slots=True)
class Candidate:
    """`languages` in order of liking; empty asks for any, versions of unknown languages too."""

    history: tuple[PastAttempt, ...] = ()
    languages: tuple[str, ...] = ("ko", "en")
    is_minor: bool = False
    has_guardian_consent: bool = False
    is_online: bool = False


@dataclass(frozen=True, slots=True)
class Windows:
    """`open` best first: languages by liking, standard exams before betas, then the earlier day.
    `refusals` also where something is open: why it is not more. `notices` bind without refusing."""

    open: tuple[Window, ...]
    refusals: tuple[RuleRefusal, ...]
    notices: tuple[RuleRefusal, ...] = ()

    def on(self, day: date, exam_code: str = "") -> Window | None:
        """The one to sit that day, of all versions or of one: a standard exam before a beta, then
        the newest version, in the language liked best."""
        found = [w for w in self.open if w.covers(day) and exam_code in ("", w.exam_code)]
        return max(found, key=lambda w: (not w.is_beta, w.exam_code), default=None)


def windows(
    facts: ProgrammeFacts, certification: str, candidate: Candidate, today: date
) -> Windows:
    """All of the history counts as earlier, whatever its day. KeyError: unknown certification.

    Refusal codes: exam_ended, start_unknown, language_missing, language_ended, beta_once,
    retake_wait, repeat_block, guardian_consent; of notices: no_proctor. `until` of start_unknown is
    a day one source names and AWS does not confirm.
    """
    if candidate.is_minor and not candidate.has_guardian_consent:
        refusal = RuleRefusal("guardian_consent", facts.rules.sources["guardian_consent"])
        return Windows((), (refusal,))
    known = facts.certifications[certification].versions
    current = [version for version in known if not _is_over(version, today)]
    if not current:
        return Windows((), (_ended(known),))
    found = list(_each(facts, certification, current, candidate, today))
    open_ones = sorted((w for w in found if isinstance(w, Window)), key=_order(candidate))
    refusals = tuple(dict.fromkeys(r for r in found if isinstance(r, RuleRefusal)))
    return Windows(tuple(open_ones), refusals, _notices(facts, candidate, open_ones))


def sitting_on(
    facts: ProgrammeFacts, certification: str, candidate: Candidate, day: date, exam_code: str = ""
) -> tuple[Window | None, tuple[RuleRefusal, ...]]:
    """What can be sat that very day in one of the languages, with the notices that bind it; or
    None with every reason why not. Attempts after that day do not count."""
    earlier = tuple(each for each in candidate.history if each.sat_on <= day)
    found = windows(facts, certification, replace(candidate, history=earlier), day)
    window = found.on(day, exam_code)
    if window is not None:
        return window, found.notices
    waiting = {(each.exam_code, each.language) for each in found.refusals}
    later = (
        _not_yet(facts, each)
        for each in found.open
        if (each.exam_code, each.language) not in waiting
    )
    return None, (*found.refusals, *later)


def _each(
    facts: ProgrammeFacts,
    certification: str,
    versions: list[Version],
    candidate: Candidate,
    today: date,
) -> Iterator[Window | RuleRefusal]:
    for version in versions:
        for phase in version.phases:
            if phase.opens_on is None:
                yield RuleRefusal("start_unknown", phase.source, phase.announced, version.code)
            elif phase.closes_on is None or phase.closes_on >= today:
                for language in candidate.languages or (ANY_LANGUAGE,):
                    asked = _Asked(certification, version, phase, language)
                    yield from _windows(facts, asked, candidate, max(today, phase.opens_on))


@dataclass(frozen=True, slots=True)
class _Asked:
    certification: str
    version: Version
    phase: Phase
    language: str


def _windows(
    facts: ProgrammeFacts, asked: _Asked, candidate: Candidate, begin: date
) -> Iterator[Window | RuleRefusal]:
    """The window and the wait that shortens it, or the reason why there is none."""
    version, phase, language = asked.version, asked.phase, asked.language
    closes_on = _last_day(version, phase, language, begin)
    if isinstance(closes_on, RuleRefusal):
        yield closes_on
        return
    tried = [each for each in candidate.history if each.exam_code == version.code]
    if phase.is_beta and tried:
        yield RuleRefusal("beta_once", facts.rules.sources["beta_once"], None, version.code)
        return
    wait = longest_wait(tried, facts.rules)
    if wait is not None and wait.opens_on > begin:
        source = facts.rules.sources[wait.code]
        yield RuleRefusal(wait.code, source, wait.opens_on, version.code, language, closes_on)
        begin = wait.opens_on
    if closes_on is None or begin <= closes_on:
        yield Window(
            certification=asked.certification,
            exam_code=version.code,
            language=language,
            opens_on=begin,
            closes_on=closes_on,
            price_usd=phase.price_usd,
            is_beta=phase.is_beta,
            has_proctor=facts.has_proctor(language),
        )


def _last_day(
    version: Version, phase: Phase, language: str, begin: date
) -> date | RuleRefusal | None:
    """Last day of the language in the phase; None while neither end is known."""
    if language == ANY_LANGUAGE and not version.offers:
        return phase.closes_on
    is_any = language == ANY_LANGUAGE
    offers = [o for o in version.offers if o.is_in(phase) and (is_any or o.speaks(language))]
    if not offers:
        return RuleRefusal(
            "language_missing", version.source, exam_code=version.code, language=language
        )
    offer = max(offers, key=_lasts)
    if offer.last_day is not None and offer.last_day < begin:
        return RuleRefusal(
            "language_ended", offer.source, None, version.code, language, offer.last_day
        )
    ends = [end for end in (offer.last_day, phase.closes_on) if end is not None]
    return min(ends, default=None)


def _lasts(offer: Offer) -> date:
    return offer.last_day or date.max


def _is_over(version: Version, today: date) -> bool:
    ends = [phase.closes_on for phase in version.phases]
    return all(end is not None and end < today for end in ends)


def _ended(versions: tuple[Version, ...]) -> RuleRefusal:
    """Of the version that ended last."""
    last = max(versions, key=lambda version: version.phases[-1].closes_on or date.min)
    phase = last.phases[-1]
    return RuleRefusal("exam_ended", phase.source, None, last.code, last_day=phase.closes_on)


def _not_yet(facts: ProgrammeFacts, window: Window) -> RuleRefusal:
    source = next(
        version.source
        for version in facts.certifications[window.certification].versions
        if version.code == window.exam_code
    )
    return RuleRefusal("not_yet", source, window.opens_on, window.exam_code, window.language)


def _order(candidate: Candidate) -> Callable[[Window], tuple[int, bool, date, str]]:
    liking = {language: place for place, language in enumerate(candidate.languages)}
    return lambda w: (liking.get(w.language, 0), w.is_beta, w.opens_on, w.exam_code)


def _notices(
    facts: ProgrammeFacts, candidate: Candidate, found: list[Window]
) -> tuple[RuleRefusal, ...]:
    if not candidate.is_online:
        return ()
    alone = dict.fromkeys(w.language for w in found if w.language and not w.has_proctor)
    return tuple(RuleRefusal("no_proctor", facts.proctor_source, language=each) for each in alone)
