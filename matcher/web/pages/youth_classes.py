"""A young person's own place in a course: attendance, checking in, the credential."""

from typing import Any

from starlette.responses import Response

from matcher.flows import own_class, own_credentials
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, Invalid, TooMany
from matcher.web import course_words, matching_words
from matcher.web.forms.base import parse
from matcher.web.forms.class_desk import CodeForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id, Slug
from matcher.web.refused import form_again
from models.attendance import AttendanceState

router = pages()


@router.get("/youth/enrolments/{enrolment_id}")
def show(page: Paged, enrolment_id: Id) -> Response:
    return page.html("youth/class.html", **_context(page, enrolment_id), errors={})


@router.post("/youth/enrolments/{enrolment_id}/check-in")
def check_in(page: Paged, enrolment_id: Id) -> Response:
    try:
        form = parse(CodeForm, page.form)
        with page.writing() as unit:
            state = own_class.check_in(unit, page.actor, enrolment_id, form.code)
        if state is None:
            raise Invalid({"code": _("번호가 달라요. 화면에 보이는 번호를 적어 주세요.")})
    except (Invalid, Conflict, TooMany) as refusal:
        return form_again(page, "youth/class.html", refusal, **_context(page, enrolment_id))
    notice = "checked-in" if state is AttendanceState.PRESENT else "checked-in-late"
    return page.redirect(f"/youth/enrolments/{enrolment_id}", notice=notice)


def _context(page: Page, enrolment_id: int) -> dict[str, Any]:
    with page.reading() as unit:
        view = own_class.show(unit, page.actor, enrolment_id)
    return {
        "view": view,
        "marks": course_words.attendance_words(),
        "modes": dict(matching_words.mode_choices()),
        "weekdays": matching_words.weekdays(),
    }


@router.get("/youth/credentials/{credential}")
def credential(page: Paged, credential: Slug) -> Response:
    with page.reading() as unit:
        view = own_class.credential(unit, page.actor, credential)
        signed = own_credentials.of_course(unit, page.actor, credential)
        is_signing = own_credentials.is_on(unit, page.services.key_vault)
    return page.html("youth/credential.html", view=view, signed=signed, is_signing=is_signing)
