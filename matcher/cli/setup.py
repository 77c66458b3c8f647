"""Settings and services for commands; only `serve` asks for the secret."""

from collections.abc import Iterator
from contextlib import contextmanager

from matcher.settings import Settings
from matcher.wiring import Services, build


@contextmanager
def services(settings: Settings | None = None) -> Iterator[Services]:
    ready = build(settings or Settings())
    try:
        yield ready
    finally:
        ready.close()
