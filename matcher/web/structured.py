"""schema.org data beside public pages. Data blocks do not run, so the script policy lets them be.

Written here and not in templates, because a block must never be closed by what it quotes.
"""

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from matcher.clock import JEJU
from matcher.flows.browse import AskedView, PublicOpening
from matcher.i18n import gettext as _
from matcher.matching.course_views import CourseView, RunView

EMPLOYMENT = {
    "permanent": "FULL_TIME",
    "contract": "CONTRACTOR",
    "part_time": "PART_TIME",
    "intern": "INTERN",
    "dispatch": "TEMPORARY",
}
IDENTIFIER = "oreum-opening-"
TERMS = "Oreum skills"
LOCALITY = {"jeju-si": "Jeju-si", "seogwipo-si": "Seogwipo-si"}
MODE = {"online": "Online", "offline": "Onsite", "mixed": "Blended"}


def block(data: Mapping[str, Any]) -> Markup:
    """`<`, `>`, `&` and line separators only as escapes: nothing inside can end the block."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704


def job_posting(view: PublicOpening) -> Markup:
    """A posting that still takes applications; its last day ends in Jeju."""
    card = view.card
    data: dict[str, Any] = {
        "@type": "JobPosting",
        "title": card.title,
        "description": card.description or card.title,
        "datePosted": (view.published_on or card.opens_on).isoformat(),
        "validThrough": f"{card.closes_on.isoformat()}T23:59:59+09:00",
        "employmentType": EMPLOYMENT.get(card.employment, "OTHER"),
        "hiringOrganization": {"@type": "Organization", "name": card.organisation},
        "identifier": {
            "@type": "PropertyValue",
            "name": card.organisation,
            "value": f"{IDENTIFIER}{card.id}",
        },
        "totalJobOpenings": card.headcount,
        "directApply": True,
    }
    data |= _place(card.region)
    skills = [_skill(each) for each in view.requirements if each.kind in ("must", "nice")]
    if skills:
        data["skills"] = skills
    if card.pay_min_krw is not None:
        value = {"@type": "QuantitativeValue", "minValue": card.pay_min_krw, "unitText": "YEAR"}
        if card.pay_max_krw is not None:
            value["maxValue"] = card.pay_max_krw
        data["baseSalary"] = {"@type": "MonetaryAmount", "currency": "KRW", "value": value}
    return block(data)


def _skill(asked: AskedView) -> dict[str, Any]:
    """A term of our skill list or a certificate; the level as the term's own words."""
    term: dict[str, Any] = {
        "@type": "DefinedTerm",
        "name": asked.name,
        "inDefinedTermSet": TERMS,
    }
    if asked.level:
        term["description"] = _("%(n)s수준") % {"n": asked.level}
    return term


def _place(region: str) -> dict[str, Any]:
    address = {"@type": "PostalAddress", "addressCountry": "KR"}
    if region in LOCALITY:
        address |= {"addressRegion": "Jeju", "addressLocality": LOCALITY[region]}
    if region == "remote":
        return {
            "jobLocationType": "TELECOMMUTE",
            "applicantLocationRequirements": {"@type": "Country", "name": "KR"},
        }
    return {"jobLocation": {"@type": "Place", "address": address}}


def course(view: CourseView) -> Markup:
    """With the runs that are not over; without any there is nothing to announce, and readers of
    this data ask for at least one."""
    runs = [_instance(view, run) for run in view.runs if run.status != "ended"]
    if not runs:
        return Markup("")
    data: dict[str, Any] = {
        "@type": "Course",
        "name": view.title,
        "description": view.content or view.title,
        "provider": {"@type": "Organization", "name": view.organisation},
        "teaches": [step.name for step in view.gained],
        "coursePrerequisites": [step.name for step in view.needed],
        "offers": {
            "@type": "Offer",
            "price": view.fee_krw,
            "priceCurrency": "KRW",
            "category": "Paid" if view.fee_krw else "Free",
        },
        "hasCourseInstance": runs,
    }
    if not view.source:
        data["educationalCredentialAwarded"] = _credential(view)
    if view.languages:
        data["inLanguage"] = list(view.languages)
    return block(data)


def _credential(view: CourseView) -> dict[str, Any]:
    """What completing gives here: the credential of this course. A certificate the course only
    prepares for is its issuer's to award."""
    return {
        "@type": "EducationalOccupationalCredential",
        "name": _("%(title)s 수료증") % {"title": view.title},
        "credentialCategory": "certificate of completion",
        "recognizedBy": {"@type": "Organization", "name": view.organisation},
        "competencyRequired": [
            {"@type": "DefinedTerm", "name": step.name, "inDefinedTermSet": TERMS}
            for step in view.gained
        ],
    }


def _instance(view: CourseView, run: RunView) -> dict[str, Any]:
    """A feed that does not tell the hours leaves them out here too."""
    weeks = max(1, round(((run.ends_on - run.starts_on).days + 1) / 7))
    data: dict[str, Any] = {
        "@type": "CourseInstance",
        "courseMode": MODE.get(view.mode, view.mode),
        "startDate": run.starts_on.isoformat(),
        "endDate": run.ends_on.isoformat(),
        "courseSchedule": {
            "@type": "Schedule",
            "repeatFrequency": "Weekly",
            "repeatCount": weeks,
            "startDate": run.starts_on.isoformat(),
            "endDate": run.ends_on.isoformat(),
            "scheduleTimezone": str(JEJU),
        },
        "maximumAttendeeCapacity": run.seats,
    }
    if view.total_hours:
        data["courseWorkload"] = f"PT{view.total_hours}H"
        data["courseSchedule"]["duration"] = f"PT{max(1, run.weekly_hours)}H"
    if not view.source:
        data["remainingAttendeeCapacity"] = run.left
    if view.place and view.mode != "online":
        data["location"] = {"@type": "Place", "name": view.place, "address": view.place}
    return data
