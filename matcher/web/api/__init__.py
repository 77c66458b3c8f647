"""The JSON API under /api/v1: bearer tokens only, the same flows as the pages."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/v1")
