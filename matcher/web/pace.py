"""How often one place may ask for something public. Held in memory: reading must not write."""

import math
import time
from collections import OrderedDict, deque
from threading import Lock
from typing import Final

from starlette.requests import Request

MOST: Final = 60
WINDOW: Final = 60.0
PLACES: Final = 10_000
"""Places remembered; the one that was quiet longest is forgotten first."""


class Pace:
    """Each process counts for itself, so several let through so many times as much."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, source: str, now: float) -> int:
        """Seconds until this place may ask again; 0 counts the question."""
        with self._lock:
            times = self._seen.setdefault(source, deque())
            self._seen.move_to_end(source)
            while len(self._seen) > PLACES:
                self._seen.popitem(last=False)
            while times and times[0] <= now - WINDOW:
                times.popleft()
            if len(times) >= MOST:
                return max(1, math.ceil(times[0] + WINDOW - now))
            times.append(now)
            return 0


def wait(request: Request, source: str) -> int:
    """By the application the request came to: two of them share nothing."""
    state = request.app.state
    if not hasattr(state, "pace"):
        state.pace = Pace()
    found: int = state.pace.wait(source, time.monotonic())
    return found
