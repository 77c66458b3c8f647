"""The command line: one file a subject, thin over the flows."""

import typer

from matcher.cli import database, serving

app = typer.Typer(
    name="oreum",
    help="Oreum (오름): skills, AWS certifications, RISE courses and openings, with reasons.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("migrate")(database.migrate)
app.command("serve")(serving.serve)
