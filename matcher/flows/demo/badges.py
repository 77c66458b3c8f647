"""A badge in every state there is, with reasons that checks and desks gave: the first young people
of the tour have their own, and every university's desk finds some to look at."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.demo.standing import BADA, HANEUL, SAEBOM
from matcher.credentials import verifying
from matcher.credentials.types import AtHand
from matcher.db import Unit
from matcher.flows.demo.badge_issuers import REVOKED, SUSPENDED
from matcher.flows.demo.writing import Writing
from matcher.matching import at_hand, presenting
from matcher.matching import demo_badge_issuer as issuer
from matcher.store.people import count_rows
from models.account import Account, Role
from models.credential import PresentedCredential, PresentedState
from models.youth import AffiliationState, YouthProfile

HELD: Final = "CLF"
"""What the first young person passed a year and a half ago; see `catalogue.demo.exams`."""
PASSED_AGO, KEPT = timedelta(days=524), timedelta(days=3 * 365)
CAMP, CLUB = "데모: 클라우드 실습 캠프", "데모: 알고리즘 대회"
OTHER = "other.address@example.com"
LINK = "https://badges.demo.example/badges/{}"
NOT_THEIRS = "데모: 배지에 적힌 이메일의 주인이 이 배지를 자기 것이라고 했어요."
DESKS = {
    "jejunu": "coordinator.jejunu@example.kr",
    "halla": "coordinator.halla@example.kr",
    "jtu": "coordinator.jtu@example.kr",
}


def badges(writing: Writing) -> None:
    shelf = _Shelf(writing)
    _of_the_tour(shelf)
    for number, (home, desk) in enumerate(DESKS.items()):
        _of_a_desk(shelf, home, desk, 100 * (number + 1))
    _of_the_centre(shelf, 100 * (len(DESKS) + 1))
    writing.session.flush()  # the counts below read what was written
    for table in ("presented_credential", "certification_record"):
        writing.counts[table] = count_rows(writing.session, table)


class _Shelf:
    """Hands badges in as their owners did: one audit line tells of the whole load, so theirs go
    nowhere."""

    def __init__(self, writing: Writing) -> None:
        self.writing, self.session = writing, writing.session
        self.known: AtHand = at_hand.build(writing.unit)

    def unit(self, actor: Actor) -> Unit:
        return Unit(self.session, self.writing.unit.now, actor)

    def made(
        self, number: int, bit: int, title: str, email: str = "", by: issuer.Signs | None = None,
        ago: timedelta = timedelta(days=40), purposes: Sequence[str] = ("revocation",),
    ) -> bytes:  # fmt: skip
        """Without an `email`: made out to the person of this demo number."""
        since = self.writing.unit.now - ago
        address = email or self._account(number).email
        return issuer.badge(address, title, since, since + KEPT, bit, by, purposes)

    def hand_in(self, number: int, data: bytes, hours: int) -> PresentedCredential:
        """So many hours ago; checked with what is known now."""
        checked = verifying.check(data, self.known, recipient=None, now=self.writing.unit.now)
        sha256 = presenting.sha256_of(checked, data)
        row = self._row(number, sha256, hours, PresentedState.CHECKED, "file")
        presenting.settle(self.unit(self.actor(number)), row, checked, self.known)
        return row

    def link(self, number: int, link: str, hours: int) -> PresentedCredential:
        """Its host was asked once and has not answered."""
        sha256 = presenting.sha256_of(None, link.encode())
        row = self._row(number, sha256, hours, PresentedState.FETCHING, "link")
        row.link, row.tries = link, 1
        row.next_try_at = self.writing.unit.now + timedelta(days=1)
        return row

    def desk(self, email: str) -> tuple[Unit, int]:
        person = next(each for each in self.writing.data.people if each.email == email)
        number = self.writing.account(person)
        return self.unit(Actor(number, Role.COORDINATOR, person.name)), number

    def _row(
        self, number: int, sha256: str, hours: int, state: PresentedState, source: str
    ) -> PresentedCredential:
        at = self._at(hours)
        row = PresentedCredential(
            youth_id=self.writing.ids["youth"][number], state=state, sha256=sha256,
            source=source, is_demo=True, created_at=at, updated_at=at,
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()  # what it proves names it
        return row

    def _at(self, hours: int) -> datetime:
        return self.writing.unit.now - timedelta(hours=hours)

    def _account(self, number: int) -> Account:
        youth = self.session.get_one(YouthProfile, self.writing.ids["youth"][number])
        return self.session.get_one(Account, youth.account_id)

    def is_confirmed(self, number: int) -> bool:
        youth = self.session.get_one(YouthProfile, self.writing.ids["youth"][number])
        return youth.affiliation_state is AffiliationState.CONFIRMED

    def actor(self, number: int) -> Actor:
        account = self._account(number)
        youth_id = self.writing.ids["youth"][number]
        return Actor(account.id or 0, Role.YOUTH, account.name, youth_id=youth_id)


def _of_the_tour(shelf: _Shelf) -> None:
    """One that counts, one of an issuer nobody listed; and one of every other verdict."""
    shelf.hand_in(HANEUL, shelf.made(HANEUL, 1, _name(HELD), ago=PASSED_AGO), 60)
    shelf.hand_in(HANEUL, shelf.made(HANEUL, 2, CLUB, by=issuer.stranger()), 30)
    shelf.hand_in(BADA, shelf.made(BADA, REVOKED[0], CAMP), 50)
    shelf.hand_in(BADA, shelf.made(BADA, 3, CAMP, ago=KEPT + timedelta(days=300)), 40)
    both = ("revocation", "suspension")
    shelf.hand_in(BADA, shelf.made(BADA, SUSPENDED[0], CAMP, purposes=both), 36)
    forged = issuer.altered(shelf.made(BADA, 6, CAMP), _name("DOP"))
    shelf.hand_in(BADA, forged, 34)
    shelf.hand_in(BADA, shelf.made(BADA, 7, CAMP, by=issuer.other_key()), 32)
    shelf.link(BADA, LINK.format(4), 3)
    row = shelf.hand_in(BADA, shelf.made(BADA, 5, CAMP), 20)
    presenting.withdraw(shelf.unit(shelf.actor(BADA)), row)


def _of_a_desk(shelf: _Shelf, home: str, desk: str, bit: int) -> None:
    """Three that wait, each for another reason, one that was accepted and one that was not."""
    people = _at_home(shelf, home)
    owner, second, third, fourth, fifth = (next(people) for _each in range(5))
    shelf.hand_in(owner, shelf.made(owner, bit, _name("SAA"), OTHER), 26)
    theirs = shelf.made(second, bit + 1, CAMP)
    shelf.hand_in(second, theirs, 70)
    shelf.hand_in(third, theirs, 22)
    unread = shelf.link(fourth, LINK.format(bit + 2), 48)
    presenting.to_a_person(shelf.unit(shelf.actor(fourth)), unread)
    unit, account_id = shelf.desk(desk)
    seen = shelf.hand_in(fifth, shelf.made(fifth, bit + 3, CAMP, OTHER), 90)
    presenting.accept(unit, seen, account_id)
    foreign = shelf.hand_in(fifth, shelf.made(fifth, bit + 4, _name("DVA"), OTHER), 88)
    presenting.refuse(unit, foreign, account_id, NOT_THEIRS)


def _of_the_centre(shelf: _Shelf, bit: int) -> None:
    """One that waits, of a person no university looks after and the centre has confirmed."""
    person = next(_at_home(shelf, None))
    shelf.hand_in(person, shelf.made(person, bit, _name("SAA"), OTHER), 28)


def _at_home(shelf: _Shelf, home: str | None) -> Iterator[int]:
    """Demo numbers of young people whose membership is confirmed: the university's, or nobody's."""
    return (
        each.number
        for each in shelf.writing.data.youths
        if each.organisation == home and each.number > SAEBOM and shelf.is_confirmed(each.number)
    )


def _name(certification: str) -> str:
    return load_programme().certification(certification).name_en
