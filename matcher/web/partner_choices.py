"""Words for what partners and the centre choose from, in the reader's language."""

from matcher.catalogue.roles import load_roles
from matcher.flows.approvals import ReturnReason
from matcher.i18n import current_language
from matcher.i18n import gettext as _
from matcher.policy import refusals
from matcher.policy.forbidden_topics import Topic
from matcher.policy.states import ApplicationAction
from matcher.web.choices import Choices
from models.account import Role
from models.application import (
    ApplicationState,
    ClosingCause,
    IntroductionState,
    LateReason,
    RefusalReason,
)
from models.opening import OpeningState, RequirementKind


def role_choices() -> Choices:
    return [(role.slug, role.name(current_language())) for role in load_roles()]


def requirement_kinds() -> Choices:
    return [
        (RequirementKind.MUST, _("필수")),
        (RequirementKind.NICE, _("우대")),
        (RequirementKind.LICENCE, _("법정 자격")),
        (RequirementKind.EXCLUDE, _("제외")),
    ]


def opening_states() -> dict[OpeningState, str]:
    return {
        OpeningState.DRAFT: _("작성 중"),
        OpeningState.SUBMITTED: _("승인 기다림"),
        OpeningState.PUBLISHED: _("모집 중"),
        OpeningState.RETURNED: _("돌아옴"),
        OpeningState.CLOSED: _("마감함"),
        OpeningState.FILLED: _("채용 마침"),
    }


def application_states() -> dict[ApplicationState, str]:
    return {
        ApplicationState.SENT: _("새 지원"),
        ApplicationState.UNDER_REVIEW: _("검토 중"),
        ApplicationState.INTERVIEW: _("면접"),
        ApplicationState.OFFERED: _("채용 제안"),
        ApplicationState.ACCEPTED: _("제안 수락"),
        ApplicationState.HIRED: _("채용"),
        ApplicationState.REFUSED: _("거절함"),
        ApplicationState.WITHDRAWN: _("지원 취소"),
        ApplicationState.HIRED_ELSEWHERE: _("다른 곳에 채용"),
        ApplicationState.CLOSED: _("답 없이 끝남"),
    }


def application_actions() -> dict[ApplicationAction, str]:
    return {
        ApplicationAction.REVIEW: _("검토 시작하기"),
        ApplicationAction.INVITE: _("면접으로 옮기기"),
        ApplicationAction.OFFER: _("채용 제안하기"),
        ApplicationAction.HIRE: _("채용으로 마치기"),
        ApplicationAction.REOPEN: _("다시 검토하기"),
    }


def introduction_states() -> dict[IntroductionState, str]:
    return {
        IntroductionState.REQUESTED: _("답 기다림"),
        IntroductionState.ACCEPTED: _("수락"),
        IntroductionState.REFUSED: _("사양"),
        IntroductionState.WITHDRAWN: _("요청 취소"),
        IntroductionState.LAPSED: _("기한 지남"),
    }


def refusal_choices() -> Choices:
    """The reasons a form offers; retired ones keep their name in `refusal_names`."""
    return [each for each in _refusals() if refusals.is_offered(RefusalReason(each[0]))]


def refusal_names() -> dict[str, str]:
    return dict(_refusals())


def closing_causes() -> dict[ClosingCause, str]:
    """Why an application ended that nobody refused."""
    return {
        ClosingCause.ACCEPTED_ELSEWHERE: _("다른 곳의 제안을 받아들였습니다"),
        ClosingCause.ANSWER_TIME_PASSED: _("약속한 날까지 답하지 않았습니다"),
        ClosingCause.OPENING_ENDED: _("공고를 끝냈습니다"),
    }


def late_reasons() -> Choices:
    return [
        (LateReason.STILL_READING, _("아직 읽고 있습니다")),
        (LateReason.WAITING_FOR_COLLEAGUE, _("동료를 기다립니다")),
        (LateReason.ON_HOLD, _("이 자리를 잠시 멈췄습니다")),
    ]


def actor_roles() -> dict[Role, str]:
    """Who took a step, where the person's name is not the reader's to see."""
    return {Role.PARTNER: _("우리 기업"), Role.YOUTH: _("지원자"), Role.CENTRE: _("센터")}


def _refusals() -> Choices:
    return [
        (RefusalReason.LACKS_SKILL, _("필요한 기술이 모자랍니다")),
        (RefusalReason.LACKS_CERTIFICATE, _("필요한 자격증이 없습니다")),
        (RefusalReason.LACKS_LICENCE, _("법정 자격이 없습니다")),
        (RefusalReason.NOT_REACHABLE, _("연락이 닿지 않았습니다")),
        (RefusalReason.MISSED_INTERVIEW, _("면접에 오지 않았습니다")),
        (RefusalReason.HIRED_ELSEWHERE, _("다른 곳에 채용되었습니다")),
        (RefusalReason.IN_TRAINING, _("교육을 받는 중입니다")),
        (RefusalReason.NOT_ELIGIBLE, _("지원 조건에 맞지 않습니다")),
        (RefusalReason.NOT_MOBILE, _("근무지에 올 수 없습니다")),
        (RefusalReason.NOT_INTERESTED, _("본인이 원하지 않았습니다")),
        (RefusalReason.POSITION_FILLED, _("다른 분을 채용했습니다")),
        (RefusalReason.DUPLICATE, _("같은 지원이 이미 있습니다")),
        (RefusalReason.OTHER, _("그 밖의 이유")),
    ]


def return_reasons() -> Choices:
    return [
        (ReturnReason.FORBIDDEN_TOPIC, _("물을 수 없는 내용이 있습니다")),
        (ReturnReason.UNCLEAR_WORK, _("하는 일이 분명하지 않습니다")),
        (ReturnReason.UNCLEAR_PAY, _("급여나 조건이 분명하지 않습니다")),
        (ReturnReason.NOT_A_JOB, _("채용 공고가 아닙니다")),
        (ReturnReason.NOT_VERIFIED, _("기업을 확인하지 못했습니다")),
        (ReturnReason.OTHER, _("그 밖의 이유")),
    ]


def topics() -> dict[Topic, str]:
    return {
        Topic.LOOKS: _("외모"),
        Topic.BODY: _("키와 몸무게"),
        Topic.BIRTHPLACE: _("출신 지역"),
        Topic.MARRIAGE: _("혼인"),
        Topic.PROPERTY: _("재산"),
        Topic.FAMILY: _("가족의 학력과 직업"),
        Topic.SEX: _("성별"),
        Topic.AGE: _("나이"),
        Topic.BELIEF: _("믿음"),
        Topic.ILLNESS: _("병력"),
    }


def hit_fields() -> dict[str, str]:
    return {
        "title_ko": _("한국어 제목"),
        "title_en": _("영어 제목"),
        "description": _("하는 일"),
    }


def returned_words(stored: str) -> tuple[str, str]:
    """A stored return reason as (text of the code, free words)."""
    code, _bar, words = stored.partition("|")
    return dict(return_reasons()).get(code, ""), words
