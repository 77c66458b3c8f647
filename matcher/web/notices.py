"""Short confirmations shown once after a redirect; the cookie carries only the key."""

from collections.abc import Callable, Mapping

from matcher.i18n import gettext as _

NOTICE_COOKIE = "oreum-notice"


def notice_text(key: str | None) -> str | None:
    """None for a key nobody sets: a cookie is only what a browser sends."""
    if not key:
        return None
    return next((found[key] for table in _TABLES if key in (found := table())), None)


def _account() -> Mapping[str, str]:
    return {
        "signed-out": _("로그아웃했어요."),
        "saved": _("저장했어요."),
        "calendar-ended": _("주소를 없앴어요. 그 주소로는 이제 아무것도 보이지 않아요."),
        "consent-needed": _("서비스 이용 동의가 없어서 점수를 매기거나 보내지 않아요."),
        "confirmed": _("이메일을 확인했어요. 이제 로그인해 주세요."),
        "password-changed": _("비밀번호를 바꿨어요. 다른 기기에서는 로그아웃했어요."),
        "password-set": _("새 비밀번호를 정했어요. 이제 로그인해 주세요."),
        "session-ended": _("그 기기에서 로그아웃했어요."),
        "token-revoked": _("토큰을 없앴어요."),
        "consent-given": _("동의를 저장했어요."),
        "consent-withdrawn": _("동의를 거뒀어요. 지금부터 바로 적용돼요."),
        "erased": _("계정과 기록을 모두 지웠어요."),
        "view-saved": _("보기를 저장했습니다."),
    }


def _own_work() -> Mapping[str, str]:
    return {
        "item-saved": _("나중에 볼 것에 담았어요."),
        "item-unsaved": _("나중에 볼 것에서 뺐어요."),
        "applied": _("지원을 보냈어요."),
        "still-looking": _("고마워요. 기업에 이름을 가린 채 계속 보여요."),
        "not-looking": _("감췄어요. 기업 목록에 보이지 않고, 지운 것은 없어요."),
        "application-withdrawn": _("지원을 거뒀어요. 기업은 이제 볼 수 없어요."),
        "introduction-accepted": _("제안을 받아들였어요. 기업이 곧 연락할 거예요."),
        "introduction-refused": _("거절했어요. 기업에는 이름이 가지 않았어요."),
        "promise-taken": _("약속을 받았어요. 갖추면 여기에서 면접을 청할 수 있어요."),
        "promise-dropped": _("약속을 내려놓았어요."),
        "promise-claimed": _("면접을 청했어요. 기업이 면접 시간을 알려 줄 거예요."),
        "interview-taken": _("면접을 잡았어요. 기업에도 알렸어요."),
        "interview-cancelled": _("면접을 취소했어요. 기업에도 알렸어요."),
        "interview-waiting": _("저장했어요."),
        "offer-accepted": _("제안을 받아들였어요. 기업에 알렸어요."),
        "offer-declined": _("제안을 거절했어요. 기업에 알렸어요."),
    }


def _own_way() -> Mapping[str, str]:
    return {
        "credentials-signed": _("서명했어요. 이제 파일로 받을 수 있어요."),
        "enrolled": _("자리를 잡았어요."),
        "course-applied": _("신청했어요. 뽑은 결과는 메일로 알려요."),
        "checked-in": _("출석으로 적었어요."),
        "own-booking-made": _("예약했어요."),
        "own-booking-cancelled": _("예약을 거뒀어요."),
        "checked-in-late": _("지각으로 적었어요."),
        "suggestion-declined": _("제안을 받지 않았어요."),
        "plan-accepted": _("길을 골랐어요. 날짜가 있는 할 일이 됐어요."),
        "plan-moved": _("남은 날짜를 모두 옮겼어요."),
        "plan-submitted": _("확인을 부탁했어요. 답이 오면 메일로 알려요."),
        "plan-abandoned": _("길을 그만뒀어요. 기록은 남아 있어요."),
        "waitlisted": _("대기에 올렸어요. 자리가 나면 메일로 알려요."),
        "enrolment-ended": _("신청을 거뒀어요."),
        "evidence-handed-in": _("증빙을 냈어요. 답이 오면 메일로 알려요."),
        "evidence-withdrawn": _("파일을 거뒀어요."),
        "badge-checked": _("지금 아는 것으로 다시 확인했어요."),
        "badge-withdrawn": _("배지를 거뒀어요. 이 배지로만 확인된 단계는 내려갔어요."),
        "resume-kept": _("이력서를 가져왔어요. 고른 것은 내 기록에 적었어요."),
        "resume-removed": _("가져온 이력서를 지웠어요. 기록에 적은 것은 그대로예요."),
        "outcome-answered": _("알려 줘서 고마워요."),
        "outcome-removed": _("지웠어요."),
        "counselling-booked": _("상담을 잡았어요. 달력에도 들어가요."),
        "counselling-cancelled": _("상담을 거뒀어요."),
        "share-link-ended": _("링크를 끝냈어요. 그 주소로는 이제 아무것도 보이지 않아요."),
        "share-links-ended": _("모든 링크를 끝냈어요."),
    }


