"""Commands that run by the clock."""

import typer

from matcher.cli.setup import language, refusing, services


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


def badges() -> None:
    """Ask badge hosts (OREUM_BADGE_HOSTS) for the badges behind links people handed in. The
    service does it by itself; two at once never take one link."""
    from matcher.jobs import badges as job

    with services() as ready, language(), refusing():
        done = job.run(ready)
        if not ready.badge_host.is_on:
            typer.echo("no badge host is named (OREUM_BADGE_HOSTS): links go to a desk", err=True)
    typer.echo(f"{done} links done")


def answers(
    now: bool = typer.Option(False, "--now", help="Work between 21:00 and 08:00 in Jeju too."),
) -> None:
    """End applications whose promised answer never came, and remind partners of what they owe in
    one mail each. Run it every hour; twice does no harm."""
    from matcher.jobs import answers as job

    with services() as ready:
        done = job.run(ready, now)
    if done.is_quiet:
        typer.echo("quiet hours (21:00-08:00 in Jeju): nothing done; --now works anyway")
    else:
        typer.echo(f"{done.ended} ended without an answer, {done.written} reminders written")


def looking(
    now: bool = typer.Option(False, "--now", help="Ask between 21:00 and 08:00 in Jeju too."),
) -> None:
    """Ask, once a term, everybody whom partners can see whether they still look for work. Run it
    every hour; nobody is asked twice a term."""
    from matcher.jobs import looking as job

    with services() as ready:
        done = job.run(ready, now)
    if done.is_quiet:
        typer.echo("quiet hours (21:00-08:00 in Jeju): nothing done; --now asks anyway")
    else:
        typer.echo(f"{done.asked} asked")


def postings() -> None:
    """Ask partners whether their postings still look for people, remind them, and hide those
    nobody answers for. Run it once a day. Ends with 1 when an applicant was told no result."""
    from matcher.jobs import postings as job

    with services() as ready:
        done = job.run(ready)
        untold = job.untold(ready)
    typer.echo(f"{done.asked} asked, {done.reminded} reminded, {done.paused} hidden")
    for each in untold:
        typer.echo(f"application {each.application_id} ({each.state}): nobody was told", err=True)
    if untold:
        raise typer.Exit(1)


def papers() -> None:
    """Destroy the application papers whose day has come. Run it at night; twice does no harm."""
    from matcher.jobs import papers as job

    with services() as ready:
        done = job.run(ready)
    typer.echo(f"{done} destroyed")


def promises() -> None:
    """End promises nobody claimed in time, note which interviews were kept or broken, and remind
    partners. Run it every morning; a second run changes nothing."""
    from matcher.jobs import promises as job

    with services() as ready:
        done = job.run(ready)
    typer.echo(
        f"{done.lapsed} lapsed, {done.kept} kept, {done.broken} broken, {done.dropped} let go, "
        f"{done.reminded} reminded"
    )
