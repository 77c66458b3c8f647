"""A young person's own profile."""

import re
from typing import Annotated

from fastapi import Header
from starlette.responses import Response

from matcher.flows import profile
from matcher.flows.profile import ProfileView
from matcher.i18n import gettext as _
from matcher.refusal import Invalid
from matcher.web.api.answers import ProfilePublic
from matcher.web.api.bodies import ProfileUpdate
from matcher.web.api.routing import api
from matcher.web.page import Page, Paged
from models.youth import WishKind

router = api("profile")
TAG = re.compile(r'"([1-9][0-9]{0,8})"')
IfMatch = Annotated[
    str | None, Header(max_length=40, description='The version that was read, such as "3"')
]


@router.get("/profile")
def read_profile(page: Paged, response: Response) -> ProfilePublic:
    """Your profile; its version is the ETag."""
    return _shown(page, response)


@router.put("/profile")
def replace_profile(
    page: Paged, response: Response, body: ProfileUpdate, if_match: IfMatch = None
) -> ProfilePublic:
    """Replace your profile. 409 when it changed after the version you name."""
    version = _version(body.version, if_match)
    with page.writing() as unit:
        profile.change(unit, page.actor, body.change(version))
    return _shown(page, response)


def _version(in_body: int | None, if_match: str | None) -> int:
    found = TAG.fullmatch(if_match) if if_match is not None else None
    if if_match is not None and found is None:
        raise Invalid({"If-Match": _('읽은 판을 "3"처럼 적어 주세요.')})
    tagged = int(found[1]) if found is not None else None
    if tagged is None and in_body is None:
        raise Invalid({"version": _("읽은 판(version)이나 If-Match를 함께 보내 주세요.")})
    if tagged is not None and in_body is not None and tagged != in_body:
        raise Invalid({"version": _("If-Match와 version이 서로 달라요.")})
    return in_body if in_body is not None else tagged or 0


def _shown(page: Page, response: Response) -> ProfilePublic:
    with page.reading() as unit:
        view = profile.view(unit, page.actor)
    response.headers["ETag"] = f'"{view.version}"'
    return _public(view)


def _public(view: ProfileView) -> ProfilePublic:
    return ProfilePublic(
        name=view.name,
        affiliation=view.affiliation,
        affiliation_state=view.affiliation_state,
        organisation_id=view.organisation_id,
        organisation_name=view.organisation_name,
        status=view.status,
        graduation_on=view.graduation_on,
        available_from=view.available_from,
        weekly_hours=view.weekly_hours,
        budget_krw=view.budget_krw,
        about=view.about,
        sectors=list(view.wishes[WishKind.SECTOR]),
        regions=list(view.wishes[WishKind.REGION]),
        employment=list(view.wishes[WishKind.EMPLOYMENT]),
        version=view.version,
    )
