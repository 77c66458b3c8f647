"""Three colleagues of the tour's partner score the people of its first opening."""

import random
from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import SQLModel

from matcher.catalogue.demo import SEED
from matcher.flows.demo.writing import Writing
from matcher.matching.wanted import of_ref
from matcher.policy import reviewing as rules
from matcher.store import openings, reviews
from matcher.store.people import count_rows
from models.account import Account, AccountState, Membership, Role
from models.opening import Opening, RequirementKind
from models.review import (
    Review,
    ReviewAssignment,
    ReviewCriterion,
    ReviewPhase,
    ReviewScore,
    ReviewState,
)

PARTNER = "saebyeol-orbit"
COLLEAGUES = (
    ("이미나", "mina.saebyeol-orbit@example.com"),
    ("박준호", "junho.saebyeol-orbit@example.com"),
)
MOST_PEOPLE = 18
PHASES = (
    # name, first day, last day
    ("함께 읽기", -6, 12),
    ("면접과 결정", 13, 40),
)
COUNTED = (
    "account", "membership", "review_criterion", "review_phase", "review_assignment", "review",
    "review_score",
)  # fmt: skip


def reviewed(writing: Writing) -> None:
    opening = _opening(writing)
    criteria = _set_up(writing, opening)
    reviewers = _colleagues(writing, opening)
    people = sorted(reviews.noted(writing.session, opening.id or 0))[:MOST_PEOPLE]
    _score(writing, opening, criteria, reviewers, people)
    for table in COUNTED:
        writing.counts[table] = count_rows(writing.session, table)


def _opening(writing: Writing) -> Opening:
    number = next(each.number for each in writing.data.openings if each.organisation == PARTNER)
    return writing.session.get_one(Opening, writing.ids["opening"][number])


def _set_up(writing: Writing, opening: Opening) -> list[ReviewCriterion]:
    """The musts of the posting with even weights; a phase that runs and one to come."""
    asked = openings.requirements(writing.session, opening.id or 0)
    names = [of_ref(each.subject, each.ref).name for each in asked
             if each.kind is RequirementKind.MUST][: rules.MOST_CRITERIA]  # fmt: skip
    weights = rules.even_weights(len(names))
    criteria = [
        ReviewCriterion(opening_id=opening.id or 0, place=place, name=name, weight=weight)
        for place, (name, weight) in enumerate(zip(names, weights, strict=True), start=1)
    ]
    today = writing.unit.today
    phases = [
        ReviewPhase(
            opening_id=opening.id or 0, name=name, starts_on=today + timedelta(first),
            ends_on=today + timedelta(last), can_review=first < 0,
        )
        for name, first, last in PHASES
    ]  # fmt: skip
    _write(writing, [*criteria, *phases])
    return criteria


def _colleagues(writing: Writing, opening: Opening) -> list[int]:
    """The standing account first; the new ones share its password."""
    own = openings.partner_accounts(writing.session, opening.organisation_id)
    made = [
        Account(
            name=name, email=email, password_hash=own[0].password_hash,
            state=AccountState.ACTIVE, is_demo=True, created_at=own[0].created_at,
            confirmed_at=own[0].created_at,
        )
        for name, email in COLLEAGUES
    ]  # fmt: skip
    _write(writing, made)
    _write(
        writing,
        [
            Membership(
                account_id=each.id or 0, role=Role.PARTNER,
                organisation_id=opening.organisation_id, created_at=each.created_at,
            )
            for each in made
        ],
    )  # fmt: skip
    return [own[0].id or 0, *(each.id or 0 for each in made)]


def _score(
    writing: Writing,
    opening: Opening,
    criteria: Sequence[ReviewCriterion],
    reviewers: Sequence[int],
    people: Sequence[int],
) -> None:
    """Everybody is assigned to two; most of what is assigned is scored, some with two minds."""
    chance, now = random.Random(f"{SEED}-reviewers"), writing.unit.now
    for place, youth_id in enumerate(people):
        quality = chance.randint(2, 5)
        for step in (0, 1):
            reviewer = reviewers[(place + step) % len(reviewers)]
            at = now - timedelta(days=chance.randint(1, 5), minutes=chance.randint(0, 300))
            _write(
                writing,
                [
                    ReviewAssignment(
                        opening_id=opening.id or 0, account_id=reviewer, youth_id=youth_id,
                        created_at=now - timedelta(days=6),
                    )
                ],
            )  # fmt: skip
            if chance.random() > (0.4 if reviewer == reviewers[0] else 0.8):
                continue
            own = Review(
                opening_id=opening.id or 0, account_id=reviewer, youth_id=youth_id,
                state=ReviewState.SUBMITTED, created_at=at, updated_at=at,
            )  # fmt: skip
            _write(writing, [own])
            _write(writing, [_given(own, each, quality, chance) for each in criteria])


def _given(
    review: Review, criterion: ReviewCriterion, quality: int, chance: random.Random
) -> ReviewScore:
    score = min(rules.MOST_SCORE, max(rules.LEAST_SCORE, quality + chance.choice((-1, 0, 0, 1))))
    return ReviewScore(review_id=review.id or 0, criterion_id=criterion.id or 0, score=score)


def _write(writing: Writing, rows: Sequence[SQLModel]) -> None:
    writing.session.add_all(rows)
    writing.session.flush()  # what follows refers to their numbers
