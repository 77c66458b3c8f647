"""An empty field of a form is no crash, whatever the field takes."""

import importlib
import inspect
import pkgutil

import pytest
from starlette.datastructures import QueryParams

from matcher.refusal import Invalid
from matcher.web import forms
from matcher.web.forms.base import Form, parse

MODULES = [importlib.import_module(f"{forms.__name__}.{each.name}")
           for each in pkgutil.iter_modules(forms.__path__)]  # fmt: skip
FIELDS = sorted(
    {
        (kind.__module__, kind.__name__, name)
        for module in MODULES
        for kind in vars(module).values()
        if inspect.isclass(kind) and issubclass(kind, Form)
        for name in kind.model_fields
    }
)
ODD = ("", " ", "\u3000", "0", "-1", "1e1", "9" * 20, "\ud800", "\x00", "{0.__class__}")


@pytest.mark.parametrize("module", sorted({module for module, _kind, _name in FIELDS}))
def test_odd_values_are_read_or_refused_by_field(module: str) -> None:
    crashed = []
    for _module, kind, name in (each for each in FIELDS if each[0] == module):
        for value in ODD:
            try:
                parse(getattr(importlib.import_module(module), kind), QueryParams([(name, value)]))
            except Invalid:
                continue
            except Exception as error:
                crashed.append((kind, name, value, type(error).__name__))
    assert crashed == []
