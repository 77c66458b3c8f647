"""What a desk did and what waits for it: rounds, imports, proofs, outcomes, promises, packs."""

import hashlib
from datetime import timedelta
from random import Random
from typing import Any

from matcher.actor import Actor
from matcher.catalogue.demo import SEED, followed_up, people_desk, targets
from matcher.catalogue.demo import imports as files
from matcher.catalogue.demo.community import make_community
from matcher.catalogue.demo.people_desk import ProofHeld
from matcher.catalogue.demo.rounds import ROUNDS
from matcher.catalogue.demo.shape import Person
from matcher.catalogue.demo.standing import HANEUL, PARTNERS_SIGNING_IN
from matcher.catalogue.rise_projects import reporting_year
from matcher.flows.demo.people import ASKED_AGO
from matcher.flows.demo.rounds import lay_out
from matcher.flows.demo.scenarios import keep_scenario
from matcher.flows.demo.writing import Writing
from matcher.matching import evaluation
from matcher.matching.pack_views import row_of
from matcher.store.people import count_rows
from models.account import Role
from models.batch import ImportBatch
from models.bulk import ImportTask, TaskState
from models.community import CommunityEvent, EventSignUp, Project, ProjectMember, ProjectUpdate
from models.organisation import Organisation
from models.outcome import Outcome, OutcomeCheck
from models.people_desk import Counselling, Evidence, EvidenceBlob, EvidenceState
from models.planning_desk import ProgrammeTarget
from models.youth import AffiliationState, YouthProfile

JUST_NOW = timedelta(hours=1)
"""Mistakes of a file are kept for a day."""


def rounds(writing: Writing) -> None:
    """One with a result and somebody it did not place, one that takes wishes."""
    data, ids, unit = writing.data, writing.ids, writing.unit
    titles = {each.title_ko: ids["opening"][each.number] for each in data.openings}
    emails = {each.email: writing.account(each) for each in data.people}
    desks = (emails["coordinator.jejunu@example.kr"], emails["centre@example.kr"])
    for shape in ROUNDS:
        home, youth = ids["organisation"][shape.university], ids["youth"][HANEUL]
        row = lay_out(writing.session, shape, home, titles, youth, desks, unit.now, unit.today)
        writing.promises[str(row.id)] = row.commitment
    writing.counts["introduction"] = count_rows(writing.session, "introduction")


def imports(writing: Writing) -> None:
    """One batch that was taken back and one file with mistakes at every university's desk and at
    the first partner's."""
    for person in writing.data.people:
        if person.role == Role.COORDINATOR:
            _taken_back(writing, person, files.TAKEN_BACK)
            _refused(writing, person, files.REFUSED, files.FINDINGS)
        elif person.organisation == PARTNERS_SIGNING_IN[0]:
            _taken_back(writing, person, files.PARTNER_TAKEN_BACK)
            _refused(writing, person, files.PARTNER_REFUSED, files.PARTNER_FINDINGS)


def _taken_back(writing: Writing, person: Person, file: tuple[str, str, int]) -> None:
    kind, name, rows = file
    at = writing.unit.now - ASKED_AGO
    row = {
        "account_id": writing.account(person),
        "organisation_id": writing.organisation(person.organisation),
        "kind": kind,
        "file_name": name,
        "file_hash": f"demo:{person.number}",
        "row_count": rows,
        "created_at": at,
        "reverted_at": at,
    }
    writing.add(ImportBatch, [row])


def _refused(
    writing: Writing, person: Person, file: tuple[str, str], findings: dict[str, Any]
) -> None:
    kind, name = file
    at = writing.unit.now - JUST_NOW
    row = {
        "account_id": writing.account(person),
        "organisation_id": writing.organisation(person.organisation),
        "kind": kind,
        "file_name": name,
        "state": TaskState.REFUSED,
        "keeps_unmapped": False,
        "data": b"",
        "done": findings["rows"],
        "total": findings["rows"],
        "tries": 1,
        "findings": findings,
        "created_at": at,
        "updated_at": at,
    }
    writing.add(ImportTask, [row])


