"""A desk's projects: mentor, showcase day, and what was shown as evidence for skills."""

from starlette.responses import Response

from matcher.flows import project_desk
from matcher.refusal import Conflict, Invalid
from matcher.web import project_words
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import EmptyForm
from matcher.web.forms.community import ProjectDeskForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to, typed_values

router = pages()
FIELDS = ("mentor", "showcase_on", "shown_on", "showcase_url")


@router.get("/coordinator/projects")
@router.get("/centre/projects")
def listing(page: Paged) -> Response:
    parse(EmptyForm, page.request.query_params, ignore=LOOK)
    base = desk_base(page)
    with page.reading() as unit:
        cards = project_desk.listing(unit, page.actor)
    return page.html(
        "coordinator/projects.html",
        base=base,
        cards=cards,
        open=sum(not each.is_closed for each in cards),
        stages=dict(project_words.stage_choices()),
    )


@router.get("/coordinator/projects/{project_id}")
@router.get("/centre/projects/{project_id}")
def sheet(page: Paged, project_id: Id) -> Response:
    return _sheet(page, desk_base(page), project_id, {}, 200)


@router.post("/coordinator/projects/{project_id}")
@router.post("/centre/projects/{project_id}")
def change(page: Paged, project_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(ProjectDeskForm, page.form)
        with page.writing() as unit:
            project_desk.change(unit, page.actor, project_id, form.written(), form.version)
    except (Invalid, Conflict) as refusal:
        return _sheet(page, base, project_id, *answer_to(refusal))
    return page.redirect(f"{base}/projects/{project_id}", notice="project-desk-saved")


def _sheet(page: Page, base: str, project_id: int, errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        view = project_desk.sheet(unit, page.actor, project_id)
    stored = {name: str(getattr(view.card, name) or "") for name in FIELDS}
    return page.html(
        "coordinator/project.html",
        status,
        base=base,
        view=view,
        values=typed_values(page.form, stored) if errors else stored,
        errors=errors,
        stages=dict(project_words.stage_choices()),
    )
