"""How many ranked lists an account may ask for: all over the API, and candidates on pages."""

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.policy import limits
from matcher.refusal import TooMany
from matcher.store import exposures


def check(unit: Unit, actor: Actor) -> None:
    """Raises TooMany. Lists on pages count too, because both leave the same exposure record."""
    seconds = exposures.wait(
        unit.session, actor.account_id, limits.RANKED_LISTS, limits.MINUTE, unit.now
    )
    if seconds:
        message = _("순위 목록은 1분에 %(most)s번까지 볼 수 있어요. 잠시 뒤에 다시 해 주세요.")
        raise TooMany(message % {"most": limits.RANKED_LISTS}, seconds)