def proofs(writing: Writing) -> None:
    """What waits in the desks' queues of proofs."""
    made = people_desk.proofs(writing.data, writing.unit.today, Random(f"{SEED}:proofs"))
    for each in made:
        _proof(writing, each)


def _proof(writing: Writing, proof: ProofHeld) -> None:
    more = {"state": EvidenceState.WAITING, "is_demo": True, "version": 1}
    row = writing.rows([proof], **more)[0]
    data, number = row.pop("data"), row.pop("attempt")
    blob = EvidenceBlob(
        youth_id=row["youth_id"], sha256=hashlib.sha256(data).hexdigest(),
        media_type="image/png", size=len(data), data=data, created_at=row["created_at"],
    )  # fmt: skip
    writing.session.add(blob)
    writing.session.flush()  # the proof names its id
    profile = writing.session.get_one(YouthProfile, row["youth_id"])
    profile.affiliation_state = AffiliationState.CONFIRMED
    row["record_id"] = None if number is None else writing.ids["attempt"][number]
    writing.session.add(Evidence(blob_id=blob.id, updated_at=row["created_at"], **row))


def outcomes(writing: Writing) -> None:
    data, today = writing.data, writing.unit.today
    told = people_desk.outcomes(data, today, Random(f"{SEED}:outcomes"))
    made = (*told, *followed_up.otherwise(data, told, today, Random(f"{SEED}:otherwise")))
    writing.add_numbered("outcome", Outcome, writing.rows(made, version=1))
    checks = followed_up.checks(made, today, Random(f"{SEED}:checks"))
    writing.add(OutcomeCheck, writing.rows(checks))
    hours = people_desk.hours(data, today, Random(f"{SEED}:hours"))
    writing.add(Counselling, writing.rows(hours, is_demo=True, version=1))


def planning(writing: Writing) -> None:
    """Scenarios and promises of the desks that have some."""
    now = writing.unit.now
    for slug in dict.fromkeys(promise.organisation for promise in targets.PROMISES):
        desk = _desk(writing, slug)
        for seats in targets.SEATS:
            keep_scenario(writing.session, desk, f"데모: 과정마다 {seats}자리", seats, now)
    rows = writing.rows(
        targets.PROMISES, year=reporting_year().year_of(writing.unit.today), note=targets.NOTE,
        version=1, created_at=now, updated_at=now, is_demo=True,
    )  # fmt: skip
    writing.add(ProgrammeTarget, rows)


def _desk(writing: Writing, slug: str) -> Actor:
    """Whoever a tour signs in as there."""
    person = next(
        each
        for each in writing.data.people
        if each.is_standing
        and each.organisation == slug
        and each.role in (Role.COORDINATOR, Role.CENTRE)
    )
    home = writing.organisation(slug)
    return Actor(writing.account(person), Role(person.role), person.name, organisation_id=home)


def community(writing: Writing) -> None:
    """Events and projects at every desk."""
    today, youths = writing.unit.today, writing.data.youths
    made = make_community(Random(f"{SEED}:community"), today, youths)
    rows, more = writing.rows, {"is_demo": True, "version": 1}
    writing.add_numbered("event", CommunityEvent, rows(made.events, **more))
    writing.add(EventSignUp, rows(made.sign_ups))
    writing.add_numbered("project", Project, rows(made.projects, **more))
    writing.add(ProjectMember, rows(made.members))
    writing.add(ProjectUpdate, rows(made.updates))


def packs(writing: Writing) -> None:
    """The last whole reporting year, frozen by a university and by the centre."""
    unit = writing.unit
    year = reporting_year().year_of(unit.today) - 1
    for slug in ("jejunu", "rise-centre"):
        desk = writing.session.get_one(Organisation, writing.organisation(slug))
        asked = evaluation.Asked(desk, year, "", unit.now)
        made = evaluation.content(writing.session, asked, _desk(writing, slug).account_id)
        writing.session.add(row_of(desk, made, is_demo=True))
    writing.counts["evaluation_pack"] = 2
