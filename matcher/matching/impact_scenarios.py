"""What is kept of a scenario: its inputs, and counts by course as they were that day."""

from collections.abc import Sequence
from typing import Any

from matcher.matching.course_impact import Against, Impact

MOST_SCENARIOS = 50


def inputs_of(
    term: str, seats: int, against: Against, size: int, picked: Sequence[int]
) -> dict[str, Any]:
    return {
        "term": term,
        "seats": seats,
        "against": against.value,
        "size": size,
        "courses": list(picked),
    }


def results_of(found: Impact) -> dict[str, Any]:
    """Courses that change something, the most gained first; titles as they read that day."""
    some = [each for each in found.candidates if each.gain.gained or each.gain.eligible]
    some.sort(key=lambda each: (-each.gain.gained, each.gain.eligible, each.id))
    bundle = found.picked or (found.bundle.best if found.bundle is not None else None)
    return {
        "people": found.people,
        "places": found.places,
        "matched": found.matched,
        "courses": [
            {
                "id": each.id,
                "title_ko": each.title_ko,
                "title_en": each.title_en,
                "gained": each.gain.gained,
                "eligible": each.gain.eligible,
            }
            for each in some
        ],
        "bundle": None
        if bundle is None
        else {
            "titles": [
                [found.candidates[place].title_ko, found.candidates[place].title_en]
                for place in bundle.courses
            ],
            "gained": bundle.gained,
            "most": bundle.most,
        },
    }
