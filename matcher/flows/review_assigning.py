"""Who scores whom: colleagues of one firm share the people of an opening."""

from collections.abc import Sequence

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching.own_opening import own_opening
from matcher.matching.review_people import colleagues_of, loads_of, person_of, under_review
from matcher.policy import reviewing as rules
from matcher.policy.operation import Operation
from matcher.refusal import Invalid
from matcher.store import reviews
from models.review import ReviewAssignment


def spread(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> int:
    """Gives everybody nobody scores yet to the colleague with the fewest, people by number and
    colleagues by age of account; nobody is given a person they declared a conflict about."""
    opening = own_opening(unit, actor, opening_id, lock=True)
    people = under_review(unit, actor, operation, opening)
    assigned = reviews.assigned(unit.session, opening_id)
    taken = {row.youth_id for row in assigned}
    loads = loads_of(colleagues_of(unit, opening), assigned)
    barred = {
        (account, youth)
        for account in loads
        for youth in reviews.conflicts(unit.session, opening_id, account)
    }
    free = [each for each in people if each not in taken]
    found = rules.spread_out(free, loads, barred)
    for youth_id, account_id in found.items():
        _assign(unit, opening_id, account_id, youth_id)
    if found:
        unit.access("reviews:assigned", None, opening=opening_id, youths=sorted(found))
    unit.audit("review:spread", "opening", opening_id, people=len(found))
    return len(found)


def assign(
    unit: Unit,
    actor: Actor,
    operation: Operation,
    opening_id: int,
    number: str,
    account_ids: Sequence[int],
) -> None:
    """Exactly these colleagues score the person from now on; written scores stay."""
    opening = own_opening(unit, actor, opening_id, lock=True)
    person = person_of(unit, actor, operation, opening, number)
    wanted, colleagues = set(account_ids), colleagues_of(unit, opening)
    if not wanted <= colleagues.keys():
        raise Invalid({"reviewers": _("같은 기업의 동료만 고를 수 있습니다.")})
    for account_id in wanted:
        if reviews.has_conflict(unit.session, opening_id, account_id, person.youth_id):
            words = _("%(name)s 님은 이 사람에 대해 이해 충돌을 밝혔습니다.")
            raise Invalid({"reviewers": words % {"name": colleagues[account_id]}})
    rows = {
        row.account_id: row
        for row in reviews.assigned(unit.session, opening_id)
        if row.youth_id == person.youth_id
    }
    for account_id in rows.keys() - wanted:
        unit.session.delete(rows[account_id])
    for account_id in sorted(wanted - rows.keys()):
        _assign(unit, opening_id, account_id, person.youth_id)
    unit.audit(
        "review:assigned", "opening", opening_id, youth_id=person.youth_id,
        before=sorted(rows), after=sorted(wanted),
    )  # fmt: skip
    unit.access("reviews:assigned", person.youth_id, opening=opening_id)


def _assign(unit: Unit, opening_id: int, account_id: int, youth_id: int) -> None:
    unit.session.add(
        ReviewAssignment(
            opening_id=opening_id, account_id=account_id, youth_id=youth_id, created_at=unit.now
        )
    )
