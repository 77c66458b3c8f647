"""What a credential says of a course or a skill.

Both languages stand in one text: a credential is read by people we know nothing of, and what was
signed must not depend on the language of whoever pressed a button.
"""

from collections.abc import Iterable, Sequence

from matcher.catalogue.skills import Skill, load_taxonomy
from matcher.credentials.badge import Achieved, Alignment
from matcher.store.credentials import CredentialRow
from models.course import Course, CourseSkill
from models.skill import Rater, SkillRecord

FRAMEWORK = "오름 기술 분류 / Oreum skill taxonomy"
DEMO = "데모 자료입니다. / Demo data. "


def course(found: CredentialRow, taught: Sequence[CourseSkill], email: str, site: str) -> Achieved:
    row, hours, by = found.credential, found.course.total_hours, found.organisation
    return Achieved(
        id=f"{site}/courses/{found.course.id}",
        name=row.title_ko,
        description=f"{_demo(found)}{row.title_en}. {by.name_ko} / {by.name_en}. "
        f"{hours}시간 / {hours} hours.",
        criteria=_rule(found.course),
        kind="Course",
        email=email,
        alignments=tuple(_alignments((each.skill for each in taught), site)),
        is_demo=found.course.is_demo,
    )


def skill(record: SkillRecord, email: str, site: str, is_demo: bool) -> Achieved:
    known, level = load_taxonomy().get(record.skill), record.level
    ko, en = (known.name_ko, known.name_en) if known else (record.skill, record.skill)
    texts = [known.level_text(level, each) for each in ("ko", "en")] if known else []
    return Achieved(
        id=f"{skill_address(site, record.skill)}#level-{level}",
        name=f"{ko} 수준 {level}",
        description=f"{DEMO if is_demo else ''}{en}, level {level}. {' / '.join(texts)}".strip(),
        criteria=_assessed(record),
        kind="Competency",
        email=email,
        alignments=tuple(_alignments([record.skill], site)),
        level=level,
        is_demo=is_demo,
    )


def skill_address(site: str, slug: str) -> str:
    """Where the skill and its levels are described for everybody."""
    return f"{site}/credentials/skills/{slug}"


def _demo(found: CredentialRow) -> str:
    return DEMO if found.course.is_demo else ""


def _rule(course: Course) -> str:
    least = course.least_attendance_percent
    work_ko = "과 과제 인정" if course.needs_work else ""
    work_en = " and an accepted assignment" if course.needs_work else ""
    rule = f"출석 {least}% 이상{work_ko}. / Attendance of {least}% or more{work_en}."
    return f"{course.completion_rule}\n{rule}" if course.completion_rule else rule


def _assessed(record: SkillRecord) -> str:
    if record.rater is Rater.TEST:
        return "시험으로 이 수준을 확인했습니다. / This level was assessed by a test."
    return (
        "대학이 과정, 프로젝트나 다른 근거를 보고 이 수준을 확인했습니다. / "
        "A university judged this level by a course, a project or other evidence."
    )


def _alignments(slugs: Iterable[str], site: str) -> Iterable[Alignment]:
    taxonomy = load_taxonomy()
    for slug in slugs:
        known = taxonomy.get(slug)
        if known is None:
            continue
        yield Alignment(known.name_en, skill_address(site, slug), FRAMEWORK, slug)
        yield from _esco(known)


def _esco(known: Skill) -> Iterable[Alignment]:
    if known.esco_uri:
        yield Alignment(known.name_en, known.esco_uri, "ESCO")
