"""Whose name is on a badge: 100 pairs, and what each kind of mistake would cost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.credentials.holder_names import NameMatch, compare

TABLE = """
김하늘 | 김하늘 | theirs | same
김하늘 | 김 하늘 | theirs | same
김하늘 | 김하늘 님 | theirs | same
김하늘 | 김하늘 (Haneul Kim) | theirs | same
김하늘 | Haneul Kim | theirs | same
김하늘 | Kim Haneul | theirs | same
김하늘 | KIM, HANEUL | theirs | same
김하늘 | Kim Ha-neul | theirs | same
김하늘 | Kim Ha Neul | theirs | same
김하늘 | Ha Neul Kim | theirs | same
김하늘 | KIMHANEUL | theirs | same
김하늘 | haneulkim | theirs | same
김하늘 | Gim Haneul | theirs | same
김하늘 | Ｈａｎｅｕｌ　Ｋｉｍ | theirs | same
김하늘 | Ms. Haneul Kim | theirs | same
김하늘 | Kim Ha'neul | theirs | same
이준호 | Junho Lee | theirs | same
이준호 | Joon-Ho Yi | theirs | same
이준호 | Rhee Junho | theirs | same
이준호 | I Junho | theirs | same
박지은 | Jieun Park | theirs | same
박지은 | Jee Eun Bak | theirs | same
박지은 | PAK JI EUN | theirs | same
최예림 | Yerim Choi | theirs | same
최예림 | Choe Ye-rim | theirs | same
정현우 | Hyunwoo Jung | theirs | same
정현우 | Jeong Hyeonu | theirs | same
정현우 | Chung Hyun Woo | theirs | same
강경규 | Kyung-kyu Kang | theirs | same
강경규 | Gang Gyeonggyu | theirs | same
조승연 | Seungyeon Cho | theirs | same
조승연 | Jo Seung Youn | theirs | same
윤석열 | Yoon Suk Yeol | theirs | same
임윤아 | Yoona Lim | theirs | same
임윤아 | Im Yuna | theirs | same
오승희 | Seunghee Oh | theirs | same
신세경 | Shin Se-kyung | theirs | same
서영희 | Suh Young-hee | theirs | same
권지용 | Kwon Ji-yong | theirs | same
한복남 | Han Boknam | theirs | same
홍빛나 | Hong Bitna | theirs | same
허준 | Jun Hur | theirs | same
노무현 | Roh Moo-hyun | theirs | same
류현진 | Hyun Jin Ryu | theirs | same
우원식 | Woo Won-shik | theirs | same
백은별 | Eunbyeol Baek | theirs | same
황보영 | Young Hwangbo | theirs | same
남궁민 | Namkoong Min | theirs | same
선우은숙 | Sunwoo Eunsook | theirs | same
구자철 | Ja-Cheol Koo | theirs | same
이이 | Yi I | theirs | same
Haneul Kim | 김하늘 | theirs | same
Haneul Kim | KIM HA-NEUL | theirs | same
Maria Garcia | García María | theirs | same
김하늘 | Hanul Kim | theirs | maybe
김하늘 | Sky Kim | theirs | maybe
김하늘 | H. Kim | theirs | maybe
김하늘 | H. N. Kim | theirs | maybe
김하늘 | Haneul | theirs | maybe
김하늘 | Kim | theirs | maybe
김하늘 | 하늘 | theirs | maybe
김하늘 | Haneul Grace Kim | theirs | maybe
김하늘 | 金하늘 | theirs | maybe
김하늘 | 金天 | theirs | maybe
김하늘 | Ким Ханыль | theirs | maybe
박지은 | Ji-un Pak | theirs | maybe
윤여정 | Youn Yuh-jung | theirs | maybe
류현진 | 유현진 | theirs | maybe
이도현 | 리도현 | theirs | maybe
김대호 | Kim Tae Ho | theirs | maybe
Haneul Kim | Haneul Park Kim | theirs | maybe
Haneul Kim | Hanuel Kim | theirs | maybe
Jonathan Lee | Jonathon Lee | theirs | maybe
김지훈 | David Kim | another's | maybe
김하늘 | Mary Kim | another's | maybe
김대호 | Kim Taeho | another's | maybe
박지은 | Jiun Park | another's | maybe
김하늘 | 김하늘별 | another's | maybe
김미선 | Kim Mi Sun | theirs | same
김미순 | Kim Mi Sun | another's | same
김하늘 | 김바다 | another's | different
김하늘 | 이하늘 | another's | different
김하늘 | 박지은 | another's | different
김하늘 | Minsu Kim | another's | different
김하늘 | Haneul Lee | another's | different
김하늘 | Jiwoo Park | another's | different
김하늘 | Kim Haram | another's | different
김하늘 | John Smith | another's | different
이준호 | Junseo Lee | another's | different
이준호 | Lee Jun | another's | maybe
이준호 | Kim Junho | another's | different
정현우 | Hyunwoo Park | another's | different
최예림 | Yejin Choi | another's | different
임윤아 | Yoona Kim | another's | different
박은지 | Jieun Park | another's | different
Haneul Kim | 이준호 | another's | different
Haneul Kim | John Smith | another's | different
Maria Garcia | Pedro Gomez | another's | different
김하늘 | - | another's | absent
김하늘 | ... | another's | absent
김하늘 | 12345 | another's | absent
"""
PAIRS = [tuple(each.strip() for each in line.split("|")) for line in TABLE.split("\n")[1:-1]]


@pytest.mark.parametrize(("own", "on_badge", "whose", "expected"), PAIRS)
def test_a_pair_of_names(own: str, on_badge: str, whose: str, expected: str) -> None:
    assert compare(on_badge, own) == expected


def test_both_kinds_of_mistakes() -> None:
    """Nobody's own badge is called another's. One pair of another's is taken: 선 and 순 are both
    written Sun in passports, and that is why a badge with an address is judged by that alone."""
    found = [(own, on_badge, whose, compare(on_badge, own)) for own, on_badge, whose, _ in PAIRS]
    taken = [each[:2] for each in found if each[2:] == ("another's", "same")]
    refused = [each[:2] for each in found if each[2:] == ("theirs", "different")]
    assert (taken, refused) == ([("김미순", "Kim Mi Sun")], [])
    assert len(PAIRS) >= 60


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_the_form_of_the_letters_changes_nothing(form: str) -> None:
    for own, on_badge, _, expected in PAIRS:
        turned = unicodedata.normalize(form, on_badge)  # type: ignore[arg-type]
        assert compare(turned, own) == expected, (own, on_badge)
        own_turned = unicodedata.normalize(form, own)  # type: ignore[arg-type]
        assert compare(on_badge, own_turned) == expected, (own, on_badge)


@pytest.mark.parametrize(
    "name", ["", " ", "\u200b", "a" * 5000, "가" * 5000, "k" * 120, "아" * 120, "(" * 100, "\ud800"]
)
def test_no_name_breaks_it_or_passes(name: str) -> None:
    assert compare(name, "김하늘") in (NameMatch.MAYBE, NameMatch.DIFFERENT, NameMatch.ABSENT)
    assert compare("김하늘", name) in (NameMatch.MAYBE, NameMatch.DIFFERENT, NameMatch.ABSENT)


@given(st.text(max_size=130), st.text(max_size=130))
def test_it_is_the_same_the_other_way_round(left: str, right: str) -> None:
    assert (compare(left, right) is NameMatch.SAME) == (compare(right, left) is NameMatch.SAME)
    if compare(left, left) is not NameMatch.ABSENT and len(left) <= 120:
        assert compare(left, left) is NameMatch.SAME
