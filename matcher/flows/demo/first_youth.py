"""Every stage of hiring for the first young person of the tour: an interview that is booked, an
offer, a promised interview that can be asked for, a refusal in words, an answer that never came."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from matcher.catalogue.demo.standing import HANEUL
from matcher.catalogue.demo.standing import OPENINGS as STANDING
from matcher.flows.demo import answering, hiring, promised
from matcher.flows.demo.writing import Writing
from matcher.store.people import count_rows
from models.application import Application, ApplicationState, RefusalReason
from models.opening import (
    Opening,
    OpeningRequirement,
    OpeningState,
    OpeningVersion,
    RequirementKind,
)
from models.promise import InterviewPromise

INVITED_BY, OFFERED_BY = "byeolmoru-space", "doldamgil-drive"
REFUSED_BY, SILENT = "mulgyeol-hydrogen", "haneulbat-station"
FIRMS = (INVITED_BY, OFFERED_BY, REFUSED_BY, SILENT)
COUNTED = (*hiring.COUNTED, "promise_taking", "opening_version")


def first_youth(writing: Writing) -> None:
    _interview(writing)
    hiring.offer(writing, _brought(writing, OFFERED_BY, ApplicationState.OFFERED, 7))
    _refusal(writing)
    _silence(writing)
    _promise(writing)
    writing.session.flush()  # the counts below read what was written
    for table in COUNTED:
        writing.counts[table] = count_rows(writing.session, table)


def _brought(writing: Writing, slug: str, state: ApplicationState, days: int) -> Application:
    """Sent so many days ago to the newest posting of a partner."""
    at = writing.unit.now - timedelta(days=days)
    return hiring.bring_to(writing, _opening(writing, slug, at), HANEUL, state, at)


def _opening(writing: Writing, slug: str, at: datetime) -> Opening:
    """None of those the assignment rounds give places of; where there is, one that is out since
    then and asks for no licence."""
    licensed = select(OpeningRequirement.opening_id).where(
        OpeningRequirement.kind == RequirementKind.LICENCE
    )
    return writing.session.exec(
        select(Opening)
        .where(
            Opening.organisation_id == writing.organisation(slug),
            col(Opening.title_ko).not_in([each.title_ko for each in STANDING]),
        )
        .order_by(
            (col(Opening.state) == OpeningState.PUBLISHED).desc(),
            (col(Opening.published_at) <= at).desc(),
            col(Opening.id).in_(licensed),
            col(Opening.id).desc(),
        )
        .limit(1)
    ).one()


def _interview(writing: Writing) -> None:
    """One of four hours is taken; the posting was changed after the application."""
    row = _brought(writing, INVITED_BY, ApplicationState.INTERVIEW, 5)
    opening = writing.session.get_one(Opening, row.opening_id)
    day = hiring.weekday(writing.unit.today + timedelta(days=11))
    slots = [hiring.slot_at(writing, opening, day, hour) for hour in hiring.HOURS]
    hiring.book(writing, row, slots[0])
    _change(writing, opening)


def _change(writing: Writing, opening: Opening) -> None:
    """The newest version becomes the one before: it looked for one person more."""
    before = writing.session.exec(
        select(OpeningVersion)
        .where(OpeningVersion.opening_id == opening.id)
        .order_by(col(OpeningVersion.number).desc())
        .limit(1)
    ).first()
    if before is None:
        return
    now = dict(before.content)
    before.content = now | {"headcount": opening.headcount + 1}
    writing.session.add(
        OpeningVersion(
            opening_id=opening.id or 0, number=before.number + 1, content=now,
            changed=["headcount"], at=writing.unit.now - timedelta(days=1),
        )
    )  # fmt: skip


def _refusal(writing: Writing) -> None:
    row = _brought(writing, REFUSED_BY, ApplicationState.REFUSED, 20)
    row.reason, row.is_reason_shared = RefusalReason.LACKS_SKILL, True
    row.words, row.note = answering.WORDS[-1], answering.NOTE
    writing.session.add(row)


def _silence(writing: Writing) -> None:
    row = _brought(writing, SILENT, ApplicationState.UNDER_REVIEW, 32)
    opening = writing.session.get_one(Opening, row.opening_id)
    row.answer_by = writing.unit.today + timedelta(days=opening.answer_days - 32)
    answering.lapse(writing, row)


def _promise(writing: Writing) -> None:
    """Of the certificate the person holds already."""
    row = writing.session.exec(
        select(InterviewPromise)
        .where(InterviewPromise.ref == promised.EARNED)
        .order_by(col(InterviewPromise.id))
    ).first()
    assert row is not None
    promised.take(writing, row, writing.ids["youth"][HANEUL])
