import re

from hypothesis import given, settings

from matcher.ranking.courses import COURSE_FEATURES
from matcher.ranking.explain import Reason, base_reason, headline, reasons, round_reason
from matcher.ranking.features import OPENING_FEATURES
from matcher.ranking.recommend import CLIP, rank_candidates, rank_courses, rank_openings
from matcher.ranking.types import CertificationProof, Course, Opening, Requirement, Seeker, Target
from matcher.ranking.wording import FEATURES, spoken
from tests.unit.ranking.builders import (
    BARE,
    CONTEXT,
    must,
    opening_lists,
    openings,
    seekers,
    skill,
)
from tests.unit.ranking.test_courses import SLOT, course_lists, target_lists

NAMES = {
    "python": ("파이썬", "Python"),
    "skill:docker": ("도커", "Docker"),
    "azure-networking": ("Azure 네트워크", "Azure networking"),
    "aws-networking": ("AWS 네트워크", "AWS networking"),
}
HANGUL = re.compile("[가-힣]")
PERSON = Seeker(
    1,
    skill("python", 4) | skill("docker", 1) | skill("azure-networking", 3),
    {"CLF": CertificationProof("CLF", False), "SOA": CertificationProof("SOA")},
    sectors={"space": 1.0},
)
OPENING = Opening(
    1,
    "space",
    (
        must("skill:python", 3),
        Requirement("skill:docker", "nice", 3),
        must("skill:aws-networking", 2),
        must("skill:sql"),
        must("certification:SAA"),
        must("certification:CLF"),
        Requirement("certification:SOA", "nice"),
    ),
)
ITEM = rank_openings(PERSON, [OPENING], BARE).items[0]


def texts(formal: bool = False) -> dict[str | None, tuple[str, str]]:
    some = reasons(ITEM, NAMES, formal=formal)
    return {each.key or each.code: (each.text_ko, each.text_en) for each in some}


def test_each_requirement_gets_its_own_sentence_in_both_languages() -> None:
    assert texts() == {
        "skill:aws-networking": (
            "Azure 네트워크를 필수 AWS 네트워크의 0.5만큼 인정했어요.",
            "Azure networking counts 0.5 for required AWS networking.",
        ),
        "skill:python": (
            "필수 파이썬 4수준으로 요구 3수준을 채웠어요.",
            "Required Python: level 4 meets the asked level 3.",
        ),
        "skill:sql": ("필수 sql이 아직 없어요.", "Required sql is missing."),
        "skill:docker": (
            "우대 도커 1수준으로 요구 3수준의 33%를 채웠어요.",
            "Nice-to-have Docker: level 1 covers 33% of the asked level 3.",
        ),
        "certification:CLF": (
            "필수 자격증 CLF의 기한이 지나 0.3만큼 셌어요.",
            "Required certificate CLF has expired and counts 0.3.",
        ),
        "certification:SAA": (
            "필수 자격증 SAA가 아직 없어요.",
            "Required certificate SAA is missing.",
        ),
        "certification:SOA": (
            "우대 자격증 SOA가 있어요.",
            "Nice-to-have certificate SOA is held.",
        ),
        "proof": (
            "요구한 것의 확인 단계가 가장 높은 단계의 0%뿐이에요.",
            "Proof of what is asked reaches only 0% of the highest level.",
        ),
        "sector_wish": ("바라는 산업이에요.", "A wished-for sector."),
        "region_wish": (
            "바라는 지역은 점수를 바꾸지 않았어요.",
            "The region wish changed nothing.",
        ),
        "employment_wish": (
            "바라는 고용 형태는 점수를 바꾸지 않았어요.",
            "The employment wish changed nothing.",
        ),
        "text": (
            "자기소개의 낱말은 점수를 바꾸지 않았어요.",
            "The profile text changed nothing.",
        ),
        "recency": ("올라온 날은 점수를 바꾸지 않았어요.", "The posting date changed nothing."),
        "schedule": ("일정은 점수를 바꾸지 않았어요.", "Dates and hours changed nothing."),
        "must_missing": (
            "아직 없는 필수 조건은 점수를 바꾸지 않았어요.",
            "Missing requirements changed nothing.",
        ),
        "must_exact": (
            "요구한 그대로 갖춘 조건은 점수를 바꾸지 않았어요.",
            "Requirements held just as asked changed nothing.",
        ),
        "level_surplus": (
            "요구를 넘는 수준은 점수를 바꾸지 않았어요.",
            "Levels above the asked ones changed nothing.",
        ),
        "certificate_verified": (
            "자격증 확인은 점수를 바꾸지 않았어요.",
            "Verified certificates changed nothing.",
        ),
        "mentioned_skill": (
            "공고 글에 나오는 다른 기술은 점수를 바꾸지 않았어요.",
            "Other skills its text names changed nothing.",
        ),
        "popularity": (
            "다른 사람들의 관심은 점수를 바꾸지 않았어요.",
            "The interest of others changed nothing.",
        ),
    }


