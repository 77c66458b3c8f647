"""Sends the mails that wait; run it every minute."""

from matcher.flows import outbox
from matcher.flows.outbox import Sent
from matcher.wiring import Services


def run(services: Services) -> Sent:
    settings = services.settings
    site = settings.public_url or f"http://{settings.host}:{settings.port}"
    return outbox.send_waiting(services, services.mailer, site, keep_words=settings.demo)
