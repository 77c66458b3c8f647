"""When a trained model may serve: shown figures, no red verdict, and two people."""

from typing import Literal

from models.model_version import ModelState, Verdict

Bar = Literal[
    "serving_already",
    "refused",
    "no_artefact",
    "no_report",
    "red",
    "not_proposed",
    "proposed_already",
    "same_person",
]
READY = (ModelState.CANDIDATE, ModelState.RETIRED)


def unfit(
    state: ModelState, verdict: Verdict, sha256: str | None, reported: str | None
) -> Bar | None:
    """Why this version may not serve whoever asks. `reported` = the hash its report is about."""
    if state is ModelState.SERVING:
        return "serving_already"
    if state not in READY:
        return "refused"
    if not sha256:
        return "no_artefact"
    if reported != sha256:
        return "no_report"
    return "red" if verdict is Verdict.RED else None


def unproposed(proposer: int | None, promoter: int) -> Bar | None:
    """The second half: another person asked for it before."""
    if proposer is None:
        return "not_proposed"
    return "same_person" if proposer == promoter else None
