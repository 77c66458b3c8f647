"""A box left empty is an answer the forms know: None or a named fault, never a crash."""

from importlib import import_module
from pkgutil import iter_modules

import pytest
from pydantic import ValidationError
from starlette.datastructures import FormData

from matcher.refusal import Invalid
from matcher.web import forms
from matcher.web.forms import partner
from matcher.web.forms.base import Form, parse

MODULES = [import_module(f"{forms.__name__}.{each.name}") for each in iter_modules(forms.__path__)]
FORMS = sorted(
    {
        each
        for module in MODULES
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Form) and each.model_fields
    },
    key=lambda each: (each.__module__, each.__name__),
)


def test_every_file_of_forms_is_walked() -> None:
    assert len({form.__module__ for form in FORMS}) > 20


@pytest.mark.parametrize("form", FORMS, ids=lambda each: each.__name__)
@pytest.mark.parametrize("empty", ["", None], ids=["empty", "none"])
def test_an_empty_box_is_never_a_crash(form: type[Form], empty: str | None) -> None:
    faults: list[str] = []
    for name in form.model_fields:
        try:
            form.model_validate({name: empty})
        except ValidationError:
            continue
        except TypeError as error:
            faults.append(f"{name}: {error}")
    assert faults == []


def test_an_empty_title_is_asked_for_and_not_called_unusable() -> None:
    with pytest.raises(Invalid) as refusal:
        parse(partner.OpeningForm, FormData({"title_ko": "", "description": " "}))
    assert refusal.value.fields["title_ko"] == "꼭 적어 주세요."
    assert refusal.value.fields["description"] == "꼭 적어 주세요."
