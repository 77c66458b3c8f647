"""Two years between youths and openings, day by day: lists seen, applications, answers, hires."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from random import Random

from matcher.catalogue.demo.book import Book
from matcher.catalogue.demo.days import ago, office, waking
from matcher.catalogue.demo.life import Life
from matcher.catalogue.demo.rule import (
    Fit,
    appeal,
    fit,
    refusal_reason,
    says_yes,
    shown_score,
    worth,
)
from matcher.catalogue.demo.shape import (
    Application,
    ConsentGiven,
    Introduction,
    Opening,
    Requirement,
    Saved,
    Shortlisting,
    Showing,
    Step,
)
from matcher.catalogue.demo.standing import BADA, HANEUL, YOUTHS

LISTED = 10
LIVE = ("sent", "under_review", "interview", "offered")
MOST_LIVE = 3
STANDING = frozenset(range(1, len(YOUTHS) + 1))
_MESSAGE = "관심이 있어 지원해요. 기록을 보고 연락 주세요."
_ASK = "기록을 보고 연락드립니다. 편한 때에 이야기 나누고 싶습니다."


@dataclass(frozen=True, slots=True)
class Trade:
    openings: tuple[Opening, ...]
    saved: tuple[Saved, ...]
    applications: tuple[Application, ...]
    steps: tuple[Step, ...]
    introductions: tuple[Introduction, ...]
    shortlistings: tuple[Shortlisting, ...]
    showings: tuple[Showing, ...]
    consents: tuple[ConsentGiven, ...]


class Market(Book):
    """A queue of things to happen, the earliest first; nothing happens on the day of making."""

    def __init__(
        self,
        random: Random,
        today: date,
        lives: tuple[Life, ...],
        openings: tuple[Opening, ...],
        requirements: tuple[Requirement, ...],
        partner_accounts: dict[str, int],
    ) -> None:
        super().__init__(random, lives, openings, partner_accounts)
        self.today = today
        self.asks = {
            opening.number: tuple(ask for ask in requirements if ask.opening == opening.number)
            for opening in openings
        }
        self.left = {opening.number: opening.headcount for opening in openings}
        self.filled_on: dict[int, date] = {}
        self.queue: list[tuple[date, int, str, int, int]] = []
        self.planned = 0

    def run(self) -> Trade:
        self._plan_all()
        while self.queue and self.queue[0][0] < self.today:
            day, _, what, first, second = heappop(self.queue)
            getattr(self, f"_{what}")(day, first, second)
        return Trade(
            openings=tuple(self._ended(opening) for opening in self.openings),
            saved=tuple(self.saved.values()),
            applications=tuple(self.cases.values()),
            steps=tuple(self.steps),
            introductions=tuple(self.introductions.values()),
            shortlistings=tuple(self.shortlistings.values()),
            showings=tuple(self.showings),
            consents=tuple(one for given in self.consents.values() for one in given),
        )

    def _plan_all(self) -> None:
        for life in self.lives:
            known = (self.today - life.joined_on).days
            for _ in range(3 + known // 35):
                self._at(
                    life.joined_on + timedelta(self.random.randrange(known)), "visit", life.number
                )
        for opening in self.openings:
            if opening.published_at is None:
                continue
            for wait in (self.random.randint(3, 12), self.random.randint(14, 30)):
                self._at(opening.opens_on + timedelta(wait), "source", opening.number)
            self._at(opening.closes_on + timedelta(24), "close", opening.number)
        self._pin()

    def _pin(self) -> None:
        """What a tour wants to find: an invitation for one, an interview for the other."""
        forecasting = next(o for o in self.openings if o.title_ko == "발전량 예측 데이터 분석가")
        self._at(ago(self.today, 1), "ask", forecasting.number, HANEUL)
        applied = max(forecasting.opens_on, ago(self.today, 12))
        self._at(applied, "apply", forecasting.number, BADA)

    def _at(self, day: date, what: str, first: int, second: int = 0) -> None:
        self.planned += 1
        heappush(self.queue, (day, self.planned, what, first, second))

    def _soon(self, day: date, low: int, high: int) -> date:
        return day + timedelta(self.random.randint(low, high))

    def _open_on(self, day: date) -> list[Opening]:
        return [
            opening
            for opening in self.openings
            if opening.published_at is not None
            and opening.opens_on <= day <= opening.closes_on
            and opening.number not in self.filled_on
        ]

    def _fit(self, life: Life, opening: Opening, day: date) -> Fit:
        return fit(life, self.asks[opening.number], day)

    # what youths do

    def _visit(self, day: date, youth: int, _: int) -> None:
        life = self.lives[youth - 1]
        if not life.is_seeking(day):
            return
        scored = [(o, self._fit(life, o, day)) for o in self._open_on(day)]
        ranked = sorted(
            scored, key=lambda each: (-shown_score(each[1], life, each[0]), each[0].number)
        )
        shown = ranked[:LISTED]
        if not shown:
            return
        at = waking(day, self.random)
        items = [(o.number, rank, shown_score(f, life, o)) for rank, (o, f) in enumerate(shown, 1)]
        self._show(at, life.account, "listed", "opening", youth, items)
        for rank, (opening, found) in enumerate(shown, start=1):
            # Lower places are looked at less, whatever stands there.
            if self.random.random() < 1 / rank**0.5 and says_yes(
                self.random, appeal(found, life, opening)
            ):
                self._look(day, at, life, opening, found, items[rank - 1])

    def _look(
        self,
        day: date,
        at: datetime,
        life: Life,
        opening: Opening,
        found: Fit,
        item: tuple[int, int, float],
    ) -> None:
        moment = at + timedelta(minutes=item[1])
        self._show(moment, life.account, "opened", "opening", life.number, [item])
        value = appeal(found, life, opening)
        if says_yes(self.random, value - 0.8):
            saved = Saved(life.number, "opening", opening.number, moment)
            self.saved.setdefault((life.number, opening.number), saved)
        if life.number not in STANDING and says_yes(self.random, value - 1.2):
            self._at(self._soon(day, 0, 3), "apply", opening.number, life.number)

    def _apply(self, day: date, opening_number: int, youth: int) -> None:
        life, opening = self.lives[youth - 1], self.openings[opening_number - 1]
        live = [case for case in self._cases_of(youth) if case.state in LIVE]
        is_open = opening in self._open_on(day)
        if (opening_number, youth) in self.cases or len(live) >= MOST_LIVE or not is_open:
            return
        if not life.is_seeking(day):
            return
        at = waking(day, self.random)
        case = Application(
            len(self.cases) + 1, opening_number, youth, "sent", _MESSAGE, None, False, 1, at, at
        )
        self.cases[opening_number, youth] = case
        self.steps.append(Step(case.number, "", "sent", life.account, "youth", "", at))
        self._consent(opening, youth, at)
        self._at(self._soon(day, 2, 6), "review", opening_number, youth)
        if self.random.random() < 0.04:
            self._at(self._soon(day, 3, 15), "withdraw", opening_number, youth)

    def _withdraw(self, day: date, opening: int, youth: int) -> None:
        if self.cases[opening, youth].state in LIVE:
            self._move(day, opening, youth, "withdrawn", by_youth=True)

    def _answer_offer(self, day: date, opening_number: int, youth: int) -> None:
        life, opening = self.lives[youth - 1], self.openings[opening_number - 1]
        if self.cases[opening_number, youth].state != "offered" or self.left[opening_number] < 1:
            return
        if opening.state == "published" and self.left[opening_number] == 1:
            return  # Openings a tour looks at stay open.
        if not says_yes(self.random, appeal(self._fit(life, opening, day), life, opening) + 1.5):
            self._move(day, opening_number, youth, "withdrawn", by_youth=True)
            return
        self._move(day, opening_number, youth, "accepted", by_youth=True)
        self._start(opening_number, youth)
        life.hired_on = day
        for other in self._cases_of(youth):
            if other.state in LIVE:
                self._move(day, other.opening, youth, "hired_elsewhere", by_youth=True)
        self.left[opening_number] -= 1
        if self.left[opening_number] == 0:
            self.filled_on[opening_number] = day
            self._at(day + timedelta(1), "clear", opening_number)

    def _answer_introduction(self, day: date, opening_number: int, youth: int) -> None:
        life, opening = self.lives[youth - 1], self.openings[opening_number - 1]
        asked = self.introductions[opening_number, youth]
        if self.random.random() < 0.1 or not life.is_seeking(day):
            state, at = "lapsed", office(asked.answer_by + timedelta(1), self.random)
            if asked.answer_by + timedelta(1) >= self.today:
                return
        else:
            wants = says_yes(
                self.random, appeal(self._fit(life, opening, day), life, opening) + 0.5
            )
            state, at = "accepted" if wants else "refused", waking(day, self.random)
        self.introductions[opening_number, youth] = replace(
            asked, state=state, version=2, updated_at=at
        )
        if state == "accepted":
            self._consent(opening, youth, at)
            if self.random.random() < 0.5 and life.number not in STANDING:
                self._at(self._soon(day, 1, 4), "apply", opening_number, youth)

    # what partners do

    def _review(self, day: date, opening: int, youth: int) -> None:
        if self.cases[opening, youth].state == "sent":
            self._move(day, opening, youth, "under_review")
            self._at(self._soon(day, 1, 6), "decide", opening, youth)

    def _decide(self, day: date, opening_number: int, youth: int) -> None:
        if self.cases[opening_number, youth].state != "under_review":
            return
        life, opening = self.lives[youth - 1], self.openings[opening_number - 1]
        found = self._fit(life, opening, day)
        is_able = found.has_licences and not found.is_excluded
        if youth == BADA or (is_able and says_yes(self.random, worth(found, life, day))):
            self._move(day, opening_number, youth, "interview")
            self._at(self._soon(day, 4, 12), "meet", opening_number, youth)
        else:
            reason = refusal_reason(self.random, found, life, opening)
            self._move(day, opening_number, youth, "refused", reason)

    def _meet(self, day: date, opening_number: int, youth: int) -> None:
        if self.cases[opening_number, youth].state != "interview" or youth in STANDING:
            return
        life, opening = self.lives[youth - 1], self.openings[opening_number - 1]
        found = self._fit(life, opening, day)
        if self.random.random() < 0.06:
            self._move(day, opening_number, youth, "refused", "missed_interview")
        elif says_yes(self.random, worth(found, life, day) + 0.2):
            self._move(day, opening_number, youth, "offered")
            self._at(self._soon(day, 2, 6), "answer_offer", opening_number, youth)
        else:
            reason = refusal_reason(self.random, found, life, opening)
            self._move(day, opening_number, youth, "refused", reason)

    def _source(self, day: date, opening_number: int, _: int) -> None:
        """A partner looks through the pool: masked people who agreed to be seen by its sector."""
        opening = self.openings[opening_number - 1]
        if opening not in self._open_on(day):
            return
        pool = [life for life in self.lives if self._is_visible(life, opening, day)]
        scored = [(life, self._fit(life, opening, day)) for life in pool]
        scored = [each for each in scored if each[1].has_licences and not each[1].is_excluded]
        scored.sort(key=lambda each: (-shown_score(each[1], each[0], opening), each[0].number))
        at, account = office(day, self.random), self.partner_accounts[opening.organisation]
        items = [
            (life.number, rank, shown_score(found, life, opening))
            for rank, (life, found) in enumerate(scored[:LISTED], start=1)
        ]
        if items:
            self._show(at, account, "listed", "candidate", opening_number, items)
        for (life, found), item in zip(scored, items, strict=False):
            self._judge(day, at + timedelta(minutes=2 * item[1]), opening, life, found, item)

    def _is_visible(self, life: Life, opening: Opening, day: date) -> bool:
        is_in_pool = life.pool_from is not None and life.pool_from < day
        return is_in_pool and opening.sector in life.pool_sectors and life.is_seeking(day)

    def _judge(
        self,
        day: date,
        at: datetime,
        opening: Opening,
        life: Life,
        found: Fit,
        item: tuple[int, int, float],
    ) -> None:
        key, account = (opening.number, life.number), self.partner_accounts[opening.organisation]
        if key in self.shortlistings or self.random.random() > 1 / item[1] ** 0.3:
            return
        self._show(at, account, "opened", "candidate", opening.number, [item])
        if says_yes(self.random, worth(found, life, day)):
            self.shortlistings[key] = Shortlisting(*key, "shortlisted", None, account, at)
            if self.random.random() < 0.45 and life.number != HANEUL:
                self._at(self._soon(day, 1, 4), "ask", *key)
        elif self.random.random() < 0.4:
            reason = refusal_reason(self.random, found, life, opening)
            self.shortlistings[key] = Shortlisting(*key, "set_aside", reason, account, at)

    def _ask(self, day: date, opening_number: int, youth: int) -> None:
        key, opening = (opening_number, youth), self.openings[opening_number - 1]
        if key in self.cases or key in self.introductions:
            return
        at = office(day, self.random)
        account = self.partner_accounts[opening.organisation]
        self.introductions[key] = Introduction(
            *key, "requested", _ASK, account, day + timedelta(7), 1, at, at
        )
        if youth != HANEUL:
            self._at(self._soon(day, 1, 6), "answer_introduction", *key)

    def _clear(self, day: date, opening: int, _: int) -> None:
        """The place is taken: everybody still waiting is told."""
        for case in [each for each in self.cases.values() if each.opening == opening]:
            if case.state in LIVE:
                self._move(day, opening, case.youth, "refused", "position_filled")

    def _close(self, day: date, opening: int, _: int) -> None:
        for case in [each for each in self.cases.values() if each.opening == opening]:
            if case.state in LIVE:
                self._move(day, opening, case.youth, "closed")

    def _ended(self, opening: Opening) -> Opening:
        day = self.filled_on.get(opening.number)
        if day is not None:
            return replace(opening, state="filled", updated_at=office(day, self.random))
        return opening
