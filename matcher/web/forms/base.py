"""Forms: strings in, a frozen value or messages by field out; what was typed is never lost."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, TypeVar, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError
from starlette.datastructures import FormData, QueryParams, UploadFile

from matcher.i18n import gettext as _
from matcher.refusal import Invalid

WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,11})")
WON = re.compile(r"([0-9][0-9,]{0,14}) ?(만)? ?원?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Form(BaseModel):
    """Base of every form: unknown fields are refused, nothing is coerced loosely."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _whole(value: object) -> object:
    if value is None or isinstance(value, int):
        return value
    text = str(value).strip().replace(",", "")
    if not text:
        return None
    if not text.isascii() or not WHOLE.fullmatch(text):
        raise PydanticCustomError("whole", "not a whole number")
    return int(text)


def _won(value: object) -> object:
    """Pay is said in units of 10,000 as often as in full: 3,600만원."""
    if value is None or isinstance(value, int):
        return value
    text = str(value).strip()
    if not text:
        return None
    found = WON.fullmatch(text)
    if found is None:
        raise PydanticCustomError("won", "not an amount")
    return int(found[1].replace(",", "")) * (10_000 if found[2] else 1)


def _day(value: object) -> object:
    if value is None or isinstance(value, date):
        return value
    text = str(value).strip()
    if not text:
        return None
    if not text.isascii() or not DAY.fullmatch(text):
        raise PydanticCustomError("day", "not a date")
    return text


def _blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


AsWhole = BeforeValidator(_whole)
"""Stands last: a bound behind it would be asked of what the field leaves empty."""
Whole = Annotated[int, AsWhole]
OptionalWhole = Annotated[int | None, AsWhole]
OptionalWon = Annotated[int | None, BeforeValidator(_won)]
Day = Annotated[date, BeforeValidator(_day)]
OptionalDay = Annotated[date | None, BeforeValidator(_day)]
Switch = Annotated[bool, BeforeValidator(lambda value: value in ("on", "yes", "1", "true", True))]
Blank = BeforeValidator(_blank)
"""For `Annotated[SomeEnum | None, Blank]`: an empty choice is None."""

FormT = TypeVar("FormT", bound=Form)
Source = FormData | QueryParams


def parse(kind: type[FormT], source: Source, ignore: Iterable[str] = ("csrf",)) -> FormT:
    """Read a form or a query. Raises Invalid with a message by field in the reader's language."""
    try:
        return kind.model_validate(_given(kind, source, ignore))
    except ValidationError as error:
        raise Invalid(messages(error)) from None


def typed(kind: type[Form], source: Source, ignore: Iterable[str] = ("csrf",)) -> dict[str, Any]:
    """Values by field as they were typed, to be shown again: of a field sent twice, the first.

    Lists only where the form asks for a list.
    """
    values: dict[str, Any] = {}
    for key, found in _sent(source, ignore):
        if _is_list(kind, key):
            values[key] = found
        elif found:
            values[key] = found[0]
    return values


def _given(kind: type[Form], source: Source, ignore: Iterable[str]) -> dict[str, Any]:
    """As `typed`, but Invalid when one field came twice: which of the two was meant?"""
    for key, found in _sent(source, ignore):
        if len(found) > 1 and not _is_list(kind, key):
            raise Invalid({key: _("같은 항목이 두 번 왔어요.")})
    return typed(kind, source, ignore)


def _sent(source: Source, ignore: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Texts by field, each field once; files are not read here."""
    skipped = set(ignore)
    for key in dict.fromkeys(source.keys()):
        if key not in skipped:
            yield key, [each for each in source.getlist(key) if not isinstance(each, UploadFile)]


def _is_list(kind: type[Form], key: str) -> bool:
    field = kind.model_fields.get(key)
    return field is not None and get_origin(field.annotation) in (list, tuple, set, frozenset)


def messages(error: ValidationError) -> dict[str, str]:
    """The first problem of each field, in words; "" for the whole form."""
    found: dict[str, str] = {}
    for problem in error.errors(include_url=False, include_input=False):
        key = str(problem["loc"][0]) if problem["loc"] else ""
        found.setdefault(key, message(problem["type"], problem.get("ctx") or {}))
    return found


def message(kind: str, context: Mapping[str, Any]) -> str:
    """Plain words for one validation problem."""
    if kind in {"greater_than_equal", "greater_than"}:
        least = context.get("ge", context.get("gt"))
        return _("%(least)s 이상으로 적어 주세요.") % {"least": least}
    if kind in {"less_than_equal", "less_than"}:
        return _("%(most)s 이하로 적어 주세요.") % {"most": context.get("le", context.get("lt"))}
    if kind in {"string_too_short", "too_short"} and context.get("min_length") == 1:
        return _("꼭 적어 주세요.")
    if kind == "string_too_short":
        return _("%(least)s자 이상 적어 주세요.") % {"least": context.get("min_length")}
    if kind == "plain":
        return str(context.get("text", ""))
    return _words().get(kind) or _("이 값은 쓸 수 없어요. 다시 확인해 주세요.")


def _words() -> dict[str, str]:
    needed = _("꼭 적어 주세요.")
    return {
        "missing": needed,
        "int_type": needed,
        "date_type": needed,
        "none_required": needed,
        "won": _("금액을 36,000,000이나 3,600만처럼 적어 주세요."),
        "whole": _("숫자만 적어 주세요. 예: 12"),
        "day": _("날짜를 2026-12-31처럼 적어 주세요."),
        "date_from_datetime_parsing": _("달력에 없는 날짜예요."),
        "date_parsing": _("달력에 없는 날짜예요."),
        "enum": _("목록에 있는 것 중에서 골라 주세요."),
        "literal_error": _("목록에 있는 것 중에서 골라 주세요."),
        "extra_forbidden": _("이 양식에 없는 항목이에요."),
        "too_long": _("너무 많이 골랐어요."),
        "text_too_long": _("글이 너무 길어요. 조금 줄여 주세요."),
        "text_line_break": _("한 줄로 적어 주세요."),
        "text_lone_jamo": _("낱자만 적힌 글자가 있어요."),
        "text_resident_number": _("주민등록번호로 보이는 숫자가 있어요. 지우고 적어 주세요."),
        "text_control": _("쓸 수 없는 글자가 들어 있어요."),
        "text_bidi": _("쓸 수 없는 글자가 들어 있어요."),
        "text_invisible": _("쓸 수 없는 글자가 들어 있어요."),
        "text_surrogate": _("쓸 수 없는 글자가 들어 있어요."),
        "text_marks": _("쓸 수 없는 글자가 들어 있어요."),
    }
