"""Words of promised interviews: to the person in 해요체, to the partner in 합니다체."""

from matcher.i18n import gettext as _
from matcher.policy.promises import Missing
from models.promise import TakingState


def taking_states() -> dict[TakingState, str]:
    """To the partner."""
    return {
        TakingState.TAKEN: _("받아 둠"),
        TakingState.CLAIMED: _("면접을 청함"),
        TakingState.KEPT: _("약속을 지킴"),
        TakingState.BROKEN: _("면접을 보지 않음"),
        TakingState.DROPPED: _("본인이 내려놓음"),
        TakingState.LAPSED: _("날이 지남"),
    }


def own_states() -> dict[TakingState, str]:
    """To the person."""
    return {
        TakingState.TAKEN: _("받아 뒀어요"),
        TakingState.CLAIMED: _("면접을 청했어요"),
        TakingState.KEPT: _("면접까지 갔어요"),
        TakingState.BROKEN: _("기업이 면접을 보지 않았어요"),
        TakingState.DROPPED: _("내려놓았어요"),
        TakingState.LAPSED: _("날이 지났어요"),
    }


def missing_words() -> dict[Missing, tuple[str, str, str]]:
    """What is missing, where it can be mended, and the words of that link."""
    proofs = ("/youth/evidence", _("증빙 내기"))
    certificates = ("/youth/certifications", _("내 자격 보기"))
    return {
        Missing.RECORD: (
            _("아직 기록에 없어요. 갖추면 내 기록에 적어 주세요."),
            "/youth/profile",
            _("내 기록 보기"),
        ),
        Missing.PENDING: (
            _("시험이나 결과를 기다리고 있어요. 합격하면 기록하고 증빙을 내 주세요."),
            *certificates,
        ),
        Missing.LEVEL: (_("확인된 수준이 아직 낮아요."), "/youth/skills", _("내 기술 보기")),
        Missing.PROOF: (
            _("스스로 적은 기록만 있어요. 대학이 증빙을 봐야 청할 수 있어요."),
            *proofs,
        ),
        Missing.EXPIRED: (
            _("기한이 지난 자격이에요. 갱신하면 다시 셀 수 있어요."),
            *certificates,
        ),
        Missing.DAY_UNKNOWN: (
            _("약속한 날까지 마쳤는지 알 수 없어요. 시험을 본 날을 확인받아 주세요."),
            *proofs,
        ),
        Missing.TOO_LATE: (
            _("면접을 청할 수 있는 날이 지났어요. 갖춘 것은 다른 공고에서 그대로 세요."),
            "/youth/openings",
            _("공고 보기"),
        ),
    }
