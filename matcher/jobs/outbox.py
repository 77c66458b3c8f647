"""Sends the mails that wait; run it every minute."""

from matcher.flows import outbox
from matcher.flows.outbox import Sent
from matcher.wiring import Services


def run(services: Services) -> Sent:
    """Nothing is tried while no mail gateway is switched on."""
    settings = services.settings
    if not services.mailer.is_on:
        return Sent(0, 0)
    site = settings.public_url or f"http://{settings.host}:{settings.port}"
    return outbox.send_waiting(services, services.mailer, site, keep_words=settings.demo)
