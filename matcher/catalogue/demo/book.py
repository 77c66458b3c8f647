"""What happened between youths and openings, written down as it happens."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from matcher.catalogue.demo.days import ahead, office
from matcher.catalogue.demo.life import Life
from matcher.catalogue.demo.rule import MODEL_OF_THE_TIME
from matcher.catalogue.demo.shape import (
    Application,
    ConsentGiven,
    Introduction,
    Opening,
    Saved,
    Shortlisting,
    Showing,
    Step,
)
from matcher.catalogue.demo.youths import FIELDS

CONSENT_DAYS = 365
RENEWED_AFTER = 300
"""An employer consent older than this is given again with the next application."""


class Book:
    """Keys are (opening, youth) unless said otherwise."""

    def __init__(
        self,
        random: Random,
        lives: tuple[Life, ...],
        openings: tuple[Opening, ...],
        partner_accounts: dict[str, int],
    ) -> None:
        self.random = random
        self.lives = lives
        self.openings = openings
        self.partner_accounts = partner_accounts
        self.saved: dict[tuple[int, int], Saved] = {}
        """By (youth, opening)."""
        self.cases: dict[tuple[int, int], Application] = {}
        self.steps: list[Step] = []
        self.introductions: dict[tuple[int, int], Introduction] = {}
        self.shortlistings: dict[tuple[int, int], Shortlisting] = {}
        self.showings: list[Showing] = []
        self.consents: dict[tuple[int, str], list[ConsentGiven]] = {}
        """By (youth, organisation)."""

    def _cases_of(self, youth: int) -> list[Application]:
        return [case for case in self.cases.values() if case.youth == youth]

    def _move(
        self,
        day: date,
        opening: int,
        youth: int,
        to: str,
        reason: str = "",
        *,
        by_youth: bool = False,
    ) -> None:
        case = self.cases[opening, youth]
        # Never before the step before it, whatever the hours drawn.
        at = max(office(day, self.random), case.updated_at + timedelta(minutes=1))
        partner = self.partner_accounts[self.openings[opening - 1].organisation]
        account = self.lives[youth - 1].account if by_youth else partner
        role = "youth" if by_youth else "partner"
        self.steps.append(Step(case.number, case.state, to, account, role, reason, at))
        self.cases[opening, youth] = replace(
            case,
            state=to,
            reason=reason or None,
            is_reason_shared=bool(reason) and self.random.random() < 0.8,
            version=case.version + 1,
            updated_at=at,
        )

    def _start(self, opening: int, youth: int) -> None:
        """The partner notes the start an hour after the yes."""
        case = self.cases[opening, youth]
        at = case.updated_at + timedelta(hours=1)
        partner = self.partner_accounts[self.openings[opening - 1].organisation]
        self.steps.append(Step(case.number, case.state, "hired", partner, "partner", "", at))
        self.cases[opening, youth] = replace(
            case, state="hired", version=case.version + 1, updated_at=at
        )

    def _consent(self, opening: Opening, youth: int, at: datetime) -> None:
        """For this one employer, a year long; given again when the old one is nearly over."""
        given = self.consents.setdefault((youth, opening.organisation), [])
        if given and given[-1].granted_at > at - timedelta(days=RENEWED_AFTER):
            return
        until = ahead(at.date(), CONSENT_DAYS)
        given.append(
            ConsentGiven(youth, "employer", (), opening.organisation, FIELDS, at, until, None)
        )

    def _show(
        self,
        at: datetime,
        account: int,
        kind: str,
        subject: str,
        context: int,
        items: list[tuple[int, int, float]],
    ) -> None:
        self.showings.append(
            Showing(at, account, kind, subject, context, MODEL_OF_THE_TIME, tuple(items))
        )