def test_a_list_names_each_reason_in_a_few_words() -> None:
    named = {each.key: tuple(each.name) for each in reasons(ITEM, NAMES) if each.key}
    assert named == {
        "skill:aws-networking": ("AWS 네트워크(비슷한 것)", "AWS networking (something near)"),
        "skill:python": ("파이썬 4수준", "Python level 4"),
        "skill:sql": ("sql 없음", "sql missing"),
        "skill:docker": ("도커 1/3수준", "Docker level 1/3"),
        "certification:CLF": ("CLF 자격증(기한 지남)", "CLF certificate (expired)"),
        "certification:SAA": ("SAA 자격증 없음", "SAA certificate missing"),
        "certification:SOA": ("SOA 자격증", "SOA certificate"),
    }
    whole = {each.code: each.name.en for each in reasons(ITEM, NAMES) if not each.key}
    assert whole["sector_wish"] == "Sector wish"


def test_partners_read_the_formal_ending() -> None:
    formal = texts(formal=True)
    assert [formal[key][0] for key in ("skill:docker", "skill:sql", "proof", "sector_wish")] == [
        "우대 도커 1수준으로 요구 3수준의 33%를 채웠습니다.",
        "필수 sql이 아직 없습니다.",
        "요구한 것의 확인 단계가 가장 높은 단계의 0%뿐입니다.",
        "바라는 산업입니다.",
    ]


@settings(max_examples=150)
@given(seekers(), opening_lists(hard=True))
def test_reasons_add_up_to_the_score_split_or_not(person: Seeker, many: list[Opening]) -> None:
    for item in rank_openings(person, many, CONTEXT).items:
        for split in (True, False):
            some = reasons(item, NAMES, by_requirement=split)
            total = item.base + sum(each.contribution for each in some)
            assert abs(total - item.score) <= 1e-9
            codes = {each.code for each in some}
            assert codes == {each.code for each in item.contributions}
            assert all(HANGUL.search(each.text_ko) and each.text_en for each in some)
            assert not any("{" in each.text_ko + each.text_en for each in some)


@settings(max_examples=80)
@given(seekers(), course_lists, target_lists)
def test_course_reasons_add_up_too(
    person: Seeker, courses: list[Course], targets: list[Target]
) -> None:
    for item in rank_courses(person, courses, targets, CONTEXT).items:
        some = reasons(item, NAMES)
        total = item.base + sum(each.contribution for each in some)
        assert abs(total - item.score) <= 1e-9


@settings(max_examples=50)
@given(seekers(), openings())
def test_names_are_words_only_and_never_move_a_number(person: Seeker, opening: Opening) -> None:
    for item in rank_candidates(opening, [person], CONTEXT).items:
        renamed = dict.fromkeys(NAMES, ("홍길동", "Somebody Else"))
        ours, theirs = reasons(item, NAMES), reasons(item, renamed)
        assert [each.contribution for each in ours] == [each.contribution for each in theirs]


