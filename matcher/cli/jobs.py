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


def digest(
    now: bool = typer.Option(False, "--now", help="Write between 21:00 and 08:00 in Jeju too."),
) -> None:
    """Write what is coming up for each person into one mail. Run it every hour; it never writes
    more often than the person chose."""
    from matcher.jobs import digest as job

    with services() as ready:
        done = job.run(ready, now)
    if done.is_quiet:
        typer.echo("quiet hours (21:00-08:00 in Jeju): nothing written; --now writes anyway")
    else:
        typer.echo(f"{done.written} written, {done.empty} without news")


def chances() -> None:
    """Count how often each person of an open assignment round would be placed. Run it at night."""
    from matcher.jobs import chances as job

    with services() as ready:
        done = job.run(ready)
    typer.echo(f"{done.rounds} rounds, {done.people} people")


def imports() -> None:
    """Check and store the uploaded files that wait. The service does it by itself; this is for
    when it is down, and two at once never take one file."""
    from matcher.jobs import imports as job

    with services() as ready:
        done = job.run(ready)
    typer.echo(f"{done} steps done")
