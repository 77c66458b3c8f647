"""The JSON API under /api/v1: bearer tokens only, the same flows as the pages."""

from matcher.web.api import (
    applications,
    badges,
    certifications,
    own,
    profile,
    promises,
    public,
    recommendations,
    resume,
    skills,
)
from matcher.web.routers import Router

router = Router()
for part in (
    own, profile, resume, skills, certifications, badges, public, recommendations, applications,
    promises,
):  # fmt: skip
    router.include_router(part.router)