def test_a_clipped_score_says_so_in_its_own_line() -> None:
    poor = Opening(1, "bio", tuple(must(f"skill:x{each}") for each in range(3)), region="remote")
    person = Seeker(1, skill("python", 1), sectors={"space": 1.0}, regions={"jeju": 1.0})
    item = rank_openings(person, [poor], BARE).items[0]
    shown = reasons(item, NAMES)[-1]
    assert (item.score, shown.code) == (0.0, CLIP)
    assert shown.contribution > 0.0
    assert shown.text_en == "Kept within the scale from 0 to 5."


def test_prerequisites_are_named_as_such() -> None:
    course = Course(1, needed=(must("skill:python", 5), must("skill:git")), sessions=(SLOT,))
    item = rank_courses(PERSON, [course], [], BARE).items[0]
    some = {each.key: each.text_ko for each in reasons(item, NAMES) if each.key}
    assert some == {
        "skill:git": "먼저 알아야 하는 git이 아직 없어요.",
        "skill:python": "먼저 알아야 하는 파이썬이 한 단계 모자라요(지금 4수준, 요구 5수준).",
    }


def test_the_headline_takes_three_for_and_two_against_by_strength() -> None:
    values = [0.1, -0.2, 0.4, 0.001, -0.5, 0.2, 0.3, -0.1]
    some = [Reason(str(value), "", "", value) for value in values]
    good, bad = headline([*some, Reason(CLIP, "", "", -3.0)])
    assert [each.contribution for each in good] == [0.4, 0.3, 0.2]
    assert [each.contribution for each in bad] == [-0.5, -0.2]
    assert headline([]) == ((), ())


def test_base_and_rounding_have_their_own_words() -> None:
    assert base_reason(ITEM).text_ko == "모두에게 같은 출발점이에요."
    assert base_reason(ITEM, formal=True).text_ko == "모두에게 같은 출발점입니다."
    assert (base_reason(ITEM).contribution, base_reason(ITEM).code) == (ITEM.base, "base")
    assert round_reason(0.07) == Reason(
        "round", "반 점 단위로 맞췄어요.", "Rounded to half points.", 0.07
    )


def test_every_feature_has_words_for_adding_taking_and_nothing_in_both_endings() -> None:
    assert FEATURES.keys() == {each.name for each in (*OPENING_FEATURES, *COURSE_FEATURES)}
    for wording in FEATURES.values():
        for text in (wording.good, wording.poor, wording.nothing):
            polite = spoken(text, formal=False, pct=50)
            formal = spoken(text, formal=True, pct=50)
            assert polite.ko.endswith("요.")
            assert formal.ko.endswith("다.")
            assert not re.search(r"[{}]|!", polite.ko + formal.ko + polite.en)


@settings(max_examples=60)
@given(seekers(), openings())
def test_removing_the_proof_behind_the_top_reason_lowers_the_score(
    person: Seeker, opening: Opening
) -> None:
    items = rank_candidates(opening, [person], CONTEXT).items
    good, _ = headline(reasons(items[0], NAMES))
    named = [each for each in good if each.code == "must_skill" and each.key is not None]
    for each in named[:1]:
        lines = {line.key: line for line in items[0].checklist.lines}
        source = (lines[each.key].via or each.key).removeprefix("skill:")
        held = {slug: proof for slug, proof in person.skills.items() if slug != source}
        poorer = Seeker(2, held, person.certifications, licences=person.licences)
        before = Seeker(2, person.skills, person.certifications, licences=person.licences)
        scores = [
            sum(part.value for part in rank_candidates(opening, [who], BARE).items[0].contributions)
            for who in (poorer, before)
        ]
        assert scores[0] <= scores[1]
