"""Serving the pages and the API."""

import gc
import threading
from typing import TYPE_CHECKING

import typer

from matcher.cli.setup import settings_told

if TYPE_CHECKING:
    from matcher.wiring import Services


def serve() -> None:
    """Serve on OREUM_HOST:PORT until stopped. Refuses a weak OREUM_SECRET and demo data."""
    starting()
    from matcher.settings import Settings
    from matcher.wiring import build

    with settings_told():
        settings = Settings()
        settings.serving_secret()
        if settings.demo:
            words = "OREUM_DEMO shows everybody's mails; use the command demo for it"
            raise typer.BadParameter(words)
        services = build(settings)
    refuse_demo_accounts(services)
    run(services)


def starting() -> None:
    """Hold the collector until the service is up: a third of the start was it walking through
    what is only being loaded and will stay. `_warm` lets it go again."""
    gc.disable()


def refuse_demo_accounts(services: "Services") -> None:
    """Their password is printed and public; an admin is among them. Raises BadParameter."""
    from matcher.store import demo, schema

    if not schema.is_current(services.database):
        return
    with services.reading() as unit:
        if demo.can_sign_in(unit.session):
            message = "demo accounts can sign in to this database; serve another one"
            raise typer.BadParameter(message)


def run(services: "Services") -> None:
    """Serve until stopped; the application closes the services."""
    import uvicorn

    from matcher.jobs import badges, imports, issuing
    from matcher.web.app import create_app

    settings = services.settings
    app = create_app(services)
    # Daemon: stopping the service waits for no library.
    threading.Thread(target=_warm, name="warm", daemon=True).start()
    with imports.working(services), issuing.working(services), badges.working(services):
        uvicorn.run(
            app,
            host=settings.host,
            port=settings.port,
            access_log=False,
            server_header=False,
            date_header=True,
            # Nobody's word about an address or a scheme counts but a named proxy's.
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies or None,
            log_level=settings.log_level.lower(),
            timeout_graceful_shutdown=8,
        )


def _warm() -> None:
    """Load scikit-learn beside the first answers, so that no first list or dry run waits for it."""
    try:
        from matcher.ranking.model import prior

        prior()
    finally:
        # What is loaded now stays for good. Unfrozen, the collector walks all of it during every
        # page that reads some thousand rows, and that was half of such a page's time.
        gc.collect()
        gc.freeze()
        gc.enable()
