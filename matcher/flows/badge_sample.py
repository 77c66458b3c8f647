"""A badge to try with, made out to whoever asks: only where the demo's made-up issuer counts."""

from datetime import timedelta

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.clock import start_of
from matcher.db import Unit
from matcher.matching import demo_badge_issuer as issuer
from matcher.refusal import NotFound
from matcher.store import presented, trusted_issuers

CERTIFICATION = "SAA"
"""An opening of the demo asks for it, and the first young person of the tour has not passed it."""
PASSED_AGO, KEPT = timedelta(days=30), timedelta(days=3 * 365)
FIRST_BIT = 1000
"""Of the status list; the badges the demo is loaded with have the ones below."""


def is_offered(unit: Unit) -> bool:
    return trusted_issuers.means_of(unit.session, issuer.DID) is not None


def sample(unit: Unit, actor: Actor) -> bytes:
    """The same all day. Raises NotFound outside the demo."""
    youth_id = actor.own_youth_id
    if not is_offered(unit):
        raise NotFound
    since = start_of(unit.today - PASSED_AGO)
    title = load_programme().certification(CERTIFICATION).name_en
    email = presented.holder(unit.session, youth_id).account.email
    return issuer.badge(email, title, since, since + KEPT, FIRST_BIT + youth_id)
