"""The command line: one file a subject, thin over the flows."""

import typer

from matcher.cli import (
    credentials,
    database,
    demo,
    extracting,
    fetching,
    forecasting,
    importing,
    issuing,
    jobs,
    models,
    packs,
    planning,
    ranking,
    reference,
    serving,
    verifier,
    verifying,
    watching,
)

app = typer.Typer(
    name="oreum",
    help="Oreum (오름): skills, AWS certifications, RISE courses and openings, with reasons.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("migrate")(database.migrate)
app.command("serve")(serving.serve)
app.command("demo")(demo.demo)
app.command("import")(importing.import_file)
app.command("template")(importing.template)
app.command("revert")(importing.revert)
app.command("export")(importing.export)
app.command("fetch-courses")(fetching.fetch_courses)
app.add_typer(ranking.recommend, name="recommend")
app.command("candidates")(ranking.candidates)
app.command("plan")(planning.plan)
app.command("forecast")(forecasting.forecast)
app.command("certifications")(reference.certifications)
app.command("skills")(reference.skills)
app.command("extract")(extracting.extract)
app.command("train")(models.train)
app.command("models")(models.models)
app.add_typer(models.model, name="model")
app.add_typer(watching.ranking, name="ranking")
app.command("drift")(watching.drift)
app.command("verify-pack")(packs.verify_pack)
app.command("verify-assignment")(verifying.verify_assignment)
app.command("verify")(credentials.verify)
app.command("verifier")(verifier.verifier)
app.add_typer(issuing.keys, name="keys")
app.command("sign")(issuing.sign)
app.command("outbox")(jobs.outbox)
app.command("wipe")(jobs.wipe)
app.command("digest")(jobs.digest)
app.command("imports")(jobs.imports)
app.command("badges")(jobs.badges)
app.command("postings")(jobs.postings)
app.command("papers")(jobs.papers)
app.command("chances")(jobs.chances)
app.command("answers")(jobs.answers)
app.command("looking")(jobs.looking)
app.command("promises")(jobs.promises)
