"""The JSON API under /api/v1: bearer tokens only, the same flows as the pages."""

from fastapi import APIRouter

from matcher.web.api import (
    applications,
    certifications,
    own,
    profile,
    public,
    recommendations,
    skills,
)

router = APIRouter()
for part in (own, profile, skills, certifications, public, recommendations, applications):
    router.include_router(part.router)
