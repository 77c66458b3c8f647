"""All timings of the coordinator's desk as one JSON.

    .venv/bin/python benchmarks/coordinator.py

Each part is a benchmark of its own with a `measure()`; this one only calls them, on one core.
"""

import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import desk_assignment, desk_impact, desk_importing


def measure() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "assignment": desk_assignment.measure(),
        "course_impact": desk_impact.measure(),
        "importing": desk_importing.measure(),
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2, default=str))
