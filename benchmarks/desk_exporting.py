"""Exports of 10,000 rows as JSON: python benchmarks/desk_exporting.py [--rows 10000].

Each list and format runs in a process of its own, so that its peak memory is its own. Memory that
does not grow with the rows shows when the same is run with --rows 1000.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from typing import Any

from desk_importing import KINDS, TODAY, forget_peak, peak_mb, text_of

from matcher.db import Database
from matcher.flows import exporting, importing
from matcher.settings import Settings
from matcher.store import schema
from matcher.wiring import Services, build

FORMATS = ("csv", "xlsx")


def measure(rows: int = 10_000) -> dict[str, Any]:
    """Rows, seconds and extra memory at the peak in MB, by list and format."""
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{home}/bench.db"
        database = Database(url)
        schema.migrate(database)
        database.close()
        _fill(url, rows)
        found = {f"{kind}.{each}": _child(url, kind, each) for kind in KINDS for each in FORMATS}
        return {"rows": rows, "lists": found}


def _fill(url: str, rows: int) -> None:
    services = _services(url)
    for kind in KINDS:
        with services.writing() as unit:
            told = importing.run(unit, kind, text_of(kind, rows).encode(), f"{kind}.csv")
        assert told.errors == (), told.errors[:3]
    services.close()


def _services(url: str) -> Services:
    return build(Settings(DATABASE_URL=url, today=TODAY, log_level="ERROR"))


def _child(url: str, kind: str, file_format: str) -> Any:
    command = [sys.executable, __file__, "--child", kind, "--format", file_format, "--url", url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _run_child(url: str, kind: str, file_format: str) -> Any:
    services = _services(url)
    with services.writing() as unit:
        exporting.export(unit, "plans", file_format)  # loads what a serving process has loaded
    forget_peak()
    before, start = peak_mb(), time.perf_counter()
    with services.writing() as unit:
        found = exporting.export(unit, kind, file_format)
    return {
        "rows": found.rows,
        "seconds": round(time.perf_counter() - start, 2),
        "extra_mb": round(peak_mb() - before, 1),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=10_000)
    asked.add_argument("--child", default="")
    asked.add_argument("--format", default="csv")
    asked.add_argument("--url", default="")
    given = asked.parse_args()
    if given.child:
        print(json.dumps(_run_child(given.url, given.child, given.format)))
    else:
        print(json.dumps(measure(given.rows), indent=2))


if __name__ == "__main__":
    main()
