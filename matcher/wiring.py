"""Settings -> Services; the only place that chooses which real thing stands behind a name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from matcher import logs
from matcher.actor import Actor
from matcher.clock import Clock
from matcher.db import Database, Unit
from matcher.gateways.badge_host import BadgeHost, HttpBadgeHost, NullBadgeHost
from matcher.gateways.course_feed import CourseFeed, HttpCourseFeed, NullCourseFeed
from matcher.gateways.key_vault import (
    DEMO_SECRET,
    SERVICE,
    KeyVault,
    NullKeyVault,
    SealedKeyVault,
)
from matcher.gateways.mail import HeldMailer, Mailer, SmtpMailer
from matcher.gateways.passwords import Argon2Passwords, Passwords
from matcher.settings import Settings
from matcher.store import trail


@dataclass(frozen=True)
class Services:
    settings: Settings
    clock: Clock
    database: Database
    mailer: Mailer
    passwords: Passwords
    course_feed: CourseFeed = field(default_factory=NullCourseFeed)
    key_vault: KeyVault = field(default_factory=NullKeyVault)
    badge_host: BadgeHost = field(default_factory=NullBadgeHost)

    @contextmanager
    def reading(
        self, actor: Actor | None = None, request_id: str = "", source: str = ""
    ) -> Iterator[Unit]:
        """A unit that changes nothing; its trail is written afterwards, before any answer leaves.

        When the trail cannot be written the read fails too: an unrecorded look is no look.
        """
        with self.database.reading() as session:
            unit = Unit(session, self.clock.now(), actor, request_id, source)
            yield unit
        if unit.trail:
            with self.database.writing() as session:
                trail.append(session, unit.trail)

    @contextmanager
    def writing(
        self, actor: Actor | None = None, request_id: str = "", source: str = ""
    ) -> Iterator[Unit]:
        """A unit that commits, trail included, when the block ends well; raising undoes all."""
        with self.database.writing() as session:
            unit = Unit(session, self.clock.now(), actor, request_id, source)
            yield unit
            session.flush()  # the trail comes last, so that its rows carry ids made above
            trail.append(session, unit.trail)

    def close(self) -> None:
        self.database.close()


def build(settings: Settings) -> Services:
    logs.configure(settings.log_level)
    return Services(
        settings=settings,
        clock=Clock(settings.today),
        database=Database(settings.database_url),
        mailer=_mailer(settings),
        passwords=Argon2Passwords(),
        course_feed=_course_feed(settings),
        key_vault=key_vault(settings),
        badge_host=_badge_host(settings),
    )


def _mailer(settings: Settings) -> Mailer:
    """The operator's mail server when one is named; the demo never sends."""
    if not settings.smtp_host or settings.demo:
        return HeldMailer()
    return SmtpMailer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.mail_from,
        user=settings.smtp_user,
        password=settings.smtp_password,
        security=settings.smtp_security,
    )


def _course_feed(settings: Settings) -> CourseFeed:
    """Off without a key, and in the demo whatever is set."""
    if not settings.hrdnet_key or settings.demo:
        return NullCourseFeed()
    return HttpCourseFeed(settings.hrdnet_key)


def key_vault(settings: Settings) -> KeyVault:
    """Off without a secret; the demo signs under an open one."""
    secret = settings.sealing_secret() or (DEMO_SECRET if settings.demo else "")
    names = settings.site(), settings.operator_name or SERVICE
    return SealedKeyVault(secret, *names) if secret else NullKeyVault(*names)


def _badge_host(settings: Settings) -> BadgeHost:
    """Off until the operator names hosts, and in the demo whatever is set."""
    hosts = settings.badge_host_list()
    if not hosts or settings.demo:
        return NullBadgeHost()
    return HttpBadgeHost(hosts)
