"""What a desk suggested to a young person: the own list, and saying no."""

from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.plan_pages import target_names
from matcher.refusal import Conflict, NotFound
from matcher.store import plan_templates as store
from models.plan_template import SuggestionState


@dataclass(frozen=True)
class SuggestionLine:
    """`asks` is the query of the path page that shows the paths there."""

    id: int
    title: str
    desk: str
    note: str
    finish_by: date | None
    asks: dict[str, str]
    is_demo: bool


def listing(unit: Unit, actor: Actor) -> tuple[SuggestionLine, ...]:
    """Those without an answer, the newest first."""
    return tuple(
        SuggestionLine(
            id=each.suggestion.id or 0,
            title=in_language(*target_names(unit.session, each.template)),
            desk=in_language(each.desk_ko, each.desk_en),
            note=each.template.note,
            finish_by=each.template.finish_by,
            asks=_asks(each, unit.today),
            is_demo=each.template.is_demo,
        )
        for each in store.own(unit.session, actor.own_youth_id)
    )


def decline(unit: Unit, actor: Actor, suggestion_id: int) -> None:
    row = store.own_one(unit.session, actor.own_youth_id, suggestion_id)
    if row is None:
        raise NotFound
    if row.state is not SuggestionState.SUGGESTED:
        raise Conflict(_("이미 답한 제안이에요."))
    row.state, row.answered_at = SuggestionState.DECLINED, unit.now
    unit.session.add(row)
    unit.audit("suggestion:declined", "plan_template", row.template_id)


def _asks(each: store.OwnSuggestion, today: date) -> dict[str, str]:
    """A day that has passed is no goal any more."""
    template = each.template
    asks = {
        "target": f"{template.target.value}:{template.target_refs[0]}",
        "hours": str(template.weekly_hours),
    }
    if template.finish_by is not None and template.finish_by > today:
        asks["by"] = template.finish_by.isoformat()
    return asks
