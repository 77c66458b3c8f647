"""O*NET -> import files: a taxonomy, 879 openings with graded requirements, and profiles.

    python benchmarks/onet_files.py ../shared/data/onet /tmp/onet
    python -m matcher import taxonomy /tmp/onet/taxonomy.csv --name onet \
        --title "O*NET 29.3" --source "O*NET 29.3 Database, U.S. Department of Labor" \
        --licence "CC BY 4.0"
    python -m matcher import openings /tmp/onet/openings.json
    python -m matcher import youths /tmp/onet/youths.csv
    python -m matcher import skills /tmp/onet/skills.csv
    python -m matcher recommend openings --youth 1

An element counts for an occupation from importance 3 up (of 1-5): from 4 up it is a must, below
a nice-to-have. Level 0-7 becomes 1-5. Profiles are made from occupations: every tenth occupation
gives one person whose levels are those of the occupation, one lower for every third element.
"""

import argparse
import csv
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import openpyxl

FRAMEWORK = "onet"
MUST, NICE = 4.0, 3.0
Ratings = dict[str, dict[str, tuple[float, float]]]


def rows(path: Path) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(path, read_only=True).active
    lines = sheet.iter_rows(values_only=True)
    header = [str(cell) for cell in next(lines)]
    return [dict(zip(header, line, strict=True)) for line in lines]


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def level(value: float) -> int:
    """0-7 of O*NET to 1-5."""
    return min(5, max(1, round(value / 7 * 4) + 1))


def ratings(folder: Path) -> tuple[Ratings, dict[str, tuple[str, str]]]:
    """Occupation -> element slug -> (importance, level); and element slug -> (name, kind)."""
    found: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    elements = {}
    for kind in ("Skills", "Knowledge"):
        for row in rows(folder / f"{kind}.xlsx"):
            # "Mathematics" is a skill and a field of knowledge: the kind keeps them apart.
            key = f"{slug(kind)}-{slug(row['Element Name'])}"
            elements[key] = (row["Element Name"], slug(kind))
            found[row["O*NET-SOC Code"]][key][row["Scale ID"]] = float(row["Data Value"])
    rated = {
        code: {key: (scales["IM"], scales["LV"]) for key, scales in each.items()}
        for code, each in found.items()
    }
    return rated, elements


def requirements(rated: dict[str, tuple[float, float]]) -> str:
    parts = []
    for key, (importance, needed) in sorted(rated.items()):
        if importance >= NICE:
            kind = "must" if importance >= MUST else "nice"
            parts.append(f"{kind} {FRAMEWORK}:{key} {level(needed)}")
    return "; ".join(parts)


def write_csv(path: Path, lines: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)


def openings(folder: Path, rated: Ratings) -> list[dict[str, Any]]:
    about = {row["O*NET-SOC Code"]: row for row in rows(folder / "Occupation Data.xlsx")}
    return [
        {
            "external_id": code,
            "organisation": "onet-example",
            "title_ko": about[code]["Title"],
            "title_en": about[code]["Title"],
            "description": about[code]["Description"],
            "opens_on": "2026-01-01",
            "closes_on": "2030-12-31",
            "requirements": requirements(each),
        }
        for code, each in sorted(rated.items())
    ]


def profiles(rated: Ratings) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    people, skills = [], []
    for number, code in enumerate(sorted(rated)[::10], start=1):
        person = f"onet-{number}"
        people.append(
            {
                "email": f"{person}@example.com",
                "name": f"Example {number}",
                "affiliation": "none",
                "status": "seeking",
                "external_id": person,
                "language": "en",
            }
        )
        held = [(key, each) for key, each in sorted(rated[code].items()) if each[0] >= NICE]
        for place, (key, (_importance, reached)) in enumerate(held):
            mine = max(1, level(reached) - (place % 3 == 0))
            skills.append(
                {
                    "youth": person,
                    "skill": f"{FRAMEWORK}:{key}",
                    "level": mine,
                    "rater": "self",
                    "rated_on": "2026-01-01",
                }
            )
    return people, skills


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    arguments.target.mkdir(parents=True, exist_ok=True)
    rated, elements = ratings(arguments.source)
    write_csv(
        arguments.target / "taxonomy.csv",
        [
            {"slug": key, "name_ko": name, "name_en": name, "kind": kind}
            for key, (name, kind) in sorted(elements.items())
        ],
    )
    found = openings(arguments.source, rated)
    text = json.dumps(found, ensure_ascii=False)
    (arguments.target / "openings.json").write_text(text, encoding="utf-8")
    people, skills = profiles(rated)
    write_csv(arguments.target / "youths.csv", people)
    write_csv(arguments.target / "skills.csv", skills)
    counts = {"elements": len(elements), "openings": len(found), "people": len(people)}
    print(json.dumps(counts | {"skills": len(skills)}))


if __name__ == "__main__":
    main()
