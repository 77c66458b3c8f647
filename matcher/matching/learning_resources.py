"""What to learn from for an exam domain, and how sure each fact about it is.

The way there: keywords of the domain -> skills -> courses with a session to come; and AWS's
microcredentials and learning programmes, which the catalogue describes with source and confidence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from matcher.actor import Actor
from matcher.catalogue.certification import Domain, ExamVersion
from matcher.catalogue.keyword_skills import load_keyword_skills
from matcher.catalogue.programme import LearningProgramme, Microcredential, Programme
from matcher.i18n import format_usd
from matcher.i18n import gettext as _
from matcher.matching import course_views
from matcher.matching.course_views import CourseView
from matcher.store import courses

MOST_COURSES = 3
PROGRAMMES = ("skill-builder", "educate", "academy", "free-tier")
"""Those that teach for an exam; the other programmes are about jobs and groups."""


@dataclass(frozen=True)
class Resource:
    """`confidence` of the price and of what it is; `language` says what is known of Korean.

    `price_krw` 0 = free; None where `price` says it in words. `source` None: from this service.
    """

    kind: str
    """course, microcredential or programme."""
    title: str
    href: str
    price: str
    price_krw: int | None
    language: str
    source: str | None
    confidence: str
    covers: tuple[str, ...]
    starts_on: date | None = None
    organisation: str = ""
    is_demo: bool = False
    remark: str = ""


@dataclass(frozen=True)
class Shelf:
    """What helps with one domain of the exam."""

    n: int
    name: str
    keywords: tuple[str, ...]
    resources: tuple[Resource, ...]


class Library:
    """Read once for a page: the courses to come and the reference data."""

    def __init__(self, session: Session, actor: Actor, programme: Programme, today: date) -> None:
        rows = course_views.read(session, courses.published(actor))
        found = course_views.views(session, rows, None, today).values()
        self._courses = [each for each in found if _coming(each) is not None]
        self._programme = programme

    def shelves(self, exam: ExamVersion, numbers: Sequence[int]) -> tuple[Shelf, ...]:
        """In the order of `numbers`, which are domains of the exam."""
        domains = {domain.n: domain for domain in exam.domains}
        return tuple(self._shelf(exam, domains[n]) for n in numbers)

    def general(self, certification_id: str) -> tuple[Resource, ...]:
        """Made for the whole certification: courses that lead to it, microcredentials named
        beside it, and the programmes."""
        linked = [c for c in self._courses if c.linked_certification == certification_id]
        related = [
            each for each in self._programme.microcredentials if certification_id in each.related
        ]
        by_slug = {each.slug: each for each in self._programme.learning_programmes}
        return (
            *(_course(each, ()) for each in sorted(linked, key=_start)[:MOST_COURSES]),
            *(_microcredential(each, ()) for each in related),
            *(_learning(by_slug[slug]) for slug in PROGRAMMES if slug in by_slug),
        )

    def _shelf(self, exam: ExamVersion, domain: Domain) -> Shelf:
        wanted = domain_skills(domain)
        found = [(each, _taught(each, wanted)) for each in self._courses]
        teaching = sorted(
            ((each, names) for each, names in found if names),
            key=lambda pair: (-len(pair[1]), _start(pair[0])),
        )
        badges = [
            (each, words)
            for each in self._programme.microcredentials
            if (words := _shared(each, domain, wanted))
        ]
        badges.sort(key=lambda pair: exam.certification_id not in pair[0].related)
        return Shelf(
            n=domain.n,
            name=domain.name_en,
            keywords=domain.keywords,
            resources=(
                *(_course(each, names) for each, names in teaching[:MOST_COURSES]),
                *(_microcredential(each, words) for each, words in badges),
            ),
        )


def domain_skills(domain: Domain) -> frozenset[str]:
    cover = load_keyword_skills().exam_domain
    return frozenset(slug for word in domain.keywords for slug in cover.get(word, ()))


def _taught(course: CourseView, wanted: frozenset[str]) -> tuple[str, ...]:
    return tuple(step.name for step in course.gained if step.slug in wanted)


def _shared(badge: Microcredential, domain: Domain, wanted: frozenset[str]) -> tuple[str, ...]:
    """Keywords of the badge that are the domain's too, in word or in skill."""
    cover = load_keyword_skills().exam_domain
    texts = [word.casefold() for word in domain.keywords]
    return tuple(
        word
        for word in badge.keywords
        if any(word.casefold() in text for text in texts) or wanted & set(cover.get(word, ()))
    )


def _coming(course: CourseView) -> date | None:
    runs = [run for run in course.runs if run.status in ("open", "upcoming")]
    return runs[0].starts_on if runs else None


def _start(course: CourseView) -> tuple[date, int]:
    return _coming(course) or date.max, course.id


def _course(course: CourseView, covers: Iterable[str]) -> Resource:
    return Resource(
        kind="course",
        title=course.title,
        href=f"/youth/courses/{course.id}",
        price="",
        price_krw=course.fee_krw,
        language=_("수업 언어는 과정에 물어보세요"),
        source=None,
        confidence="",
        covers=tuple(covers),
        starts_on=_coming(course),
        organisation=course.organisation,
        is_demo=course.is_demo,
    )


def _microcredential(badge: Microcredential, covers: Iterable[str]) -> Resource:
    return Resource(
        kind="microcredential",
        title=badge.name_en or _("이름을 확인하지 못한 마이크로자격"),
        href=badge.origin.source,
        price=_("무료") if badge.price_usd == 0 else format_usd(badge.price_usd),
        price_krw=0 if badge.price_usd == 0 else None,
        language=_("한국어로 되는지 확인하지 못했어요"),
        source=badge.origin.source,
        confidence=badge.origin.confidence,
        covers=tuple(covers),
        remark=_("실습 시험이고 자격으로 세지 않아요"),
    )


def _learning(found: LearningProgramme) -> Resource:
    price, remark = _programme_words(found)
    return Resource(
        kind="programme",
        title=found.name_en,
        href=found.page,
        price=price,
        price_krw=None,
        language=_("한국어로 되는지 확인하지 못했어요"),
        source=found.origin.source,
        confidence=found.origin.confidence,
        covers=(),
        remark=remark,
    )


def _programme_words(found: LearningProgramme) -> tuple[str, str]:
    """(price, remark); figures come from the catalogue."""
    facts = found.details
    if found.slug == "skill-builder":
        price = _("구독은 한 달 %(usd)s부터") % {"usd": format_usd(facts["usd_per_month_from"])}
        return price, _(
            "구독하지 않고 볼 수 있는 강의도 있어요. 무엇이 무료인지는 그 쪽에서 확인해요"
        )
    if found.slug == "educate":
        return _("무료"), _("%(age)s살부터, 카드 없이") % {"age": facts["min_age"]}
    if found.slug == "academy":
        remark = _("회원 학교의 학생만 들어가요. 제주 대학이 회원인지는 확인하지 못했어요")
        return _("회원 학교에서 들어요"), remark
    first, more = facts["credits_usd"]
    words = {"first": format_usd(first), "more": format_usd(more)}
    return _("가입하면 %(first)s, 활동하면 %(more)s까지 크레딧") % words, _("연습할 때 써요")
