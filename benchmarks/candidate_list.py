"""Time a partner's list of ranked candidates, from the rows in the database to the page.

    .venv/bin/python benchmarks/candidate_list.py [--people 10000] [--rounds 5] [--about 200]

People with ten skills, two certificates, three wishes and a text each are made by a seed from the
real catalogue and stored in an own SQLite file, all with consent; one partner looks at one opening
with eight requirements. Timed are processor seconds, in rounds that run every part once, so that
other work on the machine falls on all alike: the bare floor (numpy: the same matrix times the
weights, put in order), the features, the pure ranking, the same with examples, reading the people,
the flow of the list; then pages as a browser asks for them: the list, narrowed, one person, the
table of fifty. `first_page_ms` is the page in a fresh process, with libraries still to be loaded.
Prints one JSON, in milliseconds and as ratios to the floor.
"""

import argparse
import gc
import json
import os
import platform
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from sqlalchemy import insert
from sqlmodel import Session
from starlette.testclient import TestClient

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.roles import load_roles
from matcher.catalogue.skills import load_taxonomy
from matcher.flows import candidates as flow
from matcher.gateways.mail import NullMailer
from matcher.gateways.passwords import PlainPasswords
from matcher.matching.candidates import counting_skills, rank_adjusted
from matcher.matching.context import ranking_context
from matcher.matching.openings import opening_of
from matcher.matching.seekers import seekers_of
from matcher.policy.operation import Operation
from matcher.ranking.features import candidate_matrix
from matcher.ranking.prepared import PreparedSeekers
from matcher.ranking.recommend import rank_candidates
from matcher.settings import Settings
from matcher.store import candidates, schema
from matcher.web.app import create_app
from matcher.wiring import Services, build
from models.account import Account, AccountState, Membership, Role
from models.certification import AttemptState, CertificationRecord
from models.consent import Consent, ConsentPurpose
from models.opening import (
    Opening,
    OpeningRequirement,
    OpeningState,
    RequirementKind,
    RequirementSubject,
)
from models.organisation import Organisation, OrganisationKind, OrganisationState
from models.skill import Rater, SkillRecord
from models.youth import WishKind, YouthProfile, YouthWish

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, tzinfo=UTC)
SECTOR = "space"
OPENING, PARTNER = 1, 1
PASSWORD = "benchmark-only"
SECRET = "benchmark-secret-0123456789-abcdefghijkl"
CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')
BARS = {"ranking_ratio": 20.0, "page_cold_ms": 300.0, "page_again_ms": 30.0}
"""What the project set itself: ranking 10,000 people for one opening."""


def fill(session: Session, people: int, about: int) -> None:
    rng = np.random.default_rng(11)
    taxonomy = [each for each in load_taxonomy().skills if not each.is_licence]
    slugs = [each.slug for each in taxonomy]
    words = " ".join(f"{each.name_ko} {each.name_en}" for each in taxonomy).split()
    exams = [each.id for each in load_programme().certifications]
    firm(session, slugs)
    numbers = range(2, people + 2)
    session.execute(insert(Account), [account(n) for n in numbers])
    session.execute(insert(YouthProfile), [
        {"id": n, "account_id": n, "about": " ".join(rng.choice(words, 30))[:about],
         "available_from": TODAY + timedelta(days=int(rng.integers(0, 200))),
         "created_at": NOW, "updated_at": NOW}
        for n in numbers
    ])  # fmt: skip
    session.execute(insert(Consent), [
        {"youth_id": n, "purpose": purpose, "sectors": [SECTOR], "fields": [],
         "text_version": "1", "granted_at": NOW}
        for n in numbers
        for purpose in (ConsentPurpose.SERVICE, ConsentPurpose.POOL)
    ])  # fmt: skip
    session.execute(insert(SkillRecord), [
        {"youth_id": n, "skill": slug, "level": int(level), "rater": Rater.SELF,
         "verification": int(rng.integers(1, 4)), "rated_on": TODAY, "created_at": NOW}
        for n in numbers
        for slug, level in zip(known(slugs, rng), rng.integers(1, 6, 10), strict=True)
    ])  # fmt: skip
    session.execute(insert(CertificationRecord), [
        {"youth_id": n, "certification": str(name), "exam_code": "X", "verification": 2,
         "state": AttemptState.PASSED, "expires_on": TODAY + timedelta(days=300),
         "created_at": NOW, "updated_at": NOW}
        for n in numbers
        for name in rng.choice(exams, 2, replace=False)
    ])  # fmt: skip
    session.execute(insert(YouthWish), [
        {"youth_id": n, "kind": kind, "value": value, "place": 1}
        for n in numbers
        for kind, value in wishes(rng)
    ])  # fmt: skip


def account(number: int, **changes: object) -> dict[str, object]:
    kept = {"id": number, "email": f"p{number}@example.com", "name": "x", "created_at": NOW}
    return kept | {"state": AccountState.ACTIVE, "confirmed_at": NOW} | changes


def known(slugs: list[str], rng: np.random.Generator) -> list[str]:
    """Five of forty the openings of this field ask for, and five of all."""
    near = rng.choice(slugs[:40], 5, replace=False)
    return [*map(str, near), *map(str, rng.choice(slugs[40:], 5, replace=False))]


def wishes(rng: np.random.Generator) -> list[tuple[WishKind, str]]:
    sector = str(rng.choice(["space", "energy", "bio", "mobility"]))
    region = str(rng.choice(["jeju-si", "seogwipo-si"]))
    role = str(rng.choice([each.slug for each in load_roles()]))
    return [(WishKind.SECTOR, sector), (WishKind.REGION, region), (WishKind.ROLE, role)]


