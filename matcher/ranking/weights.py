"""The first model, `additive-1`: set by hand, to be replaced by learned weights.

`points` = how many points of the 0-5 scale lie between feature value 0 and 1. Every weight is
at least 0 and every weighed feature rises with proof, so more proof never lowers a score. What a
trained model may use beyond these features weighs 0 here and moves no score.
"""

from dataclasses import dataclass

MODEL_VERSION = "additive-1"


@dataclass(frozen=True, slots=True)
class Weight:
    points: float
    why_ko: str
    why_en: str


@dataclass(frozen=True, slots=True)
class Model:
    """Weights and the affine map: `floor` raw points show as 0, `floor + 5` as 5."""

    version: str
    weights: dict[str, Weight]
    floor: float

    def as_json(self) -> dict[str, object]:
        """For the public model page and the registry."""
        weights = {
            name: {"points": each.points, "why_ko": each.why_ko, "why_en": each.why_en}
            for name, each in self.weights.items()
        }
        return {"version": self.version, "floor": self.floor, "scale": 5.0, "weights": weights}


def _unweighed(why_ko: str, why_en: str) -> Weight:
    """For features a trained model may use and the hand-made one does not."""
    return Weight(0.0, why_ko, why_en)


OPENING_MODEL = Model(
    MODEL_VERSION,
    {
        "must_skill": Weight(
            3.0,
            "꼭 필요한 기술을 요구 수준까지 갖췄는지를 가장 크게 봐요.",
            "Required skills at the asked level count most.",
        ),
        "nice_skill": Weight(
            0.6, "있으면 좋은 기술은 조금만 더해요.", "Skills that are a plus add a little."
        ),
        "certificate": Weight(
            0.8,
            "요구한 자격증은 기한이 남아 있을 때 온전히 세요.",
            "Certificates that were asked for count in full while they are valid.",
        ),
        "proof": Weight(
            0.5,
            "같은 수준이라면 확인된 기술을 더 믿어요.",
            "At the same level, a verified skill is trusted more.",
        ),
        "sector_wish": Weight(
            0.6, "바라는 산업이면 점수를 더해요.", "A wished-for sector adds points."
        ),
        "region_wish": Weight(
            0.3,
            "사는 곳이 아니라 바라는 지역만 봐요.",
            "Only the stated wish for a region is used, never where someone lives.",
        ),
        "employment_wish": Weight(
            0.2, "바라는 고용 형태인지 봐요.", "The stated wish for a kind of employment."
        ),
        "text": Weight(
            0.4,
            "자기소개와 공고의 낱말이 얼마나 겹치는지 조금 봐요.",
            "Shared words between profile and posting count a little.",
        ),
        "recency": Weight(0.2, "새 공고를 조금 앞에 둬요.", "Newer postings come slightly first."),
        "schedule": Weight(
            0.3, "일을 시작할 수 있는 날이 맞는지 봐요.", "Whether the start date works out."
        ),
        "must_missing": _unweighed(
            "하나도 없는 조건은 필수 기술에서 이미 빠져요.",
            "What is missing altogether is already lost under the required skills.",
        ),
        "must_exact": _unweighed(
            "바로 그 기술은 필수 기술에서 이미 온전히 세요.",
            "The very thing asked already counts in full under the required skills.",
        ),
        "level_surplus": _unweighed(
            "요구보다 높은 수준이 얼마나 도움이 되는지는 아직 몰라요.",
            "How much more than asked helps is not known yet.",
        ),
        "certificate_verified": _unweighed(
            "확인된 자격증은 확인 단계에서 이미 세요.",
            "A verified certificate already counts under verification.",
        ),
        "mentioned_skill": _unweighed(
            "조건이 아닌 글이 얼마나 중요한지는 아직 몰라요.",
            "How much words beyond the requirements matter is not known yet.",
        ),
        "popularity": _unweighed(
            "남들의 관심은 기록에서 배우기 전에는 보지 않아요.",
            "What others like is not looked at before records speak for it.",
        ),
    },
    floor=0.9,
)

COURSE_MODEL = Model(
    MODEL_VERSION,
    {
        "gap_closed": Weight(
            2.2,
            "목표 공고까지의 빈틈을 얼마나 메우는지를 가장 크게 봐요.",
            "How much of the gap to the target openings it closes counts most.",
        ),
        "certificate_help": Weight(
            0.5,
            "목표 공고가 요구하는 자격증을 준비하는 과정이면 더해요.",
            "Preparing for a certificate the targets ask for adds points.",
        ),
        "prerequisites": Weight(
            0.8, "먼저 알아야 하는 것을 갖췄는지 봐요.", "Whether the prerequisites are there."
        ),
        "schedule": Weight(
            0.5, "낼 수 있는 시간 안에 들어오는지 봐요.", "Whether it fits the hours on offer."
        ),
        "fee": Weight(0.4, "예산 안에 들어오는지 봐요.", "Whether it fits the budget."),
        "seats": Weight(0.3, "자리가 남아 있는지 봐요.", "Whether seats are left."),
        "sector_wish": Weight(
            0.6, "바라는 산업이면 점수를 더해요.", "A wished-for sector adds points."
        ),
        "text": Weight(
            0.3,
            "자기소개와 과정 소개의 낱말이 얼마나 겹치는지 조금 봐요.",
            "Shared words between profile and course count a little.",
        ),
        "starts_soon": Weight(0.2, "곧 시작하는 과정을 조금 앞에 둬요.", "Starting soon helps."),
        "opening_gain": _unweighed(
            "목표 공고에 주는 도움은 빈틈을 메우는 몫에서 이미 세요.",
            "Help toward the target openings already counts under the gap it closes.",
        ),
        "already_known": _unweighed(
            "이미 아는 것은 빈틈을 메우지 못해서 이미 빠져요.",
            "What is known already closes no gap and so is lost there.",
        ),
        "level_fit": _unweighed(
            "시작 수준이 얼마나 중요한지는 아직 몰라요.",
            "How much the entry level matters is not known yet.",
        ),
        "popularity": _unweighed(
            "남들의 관심은 기록에서 배우기 전에는 보지 않아요.",
            "What others like is not looked at before records speak for it.",
        ),
    },
    floor=0.6,
)
