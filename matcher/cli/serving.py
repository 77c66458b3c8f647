"""Serving the pages and the API."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from matcher.wiring import Services


def serve() -> None:
    """Serve on OREUM_HOST:PORT until stopped. Refuses a weak OREUM_SECRET."""
    from matcher.settings import Settings, WeakSecret
    from matcher.wiring import build

    settings = Settings()
    try:
        settings.serving_secret()
    except WeakSecret as refusal:
        raise typer.BadParameter(str(refusal)) from None
    run(build(settings))


def run(services: "Services") -> None:
    """Serve until stopped; the application closes the services."""
    import uvicorn

    from matcher.web.app import create_app

    settings = services.settings
    uvicorn.run(
        create_app(services),
        host=settings.host,
        port=settings.port,
        access_log=False,
        server_header=False,
        date_header=True,
        log_level=settings.log_level.lower(),
        timeout_graceful_shutdown=8,
    )
