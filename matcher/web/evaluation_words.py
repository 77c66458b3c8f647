"""Words of the results and of the evaluation packs, in the reader's language."""

from matcher.i18n import gettext as _


def stage_words() -> dict[str, str]:
    return {
        "registered": _("함께하는 사람"),
        "studying": _("과정에 자리를 얻음"),
        "certified": _("AWS 자격을 취득함"),
        "matched": _("공고와 이어짐"),
        "interviewed": _("면접까지 감"),
        "hired": _("취업"),
        "stayed_6": _("6개월 뒤에도 제주에서 일함"),
        "stayed_12": _("12개월 뒤에도 제주에서 일함"),
    }


def stage_definitions() -> dict[str, str]:
    return {
        "registered": _(
            "스스로 가입했거나 파일로 넣어 명부에 있는 사람. "
            "소속이 끝난 사람과 계정을 지운 사람은 빠집니다."
        ),
        "studying": _("과정에 자리를 얻은 적이 있는 사람. 그만둔 사람도 셉니다."),
        "certified": _("AWS 자격에 한 번이라도 합격한 사람. 지금은 끝난 자격도 셉니다."),
        "matched": _("공고에 지원했거나 기업의 소개 요청을 받아들인 사람."),
        "interviewed": _("지원이 면접이나 그 뒤 단계까지 간 적이 있는 사람."),
        "hired": _("여기서 채용된 사람과, 취업이 확인된 사람."),
        "stayed_6": _("취업이 확인되었고, 여섯 달 뒤 확인에서 일하며 제주에 있던 사람."),
        "stayed_12": _("취업이 확인되었고, 열두 달 뒤 확인에서 일하며 제주에 있던 사람."),
    }  # fmt: skip


def dimension_words() -> dict[str, str]:
    return {
        "university": _("소속 대학"),
        "project": _("RISE 프로젝트"),
        "sector": _("바라는 산업"),
        "cohort": _("시작 학기나 졸업 해"),
        "year": _("가입한 사업연도"),
    }


def measure_words() -> dict[str, str]:
    """The counts that indicators are made of."""
    return {
        "places": _("모집 인원"),
        "applied": _("신청"),
        "selected": _("선발·수강"),
        "completed": _("수료"),
        "dropped": _("중도탈락"),
        "shared": _("공유대학 과정 수강"),
        "adult": _("재직 성인학습자 수강"),
        "participants": _("참여자(실인원)"),
        "completers": _("수료자(실인원)"),
        "certified": _("AWS 자격을 딴 참여자"),
        "foundational": _("파운데이셔널 자격 취득"),
        "associate": _("어소시에이트 자격 취득"),
        "professional": _("프로페셔널 자격 취득"),
        "specialty": _("스페셜티 자격 취득"),
        "employed_3": _("3개월 뒤에도 일하던 수료자"),
        "employed_6": _("6개월 뒤에도 일하던 수료자"),
        "employed_known": _("일하는 곳을 아는 취업 수료자"),
        "employed_jeju": _("제주에서 일하는 수료자"),
        "told": _("결과를 아는 수료자"),
        "unknown": _("결과를 모르는 수료자"),
        "unknown_3": _("3개월 뒤를 모르는 수료자"),
        "unknown_6": _("6개월 뒤를 모르는 수료자"),
        "unknown_place": _("일하는 곳을 모르는 취업 수료자"),
        "startups": _("창업"),
        "interns": _("현장실습·인턴십 참여"),
        "postings": _("채용공고"),
        "firms": _("참여기업"),
    }


def table_words() -> dict[str, str]:
    """What a counted row is, by the table it stands in."""
    return {
        "course_session": _("차수"),
        "enrolment": _("수강 신청"),
        "youth_profile": _("사람"),
        "certification_record": _("자격 기록"),
        "outcome": _("성과 기록"),
        "application": _("지원"),
        "opening": _("공고"),
        "organisation": _("기업"),
    }
