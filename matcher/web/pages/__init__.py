"""HTML pages, one file per subject."""

from matcher.web.pages import health, public, session

ROUTERS = (health.router, public.router, session.router)