def firm(session: Session, slugs: list[str]) -> None:
    session.execute(insert(Organisation), [{
        "id": PARTNER, "slug": "firm", "kind": OrganisationKind.PARTNER,
        "state": OrganisationState.ACTIVE, "name_ko": "가", "name_en": "F", "sector": SECTOR,
        "is_trusted": True, "created_at": NOW,
    }])  # fmt: skip
    password = PlainPasswords().hash(PASSWORD)
    session.execute(insert(Account), [account(1, password_hash=password)])
    session.execute(insert(Membership), [{
        "account_id": 1, "role": Role.PARTNER, "organisation_id": PARTNER, "created_at": NOW,
    }])  # fmt: skip
    session.execute(insert(Opening), [{
        "id": OPENING, "organisation_id": PARTNER, "state": OpeningState.PUBLISHED,
        "title_ko": "위성 자료 기사", "title_en": "Satellite data engineer", "sector": SECTOR,
        "description": "위성 자료를 나르고 씻는 흐름을 만듭니다. " * 10,
        "employment_type": "full_time", "region": "jeju-si", "opens_on": TODAY,
        "closes_on": TODAY + timedelta(days=60), "starts_on": TODAY + timedelta(days=90),
        "created_at": NOW, "updated_at": NOW, "published_at": NOW,
    }])  # fmt: skip
    kinds = [RequirementKind.MUST] * 4 + [RequirementKind.NICE] * 3
    asked = [
        {"opening_id": OPENING, "kind": kind, "subject": RequirementSubject.SKILL, "ref": slug,
         "level": 2}
        for kind, slug in zip(kinds, slugs[:7], strict=True)
    ]  # fmt: skip
    exam = {"kind": RequirementKind.NICE, "subject": RequirementSubject.CERTIFICATION}
    asked.append({"opening_id": OPENING, **exam, "ref": "SAA", "level": None})
    session.execute(insert(OpeningRequirement), asked)


def served(folder: str) -> Services:
    settings = Settings(
        DATABASE_URL=f"sqlite:///{folder}/bench.db", today=TODAY, secret=SECRET, log_level="WARNING"
    )
    made = build(settings)
    return Services(settings, made.clock, made.database, NullMailer(), PlainPasswords())


def signed_in(services: Services) -> TestClient:
    browser = TestClient(create_app(services), "http://localhost", follow_redirects=False)
    token = CSRF.search(browser.get("/login").text)
    assert token is not None
    form = {"csrf": token[1], "email": "p1@example.com", "password": PASSWORD}
    answer = browser.post("/login", data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303, answer.text
    return browser


def page(browser: TestClient, path: str) -> str:
    answer = browser.get(f"/partner/openings/{OPENING}/candidates{path}")
    assert answer.status_code == 200, answer.text
    return answer.text


def parts(services: Services) -> dict[str, Callable[[], object]]:
    """What the list is made of, each to be called again and again."""
    actor = Actor(1, Role.PARTNER, "x", organisation_id=PARTNER)
    operation = Operation(services.settings.operator_type, SECRET)
    with services.reading(actor) as unit:
        session = unit.session
        opening = session.get_one(Opening, OPENING)
        plain = opening_of(session, OPENING, TODAY)
        assert plain is not None
        scope = candidates.visible_to(actor, opening, TODAY)
        people = seekers_of(session, scope, TODAY, counting_skills(plain))
        context = ranking_context(session, TODAY)
        matrix = candidate_matrix(plain, people, context)
        weights = context.serving.opening.rise()

    def inside(act: Callable[[Any], object]) -> Callable[[], object]:
        def called() -> object:
            with services.reading(actor) as unit:
                return act(unit)

        return called

    def adjusted(unit: Any) -> object:
        return rank_adjusted(unit.session, plain, PreparedSeekers.from_seekers(people, context))

    return {
        "floor": lambda: np.argsort(-(matrix @ weights), kind="stable"),
        "features": lambda: candidate_matrix(plain, people, context),
        "ranking": lambda: rank_candidates(plain, people, context),
        "reading": inside(
            lambda unit: seekers_of(unit.session, scope, TODAY, counting_skills(plain))
        ),
        "adjusted": inside(adjusted),
        "flow": inside(lambda unit: flow.queue(unit, actor, operation, OPENING)),
    }


def measured(services: Services, browser: TestClient, rounds: int) -> dict[str, list[float]]:
    first = re.search(r"candidates/([1-9][0-9]{14})", page(browser, ""))
    assert first is not None
    pages = {"page": "", "filtered": "?level=2", "person": f"/{first[1]}", "table": "/grid"}
    asked = {name: lambda path=path: page(browser, path) for name, path in pages.items()}
    found: dict[str, list[float]] = {}
    acts = parts(services) | asked
    for act in acts.values():
        act()
    gc.collect()
    gc.freeze()  # as the service does once it is up
    for _ in range(rounds):
        for name, act in acts.items():
            found.setdefault(name, []).append(timed(act))
    return found


def timed(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return (time.process_time() - started) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--about", type=int, default=200, help="letters of each person's text")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        services = served(folder)
        schema.migrate(services.database)
        with services.database.writing() as session:
            fill(session, asked.people, asked.about)
        browser = signed_in(services)
        first = timed(lambda: page(browser, ""))
        found = measured(services, browser, asked.rounds)
        services.close()
    floors = found["floor"]
    print(json.dumps({
        "people": asked.people,
        "letters": asked.about,
        "load_before": round(load, 2),
        "first_page_ms": round(first, 1),
        "ms": {name: round(statistics.median(each), 2) for name, each in found.items()},
        "ratio_to_floor": {
            name: round(statistics.median(a / b for a, b in zip(each, floors, strict=True)), 1)
            for name, each in found.items()
        },
        "bars": BARS,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "cores": os.cpu_count(),
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