def _together() -> Mapping[str, str]:
    return {
        "event-going": _("행사에 자리를 잡았어요."),
        "event-waiting": _("대기에 올렸어요. 자리가 나면 메일로 알려요."),
        "event-left": _("신청을 거뒀어요."),
        "project-asked": _("함께하고 싶다고 보냈어요."),
        "project-invited": _("그 주소의 사람이 오름을 쓰면 초대가 가요."),
        "project-saved": _("프로젝트를 저장했어요."),
        "round-wished": _("희망을 저장했어요."),
        "round-left": _("배정에서 빠졌어요."),
        "round-change-asked": _("바꾸고 싶은 곳을 받았어요. 바꿀 수 있게 되면 여기에 보여요."),
        "round-change-withdrawn": _("바꾸기를 거두었어요. 지금 자리는 그대로예요."),
    }


def _postings() -> Mapping[str, str]:
    return {
        "colleague-invited": _("초대 메일을 보냈습니다."),
        "colleague-ended": _("접근을 끝냈습니다. 모든 기기에서 로그아웃되었습니다."),
        "still-hiring": _("아직 찾고 있다고 적었습니다. 공고가 목록에 보입니다."),
        "organisation-saved": _("기업 정보를 저장했습니다."),
        "promise-offered": _("약속을 걸었습니다. 공고를 보는 사람에게 바로 보입니다."),
        "promise-withdrawn": _("새로 받기를 멈췄습니다. 이미 받은 사람의 약속은 남습니다."),
        "opening-saved": _("공고를 저장했습니다."),
        "opening-published": _("공고를 올렸습니다."),
        "opening-submitted": _("공고를 냈습니다. 센터가 읽고 답합니다."),
        "opening-rechecked": _("바뀐 공고를 센터가 다시 읽습니다. 그동안 공고는 보이지 않습니다."),
        "opening-ended": _("공고를 끝냈습니다. 기다리던 사람들에게 알렸습니다."),
        "opening-copied": _("공고를 베꼈습니다. 날짜를 확인해 주십시오."),
        "opening-not-editable": _("지금은 고칠 수 없는 공고입니다."),
    }


def _candidates() -> Mapping[str, str]:
    return {
        "review-criteria-saved": _("평가 기준을 저장했습니다."),
        "review-phase-saved": _("단계를 저장했습니다."),
        "review-phase-removed": _("단계를 지웠습니다."),
        "review-spread": _("아직 아무도 맡지 않은 사람을 나누었습니다."),
        "review-spread-none": _("나눌 사람이 없습니다. 모두 맡은 동료가 있습니다."),
        "review-assigned": _("평가할 동료를 저장했습니다."),
        "review-submitted": _("점수를 냈습니다."),
        "review-abstained": _("기권으로 적었습니다."),
        "review-conflict": _("이해 충돌을 적었습니다. 이 사람은 동료가 맡습니다."),
        "candidate-marked": _("표시를 저장했습니다."),
        "candidate-last": _("표시를 저장했습니다. 이 목록의 후보를 모두 보셨습니다."),
        "candidate-gone": _("다음 후보가 더는 보이지 않아 목록으로 왔습니다."),
        "candidate-undone": _("마지막 결정을 되돌렸습니다."),
        "candidate-not-undone": _(
            "되돌릴 결정이 없습니다. 그 뒤에 다른 일이 있었거나 하루가 지났습니다."
        ),
        "example-added": _("예로 두었습니다. 예가 둘부터 순위에 바로 반영됩니다."),
        "example-removed": _("예에서 뺐습니다."),
        "examples-cleared": _("예를 모두 지웠습니다. 순위는 모델이 매긴 그대로입니다."),
        "introduction-asked": _("소개를 청했습니다. 후보가 답하면 알려 드립니다."),
        "introduction-withdrawn": _("요청을 거두었습니다."),
    }


