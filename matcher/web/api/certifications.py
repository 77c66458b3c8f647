"""A young person's certification attempts, and what can be sat on a day."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from matcher.db import Unit
from matcher.flows import certifications, programme
from matcher.matching.window import Window
from matcher.web.api.answers import CertificationPublic, ProgrammePublic, SittingPublic
from matcher.web.api.bodies import CertificationCreate, StepCreate
from matcher.web.api.fields import ExamLanguage, Key, Limit, Offset, OnDay
from matcher.web.api.once import created
from matcher.web.api.paging import Listed, link, listed
from matcher.web.api.routing import api
from matcher.web.page import Page, Paged
from matcher.web.params import Id

router = api("certifications")


@router.get("/certifications")
def list_certifications(
    page: Paged, response: Response, limit: Limit = 100, offset: Offset = 0
) -> Listed[CertificationPublic]:
    """Your attempts by day."""
    window = Window(offset, limit)
    with page.reading() as unit:
        found = certifications.view(unit, page.actor).records
    link(page.request, response, len(found), window)
    shown = [CertificationPublic.model_validate(each) for each in window.cut(found)]
    return listed(shown, len(found), window)


@router.post("/certifications", status_code=201, response_model=CertificationPublic)
def record_certification(
    page: Paged, body: CertificationCreate, idempotency_key: Key = None
) -> Response:
    """Record a plan, a booking or a result. 422 quotes the rule of AWS that refuses it."""

    def work(unit: Unit) -> CertificationPublic:
        record_id = certifications.record(unit, page.actor, body.attempt())
        return _one(unit, page, record_id)

    return created(page, idempotency_key, body, work)


@router.post("/certifications/{record_id}/steps")
def step_certification(page: Paged, record_id: Id, body: StepCreate) -> CertificationPublic:
    """Take one step of an attempt. 409 when the step is not open or the version is not the last."""
    with page.writing() as unit:
        certifications.move(
            unit,
            page.actor,
            record_id,
            body.to,
            body.on,
            body.version,
            is_minor=body.is_minor,
            has_guardian_consent=body.has_guardian_consent,
        )
        unit.session.flush()  # the view reads the attempt where it stands now
        return _one(unit, page, record_id)


@router.delete("/certifications/{record_id}", status_code=204)
def remove_certification(page: Paged, record_id: Id) -> None:
    """Delete an attempt nobody confirmed yet."""
    with page.writing() as unit:
        certifications.remove(unit, page.actor, record_id)


@router.get("/certification-programme")
def read_programme(
    page: Paged,
    on: OnDay = None,
    language: Annotated[ExamLanguage | None, Query()] = None,
) -> ProgrammePublic:
    """Exams that can be sat on a day, in a language or in any."""
    day = on or page.services.clock.today()
    shown = [SittingPublic.model_validate(each) for each in programme.sittings(day, language)]
    return ProgrammePublic(on=day, items=shown)


def _one(unit: Unit, page: Page, record_id: int) -> CertificationPublic:
    view = certifications.view(unit, page.actor)
    return CertificationPublic.model_validate(
        next(each for each in view.records if each.id == record_id)
    )
