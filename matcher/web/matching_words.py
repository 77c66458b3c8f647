"""Words and choices of the matching side that a young person or a visitor reads."""

from matcher.catalogue.course_fields import course_vocabulary
from matcher.catalogue.rise_projects import rise_projects
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.web.choices import Choices, of_terms, sector_choices


def sector_or_common_choices() -> Choices:
    return [*sector_choices(), ("common", _("공통"))]


def mode_choices() -> Choices:
    return of_terms(course_vocabulary().modes)


def teaching_language_choices() -> Choices:
    return of_terms(course_vocabulary().languages)


def course_kind_choices() -> Choices:
    return of_terms(course_vocabulary().kinds)


def course_level_choices() -> Choices:
    return of_terms(course_vocabulary().levels)


def project_choices() -> Choices:
    return [(each.slug, in_language(each.name_ko, each.name_en)) for each in rise_projects()]


def weekdays() -> dict[int, str]:
    """1 = Monday."""
    names = (_("월"), _("화"), _("수"), _("목"), _("금"), _("토"), _("일"))
    return dict(enumerate(names, start=1))


def application_words() -> dict[str, str]:
    """Where an application stands, to the person who sent it."""
    return {
        "sent": _("보냈어요"),
        "under_review": _("서류를 보고 있어요"),
        "interview": _("면접에 불렀어요"),
        "offered": _("함께하자고 했어요"),
        "accepted": _("제안을 받아들였어요"),
        "hired": _("함께 일하고 있어요"),
        "refused": _("이번에는 함께하지 못해요"),
        "withdrawn": _("내가 거뒀어요"),
        "hired_elsewhere": _("다른 곳에서 일하게 됐어요"),
        "closed": _("답 없이 끝났어요"),
    }


def closing_words() -> dict[str, str]:
    """Why an application ended that nobody refused, by its cause."""
    return {
        "accepted_elsewhere": _("내가 다른 곳의 제안을 받아들여 함께 끝났어요."),
        "answer_time_passed": _(
            "기업이 약속한 날까지 답하지 않아 끝났어요. 거절한 것이 아니고, 기업의 답변율에 남아요."
        ),
        "opening_ended": _("기업이 공고를 끝내서 함께 끝났어요. 거절한 것이 아니에요."),
    }


def late_words() -> dict[str, str]:
    """Why the partner needs a few days more."""
    return {
        "still_reading": _("아직 지원서를 읽고 있다고 해요."),
        "waiting_for_colleague": _("함께 정할 동료를 기다리고 있다고 해요."),
        "on_hold": _("이 자리를 잠시 멈췄다고 해요."),
    }


def refusal_words() -> dict[str, str]:
    """The partner's coded reason, when it chose to share it."""
    return {
        "lacks_skill": _("필요한 기술이 모자랐어요."),
        "lacks_certificate": _("필요한 자격증이 없었어요."),
        "lacks_licence": _("필요한 면허가 없었어요."),
        "not_reachable": _("연락이 닿지 않았어요."),
        "missed_interview": _("면접에 오지 못했어요."),
        "hired_elsewhere": _("다른 곳에서 일하게 되었어요."),
        "in_training": _("교육을 받는 중이었어요."),
        "not_eligible": _("지원 자격에 맞지 않았어요."),
        "not_mobile": _("일하는 곳까지 다니기 어려웠어요."),
        "not_interested": _("서로 바라는 것이 달랐어요."),
        "position_filled": _("자리가 먼저 찼어요."),
        "duplicate": _("같은 지원이 두 번 있었어요."),
        "other": _("다른 까닭이 있었어요."),
    }


def introduction_words() -> dict[str, str]:
    return {
        "requested": _("답을 기다려요"),
        "accepted": _("받아들였어요"),
        "refused": _("거절했어요"),
        "withdrawn": _("기업이 거뒀어요"),
        "lapsed": _("답할 날이 지났어요"),
    }
