"""Papers of applications that were decided too long ago are gone, as on every morning."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlmodel import col, select, update

from matcher.clock import day_of
from matcher.flows.demo.writing import Writing
from matcher.policy.papers import DECIDED, destroy_on
from matcher.store import papers
from matcher.store.bulk_rows import update_each
from models.application import Application, Introduction

GONE: dict[str, Any] = {"message": "", "words": "", "note": ""}


def kept_papers(writing: Writing) -> None:
    writing.session.flush()
    due = dict(_due(writing))
    update_each(
        writing.session,
        Application,
        [(number, GONE | {"papers_gone_on": on}) for number, on in due.items()],
    )
    _introductions(writing, list(due))


def _due(writing: Writing) -> Iterator[tuple[int, date]]:
    for each in papers.decided(writing.session, DECIDED):
        on = destroy_on(day_of(each.decided_at), each.kept_days)
        if on <= writing.unit.today:
            yield each.application_id, on


def _introductions(writing: Writing, ids: list[int]) -> None:
    """What was written when somebody who applied had been asked to meet."""
    row = select(Application.id).where(
        col(Application.id).in_(ids),
        Application.opening_id == Introduction.opening_id,
        Application.youth_id == Introduction.youth_id,
    )
    writing.session.execute(update(Introduction).where(row.exists()).values(message=""))
