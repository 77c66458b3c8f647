"""Words for what a desk chooses from while it writes a course or works in a session."""

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.course_fields import course_vocabulary
from matcher.flows.completing_desk import Standing
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.web.choices import Choices, of_terms
from models.attendance import AttendanceState
from models.course import CourseSelection, CourseSkillKind
from models.venue import VenueItemKind


def selection_choices() -> Choices:
    return [
        (CourseSelection.FIRST_COME, _("신청한 차례대로 자리를 줍니다")),
        (CourseSelection.BY_DESK, _("신청을 받은 뒤 대학이 뽑습니다")),
    ]


def skill_kinds() -> Choices:
    return [
        (CourseSkillKind.GAINED, _("배우면 오르는 기술")),
        (CourseSkillKind.NEEDED, _("먼저 알아야 하는 기술")),
    ]


def field_names() -> Choices:
    return of_terms(course_vocabulary().fields)


def certification_choices() -> Choices:
    return [
        (each.id, f"{each.id} · {in_language(each.name_ko, each.name_en)}")
        for each in load_programme().certifications
    ]


def attendance_words() -> dict[str, str]:
    return {
        AttendanceState.PRESENT: _("출석"),
        AttendanceState.LATE: _("지각"),
        AttendanceState.ABSENT: _("결석"),
        AttendanceState.EXCUSED: _("공결"),
    }


def not_selected_reasons() -> Choices:
    return [
        ("seats", _("자리보다 신청이 많았습니다")),
        ("eligibility", _("교육 대상에 맞지 않습니다")),
        ("level", _("과정의 수준과 맞지 않습니다")),
        ("repeat", _("같은 내용을 이미 들었습니다")),
        ("other", _("그 밖의 이유")),
    ]


def item_kinds() -> Choices:
    return [
        (VenueItemKind.ROOM, _("강의실")),
        (VenueItemKind.PC, _("PC")),
        (VenueItemKind.DEVICE, _("시험 기기")),
        (VenueItemKind.OTHER, _("그 밖의 장비")),
    ]


def missing_words() -> dict[str, str]:
    return {
        "content": _("배우는 내용"),
        "eligibility": _("들을 수 있는 사람"),
        "place": _("장소"),
        "contact": _("문의"),
        "rise_project": _("RISE 사업"),
        "rise_code": _("RISE 과제번호"),
    }


def standing_words() -> dict[str, str]:
    return {
        Standing.MEETS: _("기준을 채움"),
        Standing.SHORT: _("출석이 모자람"),
        Standing.NO_WORK: _("과제 확인 안 됨"),
        Standing.OPEN: _("정하지 못함"),
        Standing.COLLEAGUE: _("다른 담당자가 적음"),
    }


def bad_day() -> str:
    return _("날짜를 2026-12-31처럼 적어 주세요.")
