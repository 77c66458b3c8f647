"""HTML pages, one file per subject."""

from matcher.web.pages import health, public, records, session

ROUTERS = (health.router, public.router, records.router, session.router)
