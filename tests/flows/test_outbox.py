"""Mails leave once, are tried again, and keep no one-time link after they left."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from matcher.db import Unit
from matcher.flows import outbox
from matcher.gateways.mail import Mail, NullMailer
from matcher.jobs import outbox as job
from matcher.store import outbox as stored
from matcher.wiring import Services
from models.account import Account
from models.outbox import OutboxMail, OutboxState
from tests.people import People

SITE = "https://oreum.example"


class Broken:
    """Refuses the first `times` mails."""

    def __init__(self, times: int) -> None:
        self.left = times
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        if self.left:
            self.left -= 1
            raise OSError("mail server is away")
        self.sent.append(mail)


class Later:
    """The services some time later."""

    def __init__(self, services: Services, by: timedelta) -> None:
        self.services, self.by = services, by

    def reading(self):  # type: ignore[no-untyped-def]
        return self._moved(self.services.reading())

    def writing(self):  # type: ignore[no-untyped-def]
        return self._moved(self.services.writing())

    def _moved(self, context):  # type: ignore[no-untyped-def]
        from contextlib import contextmanager

        @contextmanager
        def moved():  # type: ignore[no-untyped-def]
            with context as unit:
                yield Unit(unit.session, unit.now + self.by)

        return moved()


def put(services: Services, people: People, template: str, **context: str) -> None:
    with services.writing() as unit:
        account = unit.session.get_one(Account, people.youth.account_id)
        stored.put(unit.session, account, template, unit.now, **context)


def only_mail(services: Services) -> OutboxMail:
    with services.database.reading() as session:
        return session.exec(select(OutboxMail)).one()


@pytest.mark.parametrize(
    ("template", "context", "path"),
    [
        ("confirm_email", {"token": "tok-1"}, "/confirm?token=tok-1"),
        ("reset_password", {"token": "tok-1"}, "/reset/new?token=tok-1"),
        ("invitation", {"token": "tok-1"}, "/reset/new?token=tok-1"),
        ("already_have_account", {}, "/reset"),
        ("password_changed", {}, "/reset"),
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_mail_has_a_subject_and_its_link(
    services: Services, people: People, template: str, context: dict[str, str], path: str,
    language: str,
) -> None:  # fmt: skip
    with services.database.writing() as session:
        session.get_one(Account, people.youth.account_id).language = language
    put(services, people, template, **context)
    mailer = NullMailer()
    assert outbox.send_waiting(services, mailer, SITE + "/") == outbox.Sent(1, 0)
    mail = mailer.sent[0]
    assert (mail.to, f"{SITE}{path}\n" in mail.text) == (people.youth.email, True)
    assert ("\n" not in mail.subject, 5 < len(mail.subject) < 80) == (True, True)
    assert ("안녕하세요" in mail.text) == (language == "ko")


def test_a_second_run_sends_nothing_and_the_link_is_forgotten(
    services: Services, people: People
) -> None:
    put(services, people, "confirm_email", token="tok-1")
    mailer = NullMailer()
    runs = [outbox.send_waiting(services, mailer, SITE).sent for _ in range(2)]
    row = only_mail(services)
    assert (runs, row.state, row.tries, row.context) == ([1, 0], OutboxState.SENT, 1, {})


def test_the_demo_keeps_the_words(services: Services, people: People) -> None:
    put(services, people, "confirm_email", token="tok-1")
    demo = replace(services, settings=services.settings.model_copy(update={"demo": True}))
    assert job.run(demo).sent == 1
    with services.reading() as unit:
        letters = outbox.letters(unit, SITE)
    assert [letter.link for letter in letters] == ["/confirm?token=tok-1"]


def test_a_failed_mail_waits_and_goes_out_later(services: Services, people: People) -> None:
    put(services, people, "confirm_email", token="tok-1")
    mailer = Broken(1)
    first = outbox.send_waiting(services, mailer, SITE)
    at_once = outbox.send_waiting(services, mailer, SITE)
    later = outbox.send_waiting(Later(services, timedelta(minutes=3)), mailer, SITE)
    assert (first.failed, at_once, later.sent) == (1, outbox.Sent(0, 0), 1)
    assert [mail.text.count("tok-1") for mail in mailer.sent] == [1]


def test_after_the_last_try_a_mail_has_failed_for_good(services: Services, people: People) -> None:
    put(services, people, "confirm_email", token="tok-1")
    mailer = Broken(99)
    failed = [
        outbox.send_waiting(Later(services, timedelta(hours=2 * n)), mailer, SITE).failed
        for n in range(8)
    ]
    row = only_mail(services)
    assert failed == [1] * stored.MOST_TRIES + [0, 0]
    assert (row.state, row.context) == (OutboxState.FAILED, {})


def test_a_mail_that_cannot_be_written_does_not_stop_the_others(
    services: Services, people: People
) -> None:
    put(services, people, "no_such_template")
    put(services, people, "confirm_email")  # its link is missing
    put(services, people, "password_changed")
    mailer = NullMailer()
    assert outbox.send_waiting(services, mailer, SITE) == outbox.Sent(1, 2)


def test_senders_at_the_same_time_send_each_mail_once(services: Services, people: People) -> None:
    for n in range(20):
        put(services, people, "confirm_email", token=f"tok-{n}")
    mailer = NullMailer()
    start = threading.Barrier(4)

    def run() -> None:
        start.wait()
        outbox.send_waiting(services, mailer, SITE)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    keys = [mail.key for mail in mailer.sent]
    assert (len(keys), len(set(keys))) == (20, 20)


def test_a_sender_killed_in_between_is_followed_with_the_same_message_id(
    services: Services, people: People
) -> None:
    put(services, people, "confirm_email", token="tok-1")
    with services.writing() as unit:  # claimed, then the process dies
        assert stored.claim(unit.session, only_mail(services).id or 0, unit.now) is True
    mailer = NullMailer()
    assert outbox.send_waiting(services, mailer, SITE).sent == 0
    later = Later(services, timedelta(minutes=3))
    assert outbox.send_waiting(later, mailer, SITE).sent == 1
    assert mailer.sent[0].key == only_mail(services).dedupe_key


def test_a_name_writes_no_second_header(services: Services, people: People) -> None:
    with services.database.writing() as session:
        session.get_one(Account, people.youth.account_id).name = "x\r\nBcc: y@example.com"
    put(services, people, "password_changed")
    mailer = NullMailer()
    outbox.send_waiting(services, mailer, SITE)
    assert "Bcc" not in mailer.sent[0].subject
