"""The admin's home, the append-only records, the outbox; and the demo's letter box."""

from starlette.responses import Response

from matcher.flows import admin_organisations, admin_records, outbox
from matcher.refusal import NotFound
from matcher.web.forms.admin import MailQuery, RecordQuery
from matcher.web.forms.base import parse
from matcher.web.gates import pages
from matcher.web.page import Paged
from models.organisation import OrganisationState

router = pages()


@router.get("/admin")
def home(page: Paged) -> Response:
    with page.reading() as unit:
        overview = admin_records.overview(unit)
        found = admin_organisations.listing(unit)
    pending = sum(1 for row in found if row.state is OrganisationState.PENDING)
    return page.html(
        "admin/home.html", overview=overview, organisations=len(found), pending=pending
    )


@router.get("/admin/audit")
def audit(page: Paged) -> Response:
    query = parse(RecordQuery, page.request.query_params, ignore=("lang", "theme"))
    kind = "looks" if query.kind == "looks" else "changes"
    read = admin_records.looks if kind == "looks" else admin_records.changes
    wanted = admin_records.wanted(query.action, query.account_id, query.youth_id, query.before)
    with page.reading() as unit:
        view = read(unit, wanted, query.check)
    return page.html("admin/audit.html", view=view, query=query, kind=kind)


@router.get("/admin/outbox")
def mails(page: Paged) -> Response:
    query = parse(MailQuery, page.request.query_params, ignore=("lang", "theme"))
    with page.reading() as unit:
        found = outbox.page(unit, query.before, query.state)
    return page.html("admin/outbox.html", mails=found, query=query)


@router.get("/demo/mails")
def letters(page: Paged) -> Response:
    """Everybody's mails, so only ever in the demo."""
    if not page.services.settings.demo:
        raise NotFound
    site = page.services.settings.public_url or str(page.request.base_url)
    with page.reading() as unit:
        found = outbox.letters(unit, site)
    return page.html("public/demo_mails.html", letters=found)
