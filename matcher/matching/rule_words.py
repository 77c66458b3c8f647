"""A refusal or notice of the rules engine in words, with its source."""

from matcher.i18n import format_date, josa
from matcher.i18n import gettext as _
from matcher.planning.certification_rules import RuleRefusal


def with_source(refusal: RuleRefusal) -> str:
    return f"{words(refusal)} ({refusal.source})"


def words(refusal: RuleRefusal) -> str:
    return _text(refusal) % {
        "exam": refusal.exam_code,
        "language": (spoken := language_name(refusal.language)),
        "language_object": josa(spoken, "을/를"),
        "until": format_date(refusal.until, "long") if refusal.until else "",
        "day": format_date(refusal.last_day, "long") if refusal.last_day else "",
    }


def language_name(code: str) -> str:
    names = {"ko": _("한국어"), "en": _("영어"), "ja": _("일본어"), "zh": _("중국어")}
    return names.get(code.split("-")[0], code)


def _text(refusal: RuleRefusal) -> str:
    is_too_late = (
        refusal.until is not None
        and refusal.last_day is not None
        and refusal.until > refusal.last_day
    )
    match refusal.code:
        case "retake_wait" if is_too_late:
            return _("떨어진 뒤 14일이 지나야 하는데 %(exam)s 시험은 %(day)s에 끝나요.")
        case "retake_wait":
            return _("떨어진 뒤 14일이 지나야 다시 볼 수 있어요. %(until)s부터 돼요.")
        case "repeat_block":
            return _("합격한 시험은 2년 동안 다시 볼 수 없어요. %(until)s부터 돼요.")
        case "exam_ended" if refusal.last_day is None:
            return _("%(exam)s 시험은 이제 볼 수 없어요.")
        case "start_unknown" if refusal.until is not None:
            return _(
                "%(exam)s 정식 시험의 첫날은 아직 확인되지 않았어요. "
                "%(until)s이라는 말이 있지만 AWS가 확인하지 않았어요."
            )
        case _:
            return _fixed()[refusal.code]


def _fixed() -> dict[str, str]:
    return {
        "beta_once": _("베타 시험은 한 번만 볼 수 있어요."),
        "guardian_consent": _(
            "만 13세부터 17세까지는 보호자가 동의해야 시험을 볼 수 있어요. "
            "AWS 계정도 보호자가 만들어요."
        ),
        "too_young": _("AWS 시험은 만 13세부터 볼 수 있어요. %(until)s부터 돼요."),
        "not_yet": _("%(exam)s 시험은 %(until)s부터 볼 수 있어요."),
        "exam_ended": _("%(exam)s 시험은 %(day)s에 끝났어요."),
        "start_unknown": _("%(exam)s 정식 시험의 첫날은 아직 정해지지 않았어요."),
        "language_missing": _("%(exam)s 시험은 %(language)s로 볼 수 없어요."),
        "language_ended": _("%(exam)s 시험을 %(language)s로 볼 수 있는 날은 %(day)s에 끝났어요."),
        "no_proctor": _(
            "집에서 시험을 보면 %(language_object)s 하는 감독관이 없어서 "
            "감독관과는 다른 언어로 이야기해요."
        ),
        "renewal_needs_active": _(
            "%(day)s에 끝난 자격은 갱신할 수 없어요. 시험에 다시 합격해야 해요."
        ),
        "retired_renewal": _(
            "시험이 없어지는 자격은 갱신할 수 없어요. %(day)s까지는 그대로 유효해요."
        ),
        "maintain_not_eligible": _("이 자격은 시험 없이 1년 늘릴 수 없어요."),
        "maintain_too_early": _("만료 90일 전인 %(until)s부터 시험 없이 1년 늘릴 수 있어요."),
        "no_combination": _("이 조건으로는 %(day)s 뒤에도 자격을 이어 갈 방법이 없어요."),
    }
