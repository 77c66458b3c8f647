"""What is wrong with a CV somebody brought, in words, with the place in the file."""

from collections.abc import Callable, Sequence

from matcher.i18n import gettext as _

MOST_TOLD = 5


def told(mistakes: Sequence[tuple[str, str]]) -> str:
    """The first five, one sentence each, and how many more there are."""
    said = [mistake(code, place) for code, place in mistakes[:MOST_TOLD]]
    left = len(mistakes) - MOST_TOLD
    more = [_("고칠 곳이 %(n)s군데 더 있어요.") % {"n": left}] if left > 0 else []
    return " ".join([*said, *more])


def mistake(code: str, place: str) -> str:
    """`place` is a path such as `skills.0.name` that counts from 0, a line, or a name."""
    return _WORDS[code](place)


_WORDS: dict[str, Callable[[str], str]] = {
    "encoding": lambda _place: _("UTF-8로 저장한 JSON 파일이 아니에요."),
    "syntax": lambda line: _("%(line)s줄에서 JSON 문법이 틀렸어요.") % {"line": line},
    "deep": lambda _place: _("너무 깊이 겹쳐 있어서 읽지 않았어요. 서른 겹까지 읽어요."),
    "twice": lambda name: (
        _("한 묶음 안에 같은 이름이 두 번 있어요: %(name)s") % {"name": short(name)}
    ),
    "number": lambda word: _("JSON에 없는 수가 들어 있어요: %(word)s") % {"word": word},
    "character": lambda name: _("깨진 글자가 들어 있어요: %(name)s") % {"name": short(name) or "-"},
    "object": lambda _place: _("이력서 하나({…})가 아니에요. JSON Resume 파일을 골라 주세요."),
    "large": lambda _place: _("이력서가 너무 커요. 7만 자까지 둘 수 있어요."),
    "text": lambda path: _("%(path)s: 글이 와야 해요.") % {"path": short(path)},
    "list": lambda path: _("%(path)s: 목록([…])이 와야 해요.") % {"path": short(path)},
    "group": lambda path: _("%(path)s: 묶음({…})이 와야 해요.") % {"path": short(path)},
    "resident_number": lambda path: (
        _("%(path)s: 주민등록번호로 보이는 숫자가 있어요. 지우고 다시 올려 주세요.")
        % {"path": short(path)}
    ),
}


def short(text: str) -> str:
    """A piece of somebody's file, cut, with nothing invisible in it."""
    shown = "".join(each if each.isprintable() else "·" for each in text[:60])
    return shown + ("…" if len(text) > 60 else "")
