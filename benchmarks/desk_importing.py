"""Imports of 10,000 rows as JSON: python benchmarks/desk_importing.py [--rows 10000].

Each kind runs in a process of its own, so that its peak memory is its own. `floor` is reading the
same file with the csv module and nothing else.
"""

import argparse
import csv
import io
import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from matcher.db import Database, Unit
from matcher.flows import importing
from matcher.settings import Settings
from matcher.store import schema
from matcher.wiring import Services, build

TODAY = date(2026, 11, 21)
A_SESSION = 500
KINDS = ("courses", "youths", "skills", "enrolments", "attendance", "completions", "outcomes")


def measure(rows: int = 10_000) -> dict[str, Any]:
    """Seconds, rows a second, extra memory at the peak in MB and the ratio to the floor, by kind;
    the roster also taken back."""
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{home}/bench.db"
        database = Database(url)
        schema.migrate(database)
        database.close()
        found = {}
        for kind in KINDS:
            path = Path(home) / f"{kind}.csv"
            path.write_text(text_of(kind, rows), encoding="utf-8")
            found[kind] = _child(url, kind, path) | {"floor_seconds": _floor(path)}
        for told in found.values():
            told["ratio_to_floor"] = round(told["seconds"] / told["floor_seconds"], 1)
        return {"rows": rows, "kinds": found, "revert_seconds": _child(url, "revert", Path("7"))}


def text_of(kind: str, rows: int) -> str:
    """A made-up file; the kinds fit together."""
    made = {
        "courses": _courses,
        "youths": _youths,
        "skills": _skills,
        "enrolments": _enrolments,
        "attendance": _attendance,
        "completions": _completions,
        "outcomes": _outcomes,
    }[kind](rows)
    return "\n".join(made) + "\n"


def _courses(rows: int) -> list[str]:
    head = (
        "external_id,title_ko,provider,field,level,kind,content,mode,starts_on,ends_on,total_hours,"
        "seats,applications_open_on,applications_close_on,skills_gained"
    )
    return [head] + [
        f"bench-{n},과정 {n},jejunu,클라우드,기본,비교과,내용,온라인,2026-09-01,2026-10-31,40,"
        f"{A_SESSION},2026-08-01,2026-08-20,python:1>2; sql:0>2"
        for n in range(-(-rows // A_SESSION))
    ]


def _youths(rows: int) -> list[str]:
    head = "email,name,affiliation,university,status,weekly_hours,sectors,regions,external_id"
    return [head] + [
        f"bench{n}@example.org,사람{n},rise_university,제주대,재학,10,우주; 에너지,제주시,B-{n}"
        for n in range(rows)
    ]


def _skills(rows: int) -> list[str]:
    return ["youth,skill,level,rater,rated_on"] + [
        f"bench{n}@example.org,python,2,self,2026-11-01" for n in range(rows)
    ]


def _seat(n: int) -> str:
    return f"bench-{n // A_SESSION},2026-09-01,bench{n}@example.org"


def _enrolments(rows: int) -> list[str]:
    return ["course,starts_on,person,state"] + [f"{_seat(n)},수강" for n in range(rows)]


def _attendance(rows: int) -> list[str]:
    return ["course,starts_on,person,held_on,begins,ends,state"] + [
        f"{_seat(n)},2026-09-03,19:00,21:00,{('출석', '지각', '결석')[n % 3]}" for n in range(rows)
    ]


def _completions(rows: int) -> list[str]:
    return ["course,starts_on,person,result,on"] + [
        f"{_seat(n)},수료,2026-10-31" for n in range(rows)
    ]


def _outcomes(rows: int) -> list[str]:
    return ["person,kind,organisation,sector,in_jeju,started_on,after_3,checked_3"] + [
        f"bench{n}@example.org,취업,회사{n % 90},우주,예,2026-03-02,유지·도내,2026-06-02"
        for n in range(rows)
    ]


def _floor(path: Path) -> float:
    data = path.read_bytes()
    start = time.perf_counter()
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    assert rows
    return round(time.perf_counter() - start, 4)


def _child(url: str, kind: str, path: Path) -> Any:
    command = [sys.executable, __file__, "--child", kind, "--file", str(path), "--url", url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _run_child(url: str, kind: str, path: Path) -> Any:
    services = build(Settings(DATABASE_URL=url, today=TODAY, log_level="ERROR"))
    with services.reading() as unit:
        _warm(unit)
    if kind == "revert":
        return _revert(services, int(path.name))
    data = path.read_bytes()
    forget_peak()
    before, start, busy = peak_mb(), time.perf_counter(), time.process_time()
    with services.writing() as unit:
        told = importing.run(unit, kind, data, path.name)
    seconds = time.perf_counter() - start
    assert told.errors == (), told.errors[:3]
    return {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(time.process_time() - busy, 2),
        "rows_a_second": round(told.rows / seconds),
        "extra_mb": round(peak_mb() - before, 1),
        "made": told.made,
        "changed": told.changed,
    }


def _warm(unit: Unit) -> None:
    """What a serving process has loaded long since: catalogues, readers."""
    importing.look(unit, importing.File("skills", b"youth,skill\nx,python\n", "warm.csv"))


def _revert(services: Services, batch: int) -> float:
    start = time.perf_counter()
    with services.writing() as unit:
        importing.revert(unit, batch)
    return round(time.perf_counter() - start, 2)


def forget_peak() -> None:
    """The highest memory so far begins anew at what is used now (Linux)."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak_mb() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=10_000)
    asked.add_argument("--child", default="")
    asked.add_argument("--file", default="")
    asked.add_argument("--url", default="")
    given = asked.parse_args()
    if given.child:
        print(json.dumps(_run_child(given.url, given.child, Path(given.file))))
    else:
        print(json.dumps(measure(given.rows), indent=2))


if __name__ == "__main__":
    main()
