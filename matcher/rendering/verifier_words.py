"""What the checking page says beside verdicts and reasons, by key, in the reader's language."""

from matcher.i18n import gettext as _
from matcher.rendering import proof_levels


def page_words() -> dict[str, str]:
    return {**_frame(), **_reasons(), **_rows()}


def _frame() -> dict[str, str]:
    return {
        "title": _("서명된 기록 확인"),
        "heading": _("이 기록이 진짜인지 여기서 확인해요"),
        "lead": _(
            "확인은 이 기기 안에서만 해요. 붙여 넣은 글도 파일도 어디로도 보내지 않고, 이 화면을 "
            "파일로 내려받으면 인터넷 없이도 열려요."
        ),
        "as_of": _("발급 기관의 열쇠와 취소 목록: %(at)s 기준, %(days)s일 전"),
        "old": _(
            "이 화면의 취소 목록은 7일이 넘었어요. 그 뒤에 취소된 것은 알 수 없으니 새로 "
            "내려받아 주세요."
        ),
        "text": _("기록이나 배지의 글, 또는 코드를 찍어 나온 글"),
        "text_hint": _("코드가 여럿이면 찍은 글을 한 줄에 하나씩 모두 붙여 넣어 주세요."),
        "file": _("또는 파일"),
        "file_hint": _("서명 파일, JSON, 배지 그림(PNG, SVG). 이 화면에 끌어다 놓아도 돼요."),
        "email": _("누구의 것인지 맞춰 볼 이메일"),
        "email_hint": _("적으면 그 사람의 것인지도 봐요. 비워 두어도 돼요."),
        "check": _("확인하기"),
        "results": _("확인한 결과"),
        "no_script": _(
            "이 화면은 기기 안에서 계산하므로 자바스크립트가 있어야 해요. 없으면 명령으로 "
            "확인해 주세요: python -m matcher verify"
        ),
        "limits": _(
            "이 화면은 Ed25519로 서명한 토큰만 확인해요. 다른 방식의 배지는 명령으로 확인해 "
            "주세요: python -m matcher verify"
        ),
    }


def _reasons() -> dict[str, str]:
    """Of this page alone; `credentials.words` has the others."""
    return {
        "reason_parts_mixed": _("서로 다른 기록의 코드가 섞였어요."),
        "reason_parts_missing": _("코드 %(of)s개 가운데 %(numbers)s번이 없어요. 마저 찍어 주세요."),
        "reason_parts_broken": _("코드의 글자가 바뀌었어요."),
        "reason_proof_not_here": _("이 화면은 이 방식의 서명을 확인하지 못해요(Data Integrity)."),
        "reason_facts_not_here": _(
            "이름 없는 사실 증명이에요. 오름의 사실 증명 확인 화면(/facts)에서 확인해 주세요."
        ),
        "inside_number": _("%(number)s번째: %(text)s"),
        "reason_picture_packed": _("그림 안의 배지가 압축되어 있어 이 화면은 읽지 못해요."),
    }


def _rows() -> dict[str, str]:
    return {
        "says": _("이 기록이 말하는 것"),
        "says_not_proved": _("적혀 있는 것 (증명되지 않았어요)"),
        "whole": _("서명된 글 그대로 보기"),
        "row_issuer": _("발급 기관"),
        "row_issuer_id": _("발급 기관의 주소"),
        "row_name": _("이름"),
        "row_named": _("받은 사람"),
        "named_hashed": _("이메일의 지문으로만 적혀 있어요"),
        "row_achievement": _("이룬 것"),
        "row_description": _("설명"),
        "row_level": _("수준"),
        "row_valid_from": _("서명한 날"),
        "row_valid_until": _("끝나는 날"),
        "row_certificate": _("자격"),
        "row_skill": _("기술"),
        "skill_level": _("%(n)s수준 (1에서 5까지)"),
        "row_courses": _("마친 과정 수"),
        "row_project": _("발표한 프로젝트"),
        "row_left": _("코드에 들어가지 않은 줄 수"),
        "row_demo": _("데모"),
        "demo_words": _("지어낸 사람의 지어낸 기록이에요"),
        "row_list_age": _("취소 목록"),
        "list_of": _("%(at)s 기준, %(days)s일 전"),
        **{f"proof_{level}": name for level, name in proof_levels.names().items()},
    }
