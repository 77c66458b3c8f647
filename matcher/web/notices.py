"""Short confirmations shown once after a redirect; the cookie carries only the key."""

from matcher.i18n import gettext as _

NOTICE_COOKIE = "oreum-notice"


def notice_text(key: str | None) -> str | None:
    return _texts().get(key or "")


def _texts() -> dict[str, str]:
    return {
        "signed-out": _("로그아웃했어요."),
        "saved": _("저장했어요."),
        "calendar-ended": _("주소를 없앴어요. 그 주소로는 이제 아무것도 보이지 않아요."),
        "subsidy-added": _("제도를 올렸습니다."),
        "subsidy-changed": _("남은 예산을 저장했습니다."),
        "subsidy-ended": _("제도를 끝냈습니다."),
        "consent-needed": _("서비스 이용 동의가 없어서 점수를 매기거나 보내지 않아요."),
        "item-saved": _("나중에 볼 것에 담았어요."),
        "item-unsaved": _("나중에 볼 것에서 뺐어요."),
        "applied": _("지원을 보냈어요."),
        "application-withdrawn": _("지원을 거뒀어요. 기업은 이제 볼 수 없어요."),
        "introduction-accepted": _("제안을 받아들였어요. 기업이 곧 연락할 거예요."),
        "introduction-refused": _("거절했어요. 기업에는 이름이 가지 않았어요."),
        "enrolled": _("자리를 잡았어요."),
        "plan-accepted": _("길을 골랐어요. 날짜가 있는 할 일이 됐어요."),
        "plan-moved": _("남은 날짜를 모두 옮겼어요."),
        "plan-submitted": _("확인을 부탁했어요. 답이 오면 메일로 알려요."),
        "plan-abandoned": _("길을 그만뒀어요. 기록은 남아 있어요."),
        "waitlisted": _("대기에 올렸어요. 자리가 나면 메일로 알려요."),
        "enrolment-ended": _("신청을 거뒀어요."),
        "confirmed": _("이메일을 확인했어요. 이제 로그인해 주세요."),
        "password-changed": _("비밀번호를 바꿨어요. 다른 기기에서는 로그아웃했어요."),
        "password-set": _("새 비밀번호를 정했어요. 이제 로그인해 주세요."),
        "session-ended": _("그 기기에서 로그아웃했어요."),
        "token-revoked": _("토큰을 없앴어요."),
        "consent-given": _("동의를 저장했어요."),
        "consent-withdrawn": _("동의를 거뒀어요. 지금부터 바로 적용돼요."),
        "erased": _("계정과 기록을 모두 지웠어요."),
        "admin-saved": _("저장했습니다."),
        "admin-invited": _("초대 메일을 보냈습니다."),
        "affiliation-confirmed": _("소속을 확인했습니다. 본인에게 메일로 알립니다."),
        "affiliation-ended": _("소속을 끝냈습니다. 본인에게 메일로 알립니다."),
        "proof-judged": _("자격의 확인을 저장했습니다. 본인에게 메일로 알립니다."),
        "skill-rated": _("기술의 수준을 저장했습니다. 본인에게 메일로 알립니다."),
        "plan-approved": _("길을 승인했습니다. 본인에게 메일로 알립니다."),
        "plan-returned": _("길을 돌려보냈습니다. 본인에게 메일로 알립니다."),
        "vouchers-added": _("바우처를 넣었습니다."),
        "voucher-assigned": _("바우처를 주었습니다. 본인에게 메일로 알립니다."),
        "vouchers-allocated": _("고른 사람 모두에게 바우처를 주었습니다. 메일로 알립니다."),
        "course-published": _("과정을 공개했습니다."),
        "course-closed": _("과정을 닫았습니다."),
        "enrolment-finished": _("수강 결과를 저장했습니다. 본인에게 메일로 알립니다."),
        "opening-saved": _("공고를 저장했습니다."),
        "opening-published": _("공고를 올렸습니다."),
        "opening-submitted": _("공고를 냈습니다. 센터가 읽고 답합니다."),
        "opening-rechecked": _("바뀐 공고를 센터가 다시 읽습니다. 그동안 공고는 보이지 않습니다."),
        "opening-ended": _("공고를 끝냈습니다. 기다리던 사람들에게 알렸습니다."),
        "opening-copied": _("공고를 베꼈습니다. 날짜를 확인해 주십시오."),
        "opening-not-editable": _("지금은 고칠 수 없는 공고입니다."),
        "opening-decided": _("공고에 답했습니다."),
        "partner-decided": _("기업에 답했습니다."),
        "candidate-marked": _("표시를 저장했습니다."),
        "introduction-asked": _("소개를 청했습니다. 후보가 답하면 알려 드립니다."),
        "introduction-withdrawn": _("요청을 거두었습니다."),
        "application-moved": _("지원의 단계를 옮겼습니다."),
        "application-refused": _("거절을 저장하고 지원자에게 알렸습니다."),
    }
