"""A young person's CV in the formats other services read, and a CV brought from elsewhere."""

from typing import Any

from starlette.responses import Response

from matcher.actor import Actor
from matcher.db import Unit
from matcher.flows import calendar_feed, certifications, resume, skills
from matcher.flows.certifications import Attempt
from matcher.flows.resume import Preview
from matcher.flows.skills import SkillClaim
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, Invalid
from matcher.web import resume_words
from matcher.web.attached import uploaded
from matcher.web.calendar_files import calendar_answer
from matcher.web.files import file_answer
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import VersionForm
from matcher.web.forms.resume import ResumeForm
from matcher.web.gates import pages
from matcher.web.operating import site_of
from matcher.web.page import Page, Paged
from matcher.web.refused import answer_to, typed_values
from models.certification import AttemptState

router = pages()
HERE = "/youth/record/import"
FORMATS = "/youth/record/formats"
BLANK = {"document": "", "step": "", "skill": [], "certificate": [], "unknown": []}


@router.get("/youth/record/formats")
def formats(page: Paged) -> Response:
    return _formats(page, {}, 200)


@router.get("/youth/record/resume.json")
def as_resume(page: Paged) -> Response:
    with page.reading() as unit:
        return _file(page, resume.export(unit, page.actor), "resume", "json")


@router.get("/youth/record/elm.json")
def as_elm(page: Paged) -> Response:
    with page.reading() as unit:
        return _file(page, resume.as_elm(unit), "elm", "json")


@router.get("/youth/record/skills.csv")
def skills_file(page: Paged) -> Response:
    with page.reading() as unit:
        return _file(page, resume.skills_csv(unit), "skills", "csv")


@router.get("/youth/record/certificates.csv")
def certificates_file(page: Paged) -> Response:
    with page.reading() as unit:
        return _file(page, resume.certificates_csv(unit), "certificates", "csv")


@router.get("/youth/record/calendar.ics")
def dates_file(page: Paged) -> Response:
    with page.reading() as unit:
        return calendar_answer(calendar_feed.own(unit, site_of(page)), "oreum")


@router.get("/youth/record/import")
def show(page: Paged) -> Response:
    return _ask(page, BLANK, {}, 200)


@router.post("/youth/record/import")
def bring(page: Paged) -> Response:
    """The first step answers with the page itself: nothing is stored before the yes."""
    found: Preview | None = None
    try:
        form = parse(ResumeForm, page.form)
        data, at = _brought(page, form)
        with page.reading() as unit:
            found = resume.preview(unit, page.actor, data, at)
        if form.step == "look":
            return _preview(page, found, BLANK, {}, 200)
        with page.writing() as unit:
            _take(unit, page.actor, form, found)
            resume.keep(unit, page.actor, data, form.unknown)
    except (Invalid, Conflict) as refusal:
        values = typed_values(page.form, BLANK)
        if found is None:
            return _ask(page, values, *answer_to(refusal))
        return _preview(page, found, values, *answer_to(refusal))
    return page.redirect(FORMATS, notice="resume-kept")


@router.post("/youth/record/import/remove")
def remove(page: Paged) -> Response:
    try:
        form = parse(VersionForm, page.form)
        with page.writing() as unit:
            resume.remove(unit, page.actor, form.version)
    except (Invalid, Conflict) as refusal:
        return _formats(page, *answer_to(refusal))
    return page.redirect(FORMATS, notice="resume-removed")


def _brought(page: Page, form: ResumeForm) -> tuple[bytes, str]:
    """(bytes, field they came in). Raises Invalid when there are none."""
    data, name = uploaded(page.form, "file", page.services.settings.upload_limit_mb)
    if name:
        return data, "file"
    if not form.document.strip():
        raise Invalid({"file": _("파일을 고르거나 아래에 붙여 넣어 주세요.")})
    return form.document.encode("utf-8", "surrogatepass"), "document"


def _take(unit: Unit, actor: Actor, form: ResumeForm, found: Preview) -> None:
    """Only what the document itself says, by the rules of the pages for it."""
    offered = {each.slug for each in found.found.skills}
    for slug, level in form.levels().items():
        if slug in offered:
            skills.claim(unit, actor, SkillClaim(slug, level))
            unit.session.flush()  # the next claim counts this one
    for each in found.found.certificates:
        if each.key in form.certificate:
            try:
                attempt = Attempt(each.code, AttemptState.PASSED, each.on, proof_url=each.url)
                certifications.record(unit, actor, attempt)
            except Invalid as refusal:
                said = " ".join(refusal.fields.values())
                raise Invalid({"certificate": f"{each.name}: {said}"}) from None
    unit.session.flush()  # the document is kept beside what was just recorded


def _ask(page: Page, values: dict[str, Any], errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        view = resume.formats(unit, page.actor)
    return page.html("youth/resume_import.html", status, view=view, values=values, errors=errors)


def _preview(
    page: Page, found: Preview, values: dict[str, Any], errors: dict[str, str], status: int
) -> Response:
    return page.html(
        "youth/resume_preview.html",
        status,
        text=found.text,
        view=found,
        found=found.found,
        parts=resume_words.parts(found.found.kept),
        chosen=set(values["skill"]),
        certificates=set(values["certificate"]),
        unknown=set(values["unknown"]),
        is_first=not values["step"],
        errors=errors,
    )


def _formats(page: Page, errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        view = resume.formats(unit, page.actor)
    return page.html("youth/resume_formats.html", status, view=view, errors=errors)


def _file(page: Page, data: bytes, name: str, kind: str) -> Response:
    day = page.services.clock.today().isoformat()
    return file_answer(data, f"oreum-{name}-{day}", kind)
