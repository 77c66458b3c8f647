"""How Korean syllables are written in Latin letters, as patterns.

The rules are those of 국어의 로마자 표기법 (Ministry of Culture and Tourism notice No. 2000-8 of
7 July 2000; chapter 3 section 4: a name is written syllable by syllable, changes of sound between
them are not shown). Beside them stand the spellings people customarily put into their passports.
What is rarer, or older (McCune-Reischauer), is only in the `loose` patterns.
"""

import re
from functools import lru_cache
from typing import Final

FIRST_SYLLABLE: Final = 0xAC00
_FINALS_COUNT: Final = 28
_VOWELS_COUNT: Final = 21

# One entry a letter, in Unicode's order; after a slash what only the loose pattern takes.
_INITIALS: Final = (
    "g k", "kk gg / k g", "n", "d / t", "tt dd / t d", "r l / n", "m", "b / p", "pp bb / p b",
    "s", "ss s", "", "j / ch z g", "jj / j ch", "ch / j", "k / c q", "t / th", "p f / ph", "h",
)  # fmt: skip
_VOWELS: Final = (
    "a ah", "ae / ai ay e", "ya / ia", "yae / ye", "eo u / o uh e ou", "e / ae ay eh",
    "yeo you yu / yo eo yuh", "ye yea / yae e ae", "o oh / ou", "wa / oa", "wae / we",
    "oe oi / we wae",
    "yo / yoo", "u oo / ou woo wu", "wo weo / uo", "we / wae", "wi / ui wee uy", "yu yoo you / u",
    "eu / u uh", "ui eui / ee i hee", "i ee / y ie ea",
)  # fmt: skip
_FINALS: Final = (
    "", "k g / c ck", "k", "k", "n / nn", "n", "n", "t / d", "l / r ll", "k l", "m", "l p", "l",
    "l", "p l", "l", "m", "p b", "p", "t s", "t s", "ng", "t j", "t ch", "k", "t", "p", "h t /",
)  # fmt: skip
_ALONE: Final = {8: "oh", 13: "woo wu", 17: "yoo you", 20: "yi / lee rhee"}
"""Vowels that are written in more ways when they begin a syllable."""
_HEE: Final = {19: "hee hi"}
_SHI: Final = {16: "sh", 20: "sh"}
_FAMILIES: Final = {
    "김": "kim gim", "이": "lee yi i rhee ri li rhie", "리": "lee ri rhee li yi",
    "박": "park bak pak bahk", "최": "choi choe chey", "정": "jung jeong chung chong joung cheong",
    "강": "kang gang", "조": "cho jo joe", "윤": "yoon yun youn", "장": "jang chang",
    "임": "lim im rim yim", "림": "lim rim im", "한": "han hahn", "오": "oh o",
    "서": "seo suh so sur", "신": "shin sin", "권": "kwon gwon kweon", "황": "hwang whang",
    "안": "ahn an", "송": "song", "류": "ryu ryoo yoo yu lyu", "유": "yoo yu you ryu",
    "전": "jeon jun chun chon jeun", "홍": "hong", "고": "ko go koh goh", "문": "moon mun",
    "양": "yang ryang", "손": "son sohn", "배": "bae pae bai", "백": "baek paik baik back paek",
    "허": "heo hur huh her", "남": "nam", "심": "shim sim", "노": "noh roh no ro nho",
    "하": "ha hah", "곽": "kwak gwak", "성": "sung seong song", "차": "cha", "주": "joo ju chu",
    "우": "woo u wu", "구": "koo gu ku goo", "나": "na ra nah rah la", "라": "ra na la rah",
    "민": "min", "진": "jin chin", "지": "ji jee chi", "엄": "eom um uhm", "채": "chae chai",
    "원": "won weon", "천": "cheon chun chon", "방": "bang pang", "공": "kong gong",
    "현": "hyun hyeon hyon", "함": "ham hahm", "변": "byun byeon pyun byon", "염": "yeom yum youm",
    "여": "yeo yuh", "추": "choo chu", "도": "do doh", "소": "so", "석": "seok suk",
    "선": "sun seon",
    "설": "seol sul", "마": "ma", "길": "gil kil", "연": "yeon youn yun", "위": "wi wee",
    "표": "pyo", "명": "myung myeong", "기": "ki gi kee", "반": "ban pan bahn", "왕": "wang",
    "금": "keum geum kum", "옥": "ok ock", "육": "yook yuk", "인": "in", "맹": "maeng",
    "제": "je jae",
    "모": "mo", "탁": "tak", "국": "kook guk kuk", "어": "eo uh", "은": "eun", "편": "pyeon pyun",
    "용": "yong", "예": "ye", "경": "kyung gyeong", "봉": "bong", "사": "sa", "부": "boo bu pu",
    "가": "ka ga", "복": "bok", "태": "tae", "목": "mok", "피": "pi", "두": "doo du",
    "감": "kam gam",
    "음": "eum", "빈": "bin", "동": "dong", "온": "on ohn", "호": "ho", "범": "beom bum",
    "좌": "jwa", "팽": "paeng", "승": "seung", "간": "kan gan", "상": "sang", "시": "si shi",
    "갈": "kal gal", "단": "dan", "견": "kyun gyeon", "당": "dang",
    "남궁": "namkoong namgung namkung",
    "제갈": "jegal jekal", "선우": "sunwoo seonu seonwoo sunu", "황보": "hwangbo whangbo",
    "독고": "dokgo dokko", "사공": "sakong sagong", "서문": "seomun seomoon suhmoon",
}  # fmt: skip
_PARTS: Final = tuple(
    tuple(half.split() for half in (text.partition("/")[0], text.replace("/", "")))
    for text in (*_INITIALS, *_VOWELS, *_FINALS)
)


