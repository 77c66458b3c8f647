"""Demo data from one seed: the same seed and day give the same data, to the last minute."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from matcher.catalogue.demo import progress
from matcher.catalogue.demo.browsing import browse
from matcher.catalogue.demo.days import ago, waking
from matcher.catalogue.demo.exams import write_attempts
from matcher.catalogue.demo.files import partners
from matcher.catalogue.demo.learning import make_learning
from matcher.catalogue.demo.life import Life
from matcher.catalogue.demo.market import Market, Trade
from matcher.catalogue.demo.openings import make_openings
from matcher.catalogue.demo.shape import DemoData, Person, Saved, Youth
from matcher.catalogue.demo.standing import HANEUL, PARTNERS_SIGNING_IN, STAFF, partner_address
from matcher.catalogue.demo.youths import COUNT as YOUTHS
from matcher.catalogue.demo.youths import make_youths

SEED = 20_261_121


def generate(today: date, seed: int = SEED) -> DemoData:
    """The whole of it; every day in it hangs on `today`, nothing past happens on or after it."""

    def randomness(part: str) -> Random:
        # One stream a part, so that a change in one leaves the others as they were.
        return Random(f"{seed}:{part}")

    staff = _staff(today, randomness("staff"))
    coordinators = _accounts(staff, "coordinator")
    crowd = make_youths(randomness("youths"), today, coordinators)
    learning = make_learning(randomness("learning"), today, crowd.lives, coordinators)
    write_attempts(randomness("exams"), today, crowd.lives, coordinators)
    openings, requirements = make_openings(randomness("openings"), today)
    market = Market(
        randomness("market"),
        today,
        crowd.lives,
        openings,
        requirements,
        _accounts(staff, "partner"),
    )
    trade = market.run()
    browsed = browse(randomness("browsing"), today, crowd.lives, crowd.youths, learning)
    extra, extra_asked = progress.voucher_opening(trade.openings, today)
    return DemoData(
        partners=partners(),
        people=(*crowd.people, *staff),
        youths=tuple(map(_now, crowd.youths, crowd.lives)),
        wishes=crowd.wishes,
        skills=tuple(rating for life in crowd.lives for rating in life.current_ratings()),
        attempts=tuple(attempt for life in crowd.lives for attempt in life.attempts),
        licences=crowd.licences,
        consents=(*crowd.consents, *trade.consents),
        notices=crowd.notices,
        courses=learning.courses,
        course_skills=learning.course_skills,
        sessions=learning.sessions,
        enrolments=learning.enrolments,
        openings=(*trade.openings, extra),
        requirements=(*requirements, *extra_asked),
        saved=(*trade.saved, *browsed.saved, *_kept_by_the_standing_youth(today, trade)),
        applications=trade.applications,
        steps=trade.steps,
        introductions=trade.introductions,
        shortlistings=trade.shortlistings,
        showings=tuple(sorted((*trade.showings, *browsed.showings), key=lambda each: each.at)),
        studied=progress.studied(today, randomness("study")),
        practised=progress.practised(today, randomness("practice")),
        vouchers=progress.vouchers(today, randomness("vouchers"), coordinators),
    )


def _staff(today: date, random: Random) -> tuple[Person, ...]:
    rows = [(each.email, each.name, each.role, each.organisation, True) for each in STAFF]
    rows += [
        (
            partner_address(partner.slug),
            f"{partner.name_ko} 담당자",
            "partner",
            partner.slug,
            partner.slug in PARTNERS_SIGNING_IN,
        )
        for partner in partners()
    ]
    at = waking(ago(today, 735), random)
    return tuple(
        Person(number, email, name, role, organisation, at + timedelta(minutes=number), is_standing)
        for number, (email, name, role, organisation, is_standing) in enumerate(rows, YOUTHS + 1)
    )


def _accounts(staff: tuple[Person, ...], role: str) -> dict[str, int]:
    """Organisation slug -> account number."""
    return {
        person.organisation: person.number
        for person in staff
        if person.role == role and person.organisation
    }


def _now(youth: Youth, life: Life) -> Youth:
    return youth if life.hired_on is None else replace(youth, status="working")


def _kept_by_the_standing_youth(today: date, trade: Trade) -> list[Saved]:
    """The first standing opening, unless it is among the saved ones already."""
    kept = {(each.youth, each.item) for each in trade.saved}
    wanted = next(o for o in trade.openings if o.title_ko == "우주 데이터 클라우드 엔지니어")
    at = waking(ago(today, 5), Random(wanted.number))
    is_kept = (HANEUL, wanted.number) in kept
    return [] if is_kept else [Saved(HANEUL, "opening", wanted.number, at)]
