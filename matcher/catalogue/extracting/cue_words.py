"""The patterns by which the words around a name are read, Korean and English side by side.

No pattern nests quantifiers, so a hostile text costs no more than its length.
"""

import re
from typing import Final


def _any(*patterns: str) -> str:
    return "|".join(patterns)


_NONE: Final = _any(
    r"없어도|없으셔도|몰라도|모르셔도|불필요|필요\s?없|필요하지\s?않",
    r"필수(?:는|가|사항이|조건이)?\s?아[니닙]|아니어도|아니더라도|상관\s?없|요구하지\s?않",
    r"(?<!학력)(?<!학력 )(?<!경력)(?<!경력 )(?<!전공)(?<!전공 )(?<!나이 )(?<!성별 )무관",
    r"\bnot\s(?:a\s|an\s)?(?:strictly\s)?"
    r"(?:required|needed|necessary|requirement|mandatory|expected|must)",
    r"\b(?:don['’]?t|doesn['’]?t|do\snot|does\snot|needn['’]?t|no)\s(?:have\sto|need)",
    r"\bno\b(?!\.|\s(?:later|more|less|fewer))|\bunnecessary\b|\bwithout\b",
)
_EXCLUDE: Final = _any(
    r"제외|지원\s?불가|지원하실\s?수\s?없|받지\s?않",
    r"\bexclud\w{0,4}|\bnot\s(?:eligible|suitable|accepted)",
    r"\b(?:can['’]?t|cannot|do\snot)\s(?:consider|accept)",
)
_NICE: Final = _any(
    r"우대|가산점|가점|선호|있으면|있으시면|알면\s?좋|하면\s?좋|플러스",
    r"(?<!신입)(?<!신입도 )(?<!신입 )환영|선택(?=사항|입니다|\)|\s|$)",
    r"\bnice[-\s]to[-\s]have|\bgood\sto\shave|\bpreferred|\bpreferably|\bpreferable",
    r"\b(?:a|big|strong)\splus\b|\bplus(?=:)|\bbonus\b|\badvantage\w{0,5}|\bdesirable|\bdesired",
    r"\bideally|\bwelcome|\boptional\w{0,2}|\basset\b|\bbeneficial",
)
_MUST: Final = _any(
    r"필수|반드시|요구|갖추|갖춘",
    r"\brequire[ds]?\b|\brequirements?\b|\bmandatory|\bmust\b|\bessential",
    r"\bneed(?:ed|s)?\b|\bnecessary",
)
WISHES: Final = re.compile(
    f"(?P<none>{_NONE})|(?P<exclude>{_EXCLUDE})|(?P<nice>{_NICE})|(?P<must>{_MUST})", re.IGNORECASE
)
POSITIVE: Final = re.compile(_any(_NICE, _MUST), re.IGNORECASE)

LEVELS: Final = re.compile(
    _any(
        r"(?P<n1>입문|초보|\bentry[-\s]level|\bbeginner|\bintroductory)",
        r"(?P<n2>기초|기본|초급|\bbasic|\bfundamental|\bfamiliar)",
        r"(?P<n3>중급|\bintermediate|\bworking\sknowledge|\bsolid\b)",
        r"(?P<n4>능숙|숙련|고급|유창|\bproficien|\badvanced|\bstrong\b(?!\splus)|\bfluen|\bin-depth)",
        r"(?P<n5>전문가|\bexpert|\bmastery)",
        r"(?:레벨|수준|\blevel|\blv\.?)\s?(?P<said>[1-5])(?!\d)",
        r"(?<![\d.])(?P<rung>[1-5])\s?수준",
        r"(?<![\d.,])(?P<years>\d{1,2})\s?\+?\s?(?:년|years?\b|yrs?\b)",
    ),
    re.IGNORECASE,
)

ASKING: Final = re.compile(
    _any(
        r"경험|경력|능력|지식|이해|가능|활용|능숙|숙련|역량|보유|소지|관련|전공|자격|면허|기본기",
        r"다룰|다뤄|익숙|수준|분을?(?=[\s,.)]|$)|언어",
        r"\bexperience|\bknowledge|\bskill|\bproficien|\bfamiliar|\bbackground|\bunderstand",
        r"\bexpert|\babilit|\bhands-on|\bcertif|\bfluent|\bdeveloper\b|\bengineer\b",
        r"\bcommand\sof|\blanguage\b",
    ),
    re.IGNORECASE,
)
"""What a clause that asks something of a person holds."""

ABOUT_US: Final = re.compile(
    _any(
        r"(?:기업|회사|스타트업|벤처|문화|법인|업체|그룹)(?:입니다|이에요|예요|이며|로,)",
        r"가르쳐|배울\s?수|배우게|교육해\s?드|(?<!점을\s)(?<!점\s)드립니다",
        r"지급합니다|지원합니다|제공합니다|응시료|수강료|학원비",
        r"\bwe\sare\s(?:an?|the|one|proud)\b|\bfounded\b|\bleader\sin|\bleading\b",
        r"\bwe\s(?:offer|provide|reimburse|pay|cover)\b|\byou\s(?:will|'ll)\slearn",
        r"\blearn\b.{0,40}\bon\sthe\sjob|\btraining\sin\b|\bfree\b|\bbenefits\b",
    ),
    re.IGNORECASE,
)
"""The firm, its gifts and its lessons."""

SPOKEN_OF_US: Final = re.compile(
    _any(
        r"당사|저희|우리\s?(?:회사|는|팀)",
        r"\bour\s(?:company|mission|office|team|logo|customers)",
        r"\bwe\s(?:own|sell|ship|make|do|build|run)\b",
    ),
    re.IGNORECASE,
)
"""About the firm unless the same sentence asks for something."""

ABILITY: Final = re.compile(r".{0,6}?(?:능력|역량|스킬|skill|abilit)", re.IGNORECASE)
DUTY: Final = re.compile(
    _any(
        r"(?:합|입|됩|립)니다|하게\s됩|(?:해|어|아)요\b|모집|채용|구인",
        r"\byou(?:\swill|'ll)\b|\bwe\suse\b|\bhiring\b",
    ),
    re.IGNORECASE,
)
"""A sentence about the work, or the line that names the job."""
GLUE: Final = re.compile(
    r"[\s,/·&+()]{0,4}(?:and|or|및|와|과|이나|나|또는|혹은|하고|랑)?[\s,/·&+()]{0,3}", re.IGNORECASE
)
"""Between two items of one list."""
