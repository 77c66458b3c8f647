"""Ends what partners let pass and reminds them of what they owe; run it every hour."""

from dataclasses import dataclass

from matcher.flows import hire_questions, partner_digest, reply_clock
from matcher.wiring import Services


@dataclass(frozen=True)
class Done:
    """`is_quiet`: it is night in Jeju, so nothing was done."""

    ended: int = 0
    written: int = 0
    is_quiet: bool = False


def run(services: Services, is_now: bool = False) -> Done:
    if partner_digest.is_night(services) and not is_now:
        return Done(is_quiet=True)
    ended = reply_clock.end_overdue(services)
    hire_questions.ask_due(services)
    return Done(ended.ended, partner_digest.write_due(services))
