"""Commands that run by the clock."""

import typer

from matcher.cli.setup import services


def outbox() -> None:
    """Send the mails that wait. Run it every minute; two at once never send one mail twice."""
    from matcher.jobs import outbox as job

    with services() as ready:
        done = job.run(ready)
        if not ready.mailer.is_on:
            typer.echo("no mail gateway is switched on (OREUM_SMTP_HOST): mails wait", err=True)
    typer.echo(f"{done.sent} sent, {done.failed} failed")


def wipe() -> None:
    """Rewrite the database file without anything that was deleted from it. Run it at night."""
    from matcher.jobs import traces as job

    with services() as ready:
        is_done = job.run(ready)
    typer.echo("rewritten" if is_done else "busy: run it again")