def is_hangul(text: str) -> bool:
    return bool(text) and all(0 <= ord(each) - FIRST_SYLLABLE < 11172 for each in text)


def families_of(name: str) -> list[tuple[str, str]]:
    """(family, given) as the name may be read; a family name of two syllables is rare, so both
    readings stand where one is possible."""
    pairs = [(name[:1], name[1:])]
    if len(name) > 2 and name[:2] in _FAMILIES:
        pairs.append((name[:2], name[2:]))
    return pairs


def family_pattern(family: str, loose: bool = False) -> str:
    """By the list and by the rules: 김 is Kim by the one and Gim by the other."""
    known = _FAMILIES.get(family, "").split()
    return _either(dict.fromkeys([*known, _syllables(family, loose)]))


def given_pattern(given: str, loose: bool = False) -> str:
    return _syllables(given, loose)


@lru_cache(maxsize=1)
def any_syllables() -> re.Pattern[str]:
    """Whether letters can be read as Korean syllables at all, two or more."""
    initials = {each for strict, _ in _PARTS[:19] for each in strict}
    vowels = {each for strict, _ in _PARTS[19:40] for each in strict}
    finals = {each for strict, _ in _PARTS[40:] for each in strict}
    longest = [
        "|".join(sorted(each, key=lambda text: (-len(text), text)))
        for each in (initials, vowels, finals)
    ]
    return re.compile(f"(?:(?:{longest[0]})?(?:{longest[1]})(?:{longest[2]})?){{2,3}}")


def _syllables(text: str, loose: bool) -> str:
    return "".join(_syllable(each, loose) for each in text)


def _syllable(letter: str, loose: bool) -> str:
    number = ord(letter) - FIRST_SYLLABLE
    final = number % _FINALS_COUNT
    initial, vowel = divmod(number // _FINALS_COUNT, _VOWELS_COUNT)
    half = 1 if loose else 0
    starts, middles, ends = (
        _PARTS[initial][half],
        _PARTS[19 + vowel][half],
        _PARTS[40 + final][half],
    )
    if initial == 11:
        middles = middles + _more(_ALONE.get(vowel, ""), loose)
    if initial == 9:
        starts = starts + _SHI.get(vowel, "").split()
    plain = _either(starts) + _either(middles)
    if initial == 18 and vowel in _HEE:
        plain = _either([plain, *_HEE[vowel].split()])
    return plain + _either(ends)


def _more(text: str, loose: bool) -> list[str]:
    return (text.replace("/", "") if loose else text.partition("/")[0]).split()


def _either(parts: "list[str] | dict[str, None]") -> str:
    return f"(?:{'|'.join(parts)})" if parts else ""