def _answers() -> Mapping[str, str]:
    return {
        "application-noted": _("메모를 저장했습니다."),
        "application-later": _("약속한 날을 미뤘습니다. 지원자에게 까닭과 새 날짜를 알립니다."),
        "round-banded": _("묶음을 확정했습니다."),
        "round-answered": _("답을 저장했습니다."),
        "interviews-opened": _("면접 시간을 열었습니다. 기다리던 사람에게 알렸습니다."),
        "interview-slot-cancelled": _("시간을 닫았습니다. 잡았던 사람에게 알렸습니다."),
        "interview-noted": _("면접 결과를 적었습니다."),
        "link-sent": _("링크를 메일로 보냅니다."),
        "link-revoked": _("링크를 끝냈습니다."),
        "offer-made": _("제안을 보냈습니다. 답이 오면 알려 드립니다."),
        "application-moved": _("지원의 단계를 옮겼습니다."),
        "application-refused": _("거절을 저장하고 지원자에게 알렸습니다."),
    }


def _people() -> Mapping[str, str]:
    return {
        "booking-made": _("예약했습니다."),
        "booking-cancelled": _("예약을 거뒀습니다. 본인의 예약이었으면 메일로 알립니다."),
        "template-made": _("길 본보기를 만들었습니다. 누구에게 제안할지 골라 주십시오."),
        "template-ended": _("제안을 끝냈습니다. 답하지 않은 사람에게는 이제 보이지 않습니다."),
        "path-suggested": _("제안을 보냈습니다. 고르는 것은 각자입니다."),
        "evidence-accepted": _("받아들였습니다. 본인에게 메일로 알립니다."),
        "evidence-returned": _("돌려보냈습니다. 본인에게 메일로 알립니다."),
        "evidence-undone": _("되돌렸습니다. 기록은 그 전으로 돌아갔습니다."),
        "evidence-empty": _("더 기다리는 증빙이 없습니다."),
        "badge-accepted": _("본인의 배지로 받아들였습니다. 본인에게 메일로 알립니다."),
        "badge-refused": _("본인의 배지가 아니라고 적었습니다. 본인에게 메일로 알립니다."),
        "outcome-added": _("성과를 적었습니다."),
        "outcome-confirm": _("성과로 확인했습니다."),
        "outcome-reject": _("성과에서 뺐습니다."),
        "outcome-reopen": _("확인할 성과로 되돌렸습니다."),
        "outcome-checked": _("다시 물은 답을 적었습니다."),
        "person-merged": _("두 기록을 합쳤습니다. 두 계정 모두에 메일로 알립니다."),
        "person-unmerged": _("합친 것을 되돌렸습니다. 두 계정 모두에 메일로 알립니다."),
        "person-apart": _("다른 사람으로 적었습니다. 이 짝은 다시 나오지 않습니다."),
        "counselling-offered": _("상담 시간을 열었습니다."),
        "counselling-withdrawn": _("상담 시간을 닫았습니다. 잡은 사람에게 메일로 알립니다."),
        "affiliation-confirmed": _("소속을 확인했습니다. 본인에게 메일로 알립니다."),
        "affiliation-ended": _("소속을 끝냈습니다. 본인에게 메일로 알립니다."),
        "proof-judged": _("자격의 확인을 저장했습니다. 본인에게 메일로 알립니다."),
        "skill-rated": _("기술의 수준을 저장했습니다. 본인에게 메일로 알립니다."),
        "plan-approved": _("길을 승인했습니다. 본인에게 메일로 알립니다."),
        "plan-returned": _("길을 돌려보냈습니다. 본인에게 메일로 알립니다."),
        "vouchers-added": _("바우처를 넣었습니다."),
        "voucher-assigned": _("바우처를 주었습니다. 본인에게 메일로 알립니다."),
        "vouchers-allocated": _("고른 사람 모두에게 바우처를 주었습니다. 메일로 알립니다."),
    }


