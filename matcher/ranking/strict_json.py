"""Frozen dataclasses to plain JSON values and back, with nothing guessed.

Knows str, int, float, bool, date, Literal, optional values, tuples of one kind, dicts by str and
further dataclasses: what the records of models are made of.
"""

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class StrictJsonError(ValueError):
    """Where and why; nothing of the data was used."""


def to_plain(value: Any) -> Any:
    """Raises StrictJsonError for NaN and infinities, which JSON has no words for."""
    if is_dataclass(value):
        return {each.name: to_plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [to_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: to_plain(each) for name, each in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        raise StrictJsonError("a figure is not finite")
    return value


def from_plain(kind: type[T], data: object) -> T:
    """Raises StrictJsonError, naming the place."""
    return cast(T, _read(kind, data, ""))


def _read(kind: Any, data: object, at: str) -> Any:
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _dataclass(kind, data, at)
    if origin in (Union, UnionType):
        return _optional(kind, data, at)
    if origin is Literal:
        return _one_of(get_args(kind), data, at)
    if origin is tuple:
        item = get_args(kind)[0]
        held = _of(list, data, at)
        return tuple(_read(item, each, f"{at}[{n}]") for n, each in enumerate(held))
    if origin is dict:
        item = get_args(kind)[1]
        return {name: _read(item, each, f"{at}.{name}") for name, each in _of(dict, data, at)}
    return _plain(kind, data, at)


def _dataclass(kind: Any, data: object, at: str) -> Any:
    known, hints = [each.name for each in fields(kind)], get_type_hints(kind)
    if not isinstance(data, Mapping) or set(data) != set(known):
        raise StrictJsonError(f"{at or 'the whole'}: expected exactly {', '.join(known)}")
    return kind(**{name: _read(hints[name], data[name], f"{at}.{name}") for name in known})


def _optional(kind: Any, data: object, at: str) -> Any:
    if data is None and NoneType in get_args(kind):
        return None
    wanted = [each for each in get_args(kind) if each is not NoneType]
    return _read(wanted[0], data, at)


def _one_of(choices: tuple[Any, ...], data: object, at: str) -> Any:
    if not isinstance(data, str) or data not in choices:
        raise StrictJsonError(f"{at}: not one of {', '.join(choices)}")
    return data


def _of(kind: type, data: object, at: str) -> Any:
    if not isinstance(data, kind):
        raise StrictJsonError(f"{at}: expected {kind.__name__}")
    return data.items() if isinstance(data, dict) else data


def _plain(kind: Any, data: object, at: str) -> Any:
    if kind is date and isinstance(data, str):
        try:
            return date.fromisoformat(data)
        except ValueError as error:
            raise StrictJsonError(f"{at}: not a day") from error
    is_number = isinstance(data, int | float) and not isinstance(data, bool)
    if kind is float and is_number and math.isfinite(cast(float, data)):
        return float(cast(float, data))
    if kind in (str, int, bool) and type(data) is kind:
        return data
    raise StrictJsonError(f"{at}: expected {kind.__name__}")
