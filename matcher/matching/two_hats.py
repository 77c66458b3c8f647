"""Stops whoever works for a desk and for a partner from speaking for a person to oneself."""

from collections.abc import Sequence

from sqlmodel import Session

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import ngettext
from matcher.policy.two_hats import DESKS, Hat, Subject, partners_of, stands_on_both_sides
from matcher.refusal import Forbidden
from matcher.store import same_person

CODE = "two_hats"


def barred(session: Session, actor: Actor, youth_ids: Sequence[int]) -> frozenset[int]:
    """Those of the people about whom the actor may not speak. One query for nearly everybody:
    most accounts are the only one of their person."""
    hats = _other_hats(session, actor)
    if not hats or not youth_ids:
        return frozenset()
    tied = same_person.ties(session, partners_of(hats), youth_ids)
    return frozenset(
        youth
        for youth, each in same_person.belongings(session, youth_ids).items()
        if stands_on_both_sides(
            actor.role,
            hats,
            Subject(each.affiliation, each.university_id, tied.get(youth, frozenset())),
        )
    )


def barred_at_desk(unit: Unit, youth_ids: Sequence[int]) -> frozenset[int]:
    """The same for whoever acts at a desk now; nobody for the command line."""
    actor = unit.actor
    if actor is None or actor.role not in DESKS:
        return frozenset()
    return barred(unit.session, actor, youth_ids)


def refuse_for_desk(unit: Unit, actor: Actor, youth_ids: Sequence[int]) -> None:
    """Raises Forbidden when one of the people has a tie to a partner the actor also works for."""
    found = len(barred(unit.session, actor, youth_ids)) if actor.role in DESKS else 0
    if found:
        words = ngettext(
            "함께 일하시는 기업과 이어진 사람이 %(num)d명 있습니다. 다른 담당자가 해야 합니다.",
            "함께 일하시는 기업과 이어진 사람이 %(num)d명 있습니다. 다른 담당자가 해야 합니다.",
            found,
        )
        raise Forbidden(words % {"num": found}, CODE)


def refuse_for_partner(unit: Unit, actor: Actor, youth_id: int) -> None:
    """Raises Forbidden when the actor also works for the desk that answers for the person."""
    if barred(unit.session, actor, [youth_id]):
        words = _("이 사람이 속한 기관에서도 일하십니다. 평가와 결정은 동료가 합니다.")
        raise Forbidden(words, CODE)


def refuse_placing(unit: Unit, actor: Actor, opening_ids: Sequence[int]) -> None:
    """Raises Forbidden when one of the openings belongs to a partner the actor also works for."""
    own = partners_of(_other_hats(unit.session, actor))
    if own and own & same_person.owners(unit.session, opening_ids):
        words = _("함께 일하시는 기업의 공고가 들어 있습니다. 다른 담당자가 해야 합니다.")
        raise Forbidden(words, CODE)


def _other_hats(session: Session, actor: Actor) -> tuple[Hat, ...]:
    accounts = same_person.others(session, actor.account_id)
    if not accounts:
        return ()
    found = same_person.workers(session, accounts).values()
    return tuple(Hat(each.role, each.organisation_id) for each in found)
