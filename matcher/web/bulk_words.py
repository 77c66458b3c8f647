"""Words for kinds of files, states of imports and tables."""

from matcher.flows.exporting import LISTS
from matcher.flows.importing.tasks import DESK_KINDS
from matcher.i18n import gettext as _
from matcher.web.choices import Choices


def kind_words() -> dict[str, str]:
    return {
        "youths": _("명부 (사람)"),
        "enrolments": _("수강 명단"),
        "attendance": _("출석 기록"),
        "completions": _("수료 결과"),
        "outcomes": _("취업·창업 결과"),
        "courses": _("과정과 차수"),
        "skills": _("기술 기록"),
        "certifications": _("자격 기록"),
        "openings": _("공고"),
        "job_feed": _("고용24 공고 형식"),
        "taxonomy": _("기술 목록"),
        "hrdnet": _("고용24 훈련과정"),
    }


def kind_choices() -> Choices:
    words = kind_words()
    return [(kind, words[kind]) for kind in DESK_KINDS]


def list_choices() -> Choices:
    words = kind_words() | {
        "applications": _("지원의 상태"),
        "vouchers": _("시험 바우처"),
        "plans": _("맡긴 길"),
    }
    return [(kind, words[kind]) for kind in LISTS]


def state_words() -> dict[str, str]:
    return {
        "waiting": _("차례를 기다림"),
        "checking": _("줄마다 확인하는 중"),
        "checked": _("확인을 마침"),
        "refused": _("고칠 곳이 있음"),
        "ordered": _("저장할 차례를 기다림"),
        "storing": _("저장하는 중"),
        "stored": _("저장함"),
        "dropped": _("그만둠"),
        "failed": _("하지 못함"),
    }


def table_words() -> dict[str, str]:
    return {
        "account": _("계정"),
        "membership": _("계정의 역할"),
        "youth_profile": _("사람"),
        "youth_wish": _("희망"),
        "consent": _("서면 동의"),
        "skill_record": _("기술 기록"),
        "unmapped_skill": _("목록에 없는 기술"),
        "certification_record": _("자격 기록"),
        "course": _("과정"),
        "course_session": _("과정의 차수"),
        "course_skill": _("과정의 기술"),
        "enrolment": _("수강"),
        "class_meeting": _("수업 기록"),
        "attendance": _("출석 기록"),
        "credential": _("이수증 기록"),
        "outcome": _("취업·창업 결과"),
        "outcome_check": _("결과의 뒷날 확인"),
        "organisation": _("기관"),
        "opening": _("공고"),
        "opening_requirement": _("공고의 조건"),
        "opening_version": _("공고의 바뀐 내역"),
        "skill_framework": _("기술 틀"),
        "framework_skill": _("기술 틀의 기술"),
    }
