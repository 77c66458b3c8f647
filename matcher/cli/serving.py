"""Serving the pages and the API."""

import typer

from matcher.settings import Settings, WeakSecret


def serve() -> None:
    """Serve on OREUM_HOST:PORT until stopped. Refuses a weak OREUM_SECRET."""
    import uvicorn

    from matcher.web.app import create_app
    from matcher.wiring import build

    settings = Settings()
    try:
        settings.serving_secret()
    except WeakSecret as refusal:
        raise typer.BadParameter(str(refusal)) from None
    uvicorn.run(
        create_app(build(settings)),
        host=settings.host,
        port=settings.port,
        access_log=False,
        server_header=False,
        date_header=True,
        log_level=settings.log_level.lower(),
        timeout_graceful_shutdown=8,
    )
