"""Made-up people: names from syllable lists, addresses at domains nobody can own."""

from random import Random

# (Hangul, romanised). Syllables, not names: put together they are plainly nobody's name.
FAMILY = (
    ("가", "ga"), ("너", "neo"), ("도", "do"), ("라", "ra"), ("모", "mo"), ("바", "ba"),
    ("새", "sae"), ("오", "o"), ("자", "ja"), ("차", "cha"), ("하", "ha"), ("온", "on"),
    ("물", "mul"), ("별", "byeol"), ("솔", "sol"), ("들", "deul"),
)  # fmt: skip
FIRST = (
    ("가람", "garam"), ("나래", "narae"), ("다솜", "dasom"), ("라온", "raon"), ("마루", "maru"),
    ("보람", "boram"), ("산들", "sandeul"), ("아라", "ara"), ("은결", "eungyeol"),
    ("지음", "jieum"), ("차미", "chami"), ("큰솔", "keunsol"), ("푸름", "pureum"),
    ("한결", "hangyeol"), ("노을", "noeul"), ("두리", "duri"), ("로운", "roun"), ("미르", "mireu"),
    ("반디", "bandi"), ("새론", "saeron"), ("여울", "yeoul"), ("이든", "ideun"),
    ("해솔", "haesol"), ("그루", "geuru"), ("달음", "dareum"), ("물결", "mulgyeol"),
    ("벼리", "byeori"), ("시내", "sinae"), ("윤슬", "yunseul"),
    ("초롱", "chorong"),
)  # fmt: skip
DOMAINS = ("example.com", "example.kr")


def make_names(random: Random, count: int) -> list[tuple[str, str]]:
    """`count` different (name, address) pairs; at most 480 fit the lists."""
    pairs = [(family, first) for family in FAMILY for first in FIRST]
    chosen = random.sample(pairs, count)
    return [
        (family[0] + first[0], f"{first[1]}.{family[1]}@{random.choice(DOMAINS)}")
        for family, first in chosen
    ]
