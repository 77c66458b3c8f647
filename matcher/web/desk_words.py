"""Words of the university's and the centre's desk, in the reader's language."""

from datetime import date

from matcher.flows.cohort import Attention, Cohort, Figure, Sort
from matcher.flows.youth_desk import EndReason, ProofReason
from matcher.i18n import current_language, format_date
from matcher.i18n import gettext as _
from matcher.web.choices import Choices
from models.course import CourseState, EnrolmentState
from models.skill import Rater
from models.youth import Affiliation, AffiliationState

Row = dict[str, object]


def attention_words() -> dict[str, str]:
    return {
        Attention.CLAIM: _("확인을 기다리는 소속"),
        Attention.PROOF: _("확인을 기다리는 자격"),
        Attention.ANSWER: _("14일 넘게 답이 없는 지원"),
        Attention.UNMAPPED: _("목록에 없는 기술"),
        Attention.EXPIRING: _("90일 안에 끝나는 자격"),
        Attention.EXAM: _("14일 안에 보는 시험"),
    }


def counter_words() -> dict[str, tuple[str, str]]:
    """(what is counted, its unit) by counter."""
    people = {key: (text, _("명")) for key, text in attention_words().items()}
    return people | {
        "evidence": (_("확인을 기다리는 증빙"), _("건")),
        "badges": (_("누구의 것인지 살펴볼 배지"), _("건")),
        "select": (_("선발할 신청이 있는 과정"), _("개")),
        "unfinished": (_("이수를 적을 과정"), _("개")),
        "rounds": (_("두 번째 확인을 기다리는 배정"), _("건")),
        "plans": (_("답을 기다리는 길"), _("건")),
        "outcomes": (_("확인할 성과"), _("건")),
        "checks": (_("다시 물을 성과"), _("건")),
        "counselling": (_("적을 상담"), _("건")),
        "duplicates": (_("한 사람일 수 있는 짝"), _("개")),
        "soon": (_("14일 안에 살펴볼 과정"), _("개")),
    }


def sort_choices() -> Choices:
    return [
        (Sort.NAME, _("이름 순")),
        (Sort.SKILLS, _("기술이 많은 순")),
        (Sort.CERTIFICATES, _("자격이 많은 순")),
        (Sort.EXAM, _("시험이 가까운 순")),
        (Sort.APPLICATIONS, _("열린 지원이 많은 순")),
    ]


def affiliation_words() -> dict[str, str]:
    return {
        Affiliation.RISE_UNIVERSITY: _("RISE 대학 소속"),
        Affiliation.OTHER_SCHOOL: _("다른 학교 소속"),
        Affiliation.IN_WORK: _("재직 중"),
        Affiliation.NONE: _("소속 없음"),
    }


def affiliation_states() -> dict[str, str]:
    return {
        AffiliationState.CLAIMED: _("소속 확인 전"),
        AffiliationState.CONFIRMED: _("소속 확인함"),
        AffiliationState.ENDED: _("소속 끝남"),
    }


def end_reasons() -> Choices:
    return [
        (EndReason.NOT_OURS, _("우리 대학 사람이 아닙니다")),
        (EndReason.GRADUATED, _("졸업 뒤 함께하지 않기로 했습니다")),
        (EndReason.LEFT, _("학교를 떠났습니다")),
        (EndReason.ASKED, _("본인이 청했습니다")),
    ]


def see_reasons() -> Choices:
    return [
        (ProofReason.ORIGINAL, _("원본을 보았습니다")),
        (ProofReason.ISSUER_PAGE, _("발급처 화면을 보았습니다")),
        (ProofReason.SCHOOL_RECORD, _("학교 기록에 있습니다")),
    ]


def take_back_reasons() -> Choices:
    return [
        (ProofReason.MISTAKE, _("잘못 확인했습니다")),
        (ProofReason.NOT_THEIRS, _("본인의 자격이 아닙니다")),
    ]


def rater_words() -> dict[str, str]:
    return {
        Rater.TEST: _("시험"),
        Rater.CERTIFICATE: _("자격증"),
        Rater.COORDINATOR: _("대학"),
        Rater.PARTNER: _("기업"),
        Rater.SELF: _("본인이 적음"),
    }


def course_states() -> dict[str, str]:
    return {
        CourseState.DRAFT: _("공개 전"),
        CourseState.PUBLISHED: _("공개함"),
        CourseState.CLOSED: _("닫음"),
    }


def enrolment_states() -> dict[str, str]:
    return {
        EnrolmentState.APPLIED: _("선발 대기"),
        EnrolmentState.WAITLISTED: _("자리 대기"),
        EnrolmentState.ENROLLED: _("수강 중"),
        EnrolmentState.COMPLETED: _("이수함"),
        EnrolmentState.DROPPED: _("수강 그만둠"),
        EnrolmentState.CANCELLED: _("신청 취소"),
        EnrolmentState.NOT_SELECTED: _("선발되지 않음"),
        EnrolmentState.NOT_COMPLETED: _("수료하지 못함"),
    }


def stage_words() -> dict[str, str]:
    return {
        "people": _("함께하는 사람"),
        "skills": _("기술을 적음"),
        "certificate": _("AWS 자격 보유"),
        "course": _("과정 이수"),
        "applied": _("공고 지원"),
        "interviewed": _("면접까지 감"),
        "hired": _("채용"),
    }


def level_words() -> dict[str, str]:
    return {
        "foundational": _("파운데이셔널"),
        "associate": _("어소시에이트"),
        "professional": _("프로페셔널"),
        "specialty": _("스페셜티"),
    }


def charts(cohort: Cohort) -> dict[str, list[Row]]:
    """Rows for the chart macros; a hidden number is a word, never a zero."""
    stages, levels = stage_words(), level_words()
    return {
        "stages": [
            {"label": stages[each.key], "n": each.cell.n, "say": hidden(each)}
            for each in cohort.stages
        ],
        "levels": [
            {"label": levels[each.key], "value": each.cell.n or 0, "shown": hidden(each)}
            for each in cohort.levels
        ],
        "months": [
            {
                "label": _month(each.key),
                "value": each.cell.n or 0,
                "shown": hidden(each),
            }
            for each in cohort.months
        ],
    }


def _month(first: str) -> str:
    """Short enough to stand under a column: 11월, Nov."""
    parts = format_date(date.fromisoformat(first), "month").split()
    return parts[-1] if current_language() == "ko" else parts[0]


def hidden(figure: Figure) -> str:
    """What stands in place of a number that is not shown; empty when it is."""
    if figure.cell.n is not None:
        return ""
    return _("5명 미만") if figure.cell.is_small else _("가림")


def passed_word() -> str:
    """A pass whose last valid day nobody knows."""
    return _("합격함")
