"""What completing a course leaves behind: skills seen by the university, a credential, a mail.

One step for the desk's page, the completion by rule and imported completions.
"""

from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.clock import start_of
from matcher.db import Unit
from matcher.matching.certified import by_skill, following_records
from matcher.matching.courses import climb
from matcher.matching.judgements import RATED
from matcher.matching.record_notes import Note, note
from matcher.policy import profiles
from matcher.store import course_desk, credentials, enrolments, outbox, result_notes, youths
from models.course import Course, Enrolment
from models.skill import EvidenceKind, Rater, SkillRecord


@dataclass(frozen=True)
class Given:
    skills: tuple[str, ...]
    number: str


def give(
    unit: Unit, actor: Actor | None, row: Enrolment, course: Course, on: date | None = None
) -> Given:
    """For an enrolment that is `completed` now. Nothing that counts goes down, and a second call
    gives nothing twice. Without an actor (command line) nobody stands as the rater."""
    assert row.id is not None
    day = on or unit.today
    row.completed_on = row.completed_on or day
    unit.session.add(row)
    skills = _give_skills(unit, actor, row.youth_id, course, day)
    result_notes.keep(unit.session, row.id, list(skills.values()), unit.now, start_of(unit.today))
    issued = credentials.issue(unit.session, row.youth_id, row.id, course, day, unit.now)
    return Given(tuple(skills), issued.number)


def note_missed(unit: Unit, row: Enrolment) -> None:
    """For an enrolment that is `not_completed` now: it gave nothing, and may be taken back."""
    result_notes.keep(unit.session, row.id or 0, [], unit.now, start_of(unit.today))


def tell(unit: Unit, row: Enrolment, course: Course, given: Given) -> None:
    outbox.put(
        unit.session, enrolments.account_of(unit.session, row.youth_id), "course_finished",
        unit.now, f"enrolment:{row.id}:completed:{unit.now.isoformat()}", title_ko=course.title_ko,
        title_en=course.title_en, is_completed=True, skills=len(given.skills),
        number=given.number,
    )  # fmt: skip


def _give_skills(
    unit: Unit, actor: Actor | None, youth_id: int, course: Course, day: date
) -> dict[str, Note]:
    """What was written, by skill."""
    held: dict[str, list[SkillRecord]] = {}
    for record in youths.skill_records(unit.session, youth_id):
        held.setdefault(record.skill, []).append(record)
    passed = youths.certification_records(unit.session, youth_id)
    follows = by_skill(following_records(passed, day))
    given: dict[str, Note] = {}
    taught = course_desk.gained(unit.session, [course.id or 0])
    for skill in taught.get(course.id or 0, ()):
        known = held.get(skill.skill, [])
        counts: list[profiles.Levelled] = [*known, *follows.get(skill.skill, ())]
        rating = profiles.taught(counts, climb(skill.from_level, skill.level))
        if rating is None:
            continue
        row = next((each for each in known if each.rater is Rater.COORDINATOR), None)
        before = None if row is None else {name: getattr(row, name) for name in RATED}
        if row is None:
            row = SkillRecord(
                youth_id=youth_id, skill=skill.skill, level=rating.level,
                rater=Rater.COORDINATOR, rated_on=day, created_at=unit.now,
            )  # fmt: skip
        row.level, row.rated_on, row.verification = rating.level, day, rating.verification
        row.rated_by_account_id = actor.account_id if actor else None
        row.evidence_kind, row.evidence = EvidenceKind.COURSE, course.title_ko
        unit.session.add(row)
        unit.session.flush()  # a record made just now gets its number
        given[skill.skill] = note("skill_record", row, before, RATED)
    return given
