"""How often something may be tried: who is counted, how many times, within how long."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from matcher.policy.sharing import MOST_OPENINGS_HOUR
from matcher.text import canonical_email


@dataclass(frozen=True)
class Limit:
    """At most `most` tries counted under `bucket` within `window`."""

    bucket: str
    most: int
    window: timedelta


MINUTE = timedelta(minutes=1)
FIVE_MINUTES = timedelta(minutes=5)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
RANKED_LISTS = 60
"""Ranked lists an account may be shown within a MINUTE; they are counted by their exposures."""
PREVIEWS = Limit("promise:counted", 20, HOUR)
"""How often an account may ask how many people could earn a promise. The bucket is the task of the
access records they are counted by: looking at a page writes nothing else."""


def sign_in(email: str, source: str, is_known: bool) -> tuple[Limit, ...]:
    """Failures only. A place that signed in before has its own count, so that a stranger's

    wrong guesses do not lock the person out at home.
    """
    who = hashed(email)
    account = f"known:{who}:{source}" if is_known else f"account:{who}"
    return (
        Limit(account[:120], 10, FIVE_MINUTES),
        Limit(f"address:{source}", 10, FIVE_MINUTES),
        Limit("all", 1000, FIVE_MINUTES),
    )


def own_password(account_id: int) -> tuple[Limit, ...]:
    """Wrong answers when a signed-in person is asked for the password again."""
    return (Limit(f"own:{account_id}", 10, FIVE_MINUTES),)


def sign_up(email: str, source: str) -> tuple[Limit, ...]:
    return (
        Limit(f"signup:{hashed(email)}", 5, DAY),
        Limit(f"signup-address:{source}", 20, HOUR),
        Limit("signup-all", 1000, HOUR),
    )


def reset(email: str, source: str) -> tuple[Limit, ...]:
    return (
        Limit(f"reset:{hashed(email)}", 5, DAY),
        Limit(f"reset-address:{source}", 20, HOUR),
        Limit("reset-all", 1000, HOUR),
    )


def check_in(account_id: int) -> tuple[Limit, ...]:
    """Wrong codes typed to check in to a class."""
    return (Limit(f"check-in:{account_id}", 10, FIVE_MINUTES),)


def counting(account_id: int, organisation_id: int) -> tuple[Limit, ...]:
    """Questions how many people meet a list of requirements, whoever of the organisation asks."""
    return (
        Limit(f"count:{account_id}", 60, MINUTE),
        Limit(f"count-organisation:{organisation_id}", 600, DAY),
    )


def answer_link(source: str) -> tuple[Limit, ...]:
    """Answers through links, good and bad, from one place."""
    return (Limit(f"answer-link:{source}", 30, HOUR),)


def shared_link(key: str, source: str) -> Limit:
    """Share links opened from one place. Readers are not identified: the place is hashed under the
    service's secret, so that nobody who reads the counts finds it again."""
    digest = hmac.new(key.encode(), f"shared-link|{source}".encode(), hashlib.sha256).hexdigest()
    return Limit(f"shared-link:{digest[:32]}", MOST_OPENINGS_HOUR, HOUR)


def hashed(email: str) -> str:
    """An address as it may stand in a count: nobody can read it back."""
    return hashlib.sha256(canonical_email(email).encode("utf-8", "replace")).hexdigest()[:32]


def email_buckets(email: str) -> tuple[str, ...]:
    """Beginnings of every bucket that speaks of this address."""
    who = hashed(email)
    return (f"account:{who}", f"known:{who}:", f"signup:{who}", f"reset:{who}")


def colleague_mails(organisation_id: int) -> tuple[Limit, ...]:
    """Invitations a partner may send, to whatever addresses."""
    return (Limit(f"colleagues:{organisation_id}", 20, DAY),)


def badges(account_id: int) -> tuple[Limit, ...]:
    """Badges handed in or checked again, good and bad: each costs the checks of a signature."""
    return (Limit(f"badge:{account_id}", 30, HOUR),)


def learner_records(account_id: int) -> tuple[Limit, ...]:
    """Whole records as CLR: each signs every credential in it anew."""
    return (Limit(f"learner-record:{account_id}", 30, HOUR),)


def record_papers(account_id: int) -> tuple[Limit, ...]:
    """PDFs of the own record: each takes a second or more of a processor."""
    return (Limit(f"record-paper:{account_id}", 30, HOUR),)
