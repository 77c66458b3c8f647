"""What a person has achieved as JSON-LD of the European Learning Model, version 3.

A person with claims, in the vocabulary of the context below; ids are local to the file, as in the
samples of github.com/european-commission-empl/European-Learning-Model. It is data and no European
Digital Credential: that takes a seal of the awarding body, which nobody here can give. Only what
somebody besides the person stands behind is claimed, and no address is made up: a skill points to
ESCO where the taxonomy knows the ESCO skill, and nowhere else.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from matcher.exchange.cv import Both, Certificate, Course, Cv, Outcome

CONTEXT: Final = "http://data.europa.eu/snb/model/context/edc-ap"
SEEN: Final = 2
"""Verification from which somebody besides the person has seen the proof."""
_HANGUL: Final = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
Node = dict[str, Any]


class _Numbers:
    """Ids by kind, counted from 1 in the order of the file."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def node(self, kind: str, **values: Any) -> Node:
        self._last[kind] = self._last.get(kind, 0) + 1
        name = kind[0].lower() + kind[1:]
        told = {key: each for key, each in values.items() if each not in (None, "", [])}
        return {"id": f"urn:epass:{name}:{self._last[kind]}", "type": kind, **told}


def elm(cv: Cv) -> bytes:
    """UTF-8 with one line end at the end; the same record gives the same bytes."""
    numbers = _Numbers()
    person = numbers.node(
        "Person", fullName=_own_words(cv.name), hasClaim=list(_claims(cv, numbers))
    )
    return (
        json.dumps({"@context": CONTEXT, **person}, ensure_ascii=False, indent=2) + "\n"
    ).encode()


def claimed(cv: Cv) -> tuple[Certificate, ...]:
    """Certificates fit for a claim: in force, from somebody, and seen by somebody."""
    return tuple(each for each in cv.standing if each.verification >= SEEN and not each.is_licence)


def _claims(cv: Cv, numbers: _Numbers) -> Iterator[Node]:
    for certificate in claimed(cv):
        yield numbers.node(
            "LearningAchievement",
            title=_words(certificate.name),
            awardedBy=_awarded(
                Both(certificate.issuer, certificate.issuer), certificate.on, numbers
            ),
        )
    for course in cv.courses:
        yield _course(course, numbers)


def _course(course: Course, numbers: _Numbers) -> Node:
    return numbers.node(
        "LearningAchievement",
        title=_words(course.title),
        awardedBy=_awarded(course.organisation, course.on, numbers),
        specifiedBy=numbers.node(
            "LearningAchievementSpecification",
            title=_words(course.title),
            volumeOfLearning=f"PT{course.hours}H" if course.hours else None,
            learningOutcome=[_outcome(each, numbers) for each in course.outcomes],
        ),
    )


def _awarded(by: Both, on: date | None, numbers: _Numbers) -> Node:
    """The day begins in Jeju."""
    return numbers.node(
        "AwardingProcess",
        awardingBody=[numbers.node("Organisation", legalName=_words(by))],
        awardingDate=f"{on.isoformat()}T00:00:00+09:00" if on else None,
    )


def _outcome(outcome: Outcome, numbers: _Numbers) -> Node:
    skill = outcome.esco_uri and {
        "id": outcome.esco_uri, "type": "Concept", "prefLabel": _words(outcome.name),
    }  # fmt: skip
    return numbers.node(
        "LearningOutcome",
        title=_words(outcome.name),
        relatedESCOSkill=[skill] if skill else None,
    )


def _words(both: Both) -> Node:
    """By language; the same words in both are told once, in the language they are written in."""
    return _own_words(both.en) if both.ko == both.en else {"ko": both.ko, "en": both.en}


def _own_words(text: str) -> Node:
    return {"ko" if _HANGUL.search(text) else "en": text}
