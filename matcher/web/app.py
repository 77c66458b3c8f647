"""The application: layers around it, routers in it, one gate before every route."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware import Middleware

from matcher.web import errors
from matcher.web.api import router as api_router
from matcher.web.context import RequestContext
from matcher.web.edge import Edge
from matcher.web.headers import SecurityHeaders
from matcher.web.identity import Entered
from matcher.web.pages import ROUTERS
from matcher.web.static_files import HashedStatic
from matcher.wiring import Services

STATIC = Path(__file__).parent / "static"
BODY_SLACK = 1_048_576


def create_app(services: Services) -> FastAPI:
    """The ASGI application over ready services; it closes them when it stops."""
    settings = services.settings
    body_limit = settings.upload_limit_mb * 1_048_576 + BODY_SLACK

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # Few threads: reads on SQLite fight over the interpreter lock, 40 threads halve the rate.
        anyio.to_thread.current_default_thread_limiter().total_tokens = settings.threads
        yield
        services.close()

    app = FastAPI(
        title="Oreum API",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        dependencies=[Entered],
        middleware=[
            Middleware(RequestContext),
            Middleware(SecurityHeaders),
            Middleware(Edge, hosts=settings.host_list(), body_limit=body_limit),
            Middleware(errors.CrashPages),
        ],
    )
    app.state.services = services
    errors.install(app)
    for router in (*ROUTERS, api_router):
        app.include_router(router)
    app.mount("/static", HashedStatic(directory=STATIC), name="static")
    return app