def _classes() -> Mapping[str, str]:
    return {
        "event-created": _("행사를 만들었습니다."),
        "event-changed": _("행사를 고쳤습니다. 날짜나 곳이 바뀌었으면 메일로 알립니다."),
        "event-cancelled": _("행사를 취소했습니다. 신청한 사람에게 메일로 알립니다."),
        "project-desk-saved": _("프로젝트를 저장했습니다."),
        "course-published": _("과정을 공개했습니다."),
        "course-closed": _("과정을 닫았습니다."),
        "course-saved": _("과정을 저장했습니다."),
        "session-saved": _("차수를 저장했습니다."),
        "session-moved": _("차수를 저장하고 신청한 사람들에게 알렸습니다."),
        "session-removed": _("차수를 지웠습니다."),
        "applicants-selected": _("뽑은 것을 저장했습니다. 본인에게 메일로 알립니다."),
        "applicants-declined": _("뽑지 않은 것을 저장했습니다. 본인에게 이유를 알립니다."),
        "meetings-planned": _("시간표대로 수업을 만들었습니다. 공휴일은 뺐습니다."),
        "meeting-removed": _("수업을 지웠습니다."),
        "mode-switched": _("수업 방식을 바꾸고 수강하는 사람 모두에게 알렸습니다."),
        "attendance-saved": _("출석을 저장했습니다."),
        "completion-confirmed": _("이수 결과를 확정했습니다. 본인에게 메일로 알립니다."),
        "enrolment-finished": _("수강 결과를 저장했습니다. 본인에게 메일로 알립니다."),
        "results-taken-back": _(
            "결과를 되돌렸습니다. 그 뒤에 다른 기록이 적힌 사람은 아래에 남아 있습니다."
        ),
        "result-taken-back": _("결과를 되돌렸습니다. 본인에게 메일로 알립니다."),
    }


def _programme() -> Mapping[str, str]:
    return {
        "issuer-added": _("발급 기관을 올렸습니다."),
        "issuer-on": _("다시 인정합니다. 그 배지들을 이제 다시 확인합니다."),
        "issuer-off": _("그만 인정합니다. 그 배지들을 이제 다시 확인합니다."),
        "issuer-keys": _("열쇠를 바꿨습니다. 그 배지들을 이제 다시 확인합니다."),
        "issuer-list": _("취소 목록을 바꿨습니다. 그 배지들을 이제 다시 확인합니다."),
        "subsidy-added": _("제도를 올렸습니다."),
        "subsidy-changed": _("남은 예산을 저장했습니다."),
        "subsidy-ended": _("제도를 끝냈습니다."),
        "scenario-saved": _("시나리오를 저장했습니다."),
        "target-written": _("목표를 저장했습니다."),
        "scenario-removed": _("시나리오를 지웠습니다."),
        "pack-frozen": _("수를 굳혔습니다. 이제 내려받을 수 있습니다."),
        "students-typed": _("전체 학생 수를 적었습니다."),
        "import-dropped": _("올린 파일을 지웠습니다. 저장한 것은 없습니다."),
        "import-reverted": _("가져온 것을 되돌렸습니다."),
        "credential-moved": _("상태를 바꿨습니다. 본인에게 메일로 알립니다."),
        "opening-decided": _("공고에 답했습니다."),
        "partner-decided": _("기업에 답했습니다."),
        "promise-spoken": _("이야기한 것으로 적었습니다. 기업이 다시 약속할 수 있습니다."),
        "round-created": _("배정을 만들었습니다. 열기 전에는 아무에게도 보이지 않습니다."),
        "round-changed": _("배정을 고쳤습니다. 연 뒤의 변경은 관계된 사람에게 알립니다."),
        "round-opened": _("희망을 받기 시작했습니다. 대상자와 기업에 알립니다."),
        "round-moved": _("배정의 단계를 바꿨습니다."),
        "round-reminded": _("아직 답하지 않은 사람에게 알립니다."),
        "round-tried": _("세 방법으로 시험 배정을 했습니다."),
        "round-proposed": _("제안했습니다. 다른 계정이 확인하면 결과가 나갑니다."),
        "round-published": _("결과를 냈습니다. 배정되지 않은 사람부터 모두에게 알립니다."),
        "round-exchanged": _("바꿨습니다. 당사자와 기업에 알립니다."),
    }


def _admin() -> Mapping[str, str]:
    return {
        "key-made": _("새 열쇠로 서명합니다."),
        "key-retired": _("열쇠가 물러났습니다. 새로 만들 때까지 서명하지 않습니다."),
        "key-revoked": _("열쇠를 폐기했습니다. 그 서명은 이제 맞지 않고, 모두 다시 서명합니다."),
        "same-person-noted": _("한 사람의 두 계정으로 적었습니다."),
        "same-person-ended": _("적은 것을 끝냈습니다."),
        "admin-saved": _("저장했습니다."),
        "admin-invited": _("초대 메일을 보냈습니다."),
    }


_TABLES: tuple[Callable[[], Mapping[str, str]], ...] = (
    _account,
    _own_work,
    _own_way,
    _together,
    _postings,
    _candidates,
    _answers,
    _people,
    _classes,
    _programme,
    _admin,
)
