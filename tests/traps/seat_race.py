"""One process of the seat race: threads that enrol as fast as they can. The first line says with
whom, every further one where; each is answered with one line of JSON: what happened."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from matcher.actor import Actor
from matcher.flows import enrolling
from matcher.refusal import Refusal
from matcher.wiring import Services
from models.account import Role


def enroller(services: Services, course_id: int, session_id: int) -> Callable[[Actor], str]:
    def enrol(actor: Actor) -> str:
        try:
            with services.writing(actor) as unit:
                return enrolling.enrol(unit, actor, course_id, session_id).value
        except Refusal as refusal:
            return refusal.code
        except Exception as error:
            return f"crash {error!r}"[:200]

    return enrol


def rounds(order: dict[str, Any], lines: Iterable[str]) -> Iterator[dict[str, int]]:
    """`order`: url, threads, people. A line: [course, session]."""
    from tests.conftest import make_services

    services = make_services(order["url"])
    crowd = [
        replace(Actor(account, Role.YOUTH, "crowd"), youth_id=youth)
        for account, youth in order["people"]
    ]
    with ThreadPoolExecutor(order["threads"]) as pool:
        yield {}  # ready
        for line in lines:
            yield dict(Counter(pool.map(enroller(services, *json.loads(line)), crowd)))
    services.close()


if __name__ == "__main__":
    for answer in rounds(json.loads(sys.stdin.readline()), iter(sys.stdin.readline, "")):
        print(json.dumps(answer), flush=True)
