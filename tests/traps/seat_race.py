"""One process of the seat race: threads that enrol as fast as they can, told what to do on the
command line, and one line of JSON with what happened."""

import json
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from matcher.actor import Actor
from matcher.flows import enrolling
from matcher.refusal import Refusal
from models.account import Role


def main(order: dict[str, Any]) -> dict[str, int]:
    """`order`: url, course, session, threads, start (a moment to begin together), people."""
    from tests.conftest import make_services

    services = make_services(order["url"])
    crowd = [
        replace(Actor(account, Role.YOUTH, "crowd"), youth_id=youth)
        for account, youth in order["people"]
    ]

    def enrol(actor: Actor) -> str:
        try:
            with services.writing(actor) as unit:
                where = order["course"], order["session"]
                return enrolling.enrol(unit, actor, *where).value
        except Refusal as refusal:
            return refusal.code
        except Exception as error:
            return f"crash {error!r}"[:200]

    time.sleep(max(0.0, order["start"] - time.time()))
    with ThreadPoolExecutor(order["threads"]) as pool:
        counts = Counter(pool.map(enrol, crowd))
    services.close()
    return dict(counts)


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.stdin.read()))))
