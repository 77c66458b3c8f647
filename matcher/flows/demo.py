"""Load the demo data into an empty database, all of it or nothing."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from random import Random
from typing import Any

from sqlmodel import SQLModel

from matcher.actor import Actor
from matcher.catalogue.demo import SEED, generate, imports, path_templates, people_desk, targets
from matcher.catalogue.demo.classes import ITEMS, LAB, UNIVERSITIES, make_classes
from matcher.catalogue.demo.community import make_community
from matcher.catalogue.demo.rounds import ROUNDS
from matcher.catalogue.demo.shape import DemoData, Showing, Youth
from matcher.catalogue.demo.standing import HANEUL, LOOKS, standing_addresses
from matcher.db import Unit
from matcher.gateways.passwords import Passwords
from matcher.i18n import gettext as _
from matcher.matching import evaluation, planner
from matcher.matching.evaluation import year_on
from matcher.matching.pack_views import row_of
from matcher.matching.plan_rows import keep
from matcher.matching.plan_views import Terms, Wishes
from matcher.matching.planning_samples import keep_scenario
from matcher.matching.round_demo import lay_out
from matcher.policy.notices import CONSENT_TEXT_VERSION, NOTICE_VERSION
from matcher.refusal import Conflict
from matcher.store import demo as store
from matcher.store.people import count_rows
from matcher.store.plan_templates import suggest
from matcher.store.reference import ensure_reference
from models.account import Account, AccountState, Membership, Role
from models.application import Application, ApplicationEvent, Introduction, ShortlistEntry
from models.attendance import Attendance, AttendanceSource, ClassMeeting, Credential
from models.batch import ImportBatch
from models.bulk import ImportTask, TaskState
from models.certification import CertificationRecord, LicenceRecord
from models.community import (
    CommunityEvent,
    EventSignUp,
    Project,
    ProjectMember,
    ProjectUpdate,
)
from models.consent import Consent, NoticeReading
from models.course import (
    Course,
    CourseSelection,
    CourseSession,
    CourseSkill,
    CourseState,
    Enrolment,
)
from models.opening import Opening, OpeningRequirement
from models.organisation import Organisation, OrganisationKind, OrganisationState
from models.outcome import Outcome
from models.people_desk import Counselling, Evidence, EvidenceBlob, EvidenceState
from models.plan import Plan, PlanEvent, PlanEventKind, PlanKind, PlanState, PlanTarget
from models.plan_template import PlanTemplate
from models.planning_desk import ProgrammeTarget
from models.skill import SkillRecord
from models.study import PracticeScore, StudyEntry
from models.trail import AccessRecord, Exposure
from models.venue import Venue, VenueBooking, VenueItem, VenueItemKind
from models.voucher import Voucher
from models.youth import AffiliationState, SavedItem, YouthProfile, YouthWish

PASSWORD = "oreum-demo-2026"  # noqa: S105 - shown on the screen, demo databases only
"""Of every demo account."""

Ids = Mapping[str, Mapping[Any, int]]
Row = dict[str, Any]

PLANNED = ("DEA", "SAA", "AIF", "CLF")
PLAN_TERMS = Terms(usd_krw=1450, vat_percent=10, pass_rate_percent=70)
"""Certificates the demo's paths lead to, and the settings' own defaults."""
ASKED_AGO = timedelta(days=4)
_STANDING = {"trusted": OrganisationState.ACTIVE, "new": OrganisationState.ACTIVE}


@dataclass(frozen=True)
class DemoAccount:
    """One line of the table of demo sign-ins; `id` is the youth's, the organisation's or, for
    admins, the account's own."""

    role: str
    id: int
    email: str
    password: str
    name: str
    organisation: str | None


@dataclass(frozen=True)
class Loaded:
    accounts: tuple[DemoAccount, ...]
    counts: Mapping[str, int]
    """Rows by table."""


def load(unit: Unit, passwords: Passwords, seed: int = SEED) -> Loaded:
    """Write everything in the caller's transaction. Raises Conflict where accounts exist."""
    if store.holds_accounts(unit.session):
        raise Conflict(_("이미 계정이 있는 데이터베이스에는 데모 자료를 넣지 않습니다."))
    data = generate(unit.today, seed)
    return _Loading(unit, data).run(passwords)


def is_loaded(unit: Unit) -> bool:
    return store.holds_accounts(unit.session)


def sign_ins(unit: Unit) -> tuple[DemoAccount, ...]:
    """Who can sign in, youths first."""
    rows = store.sign_ins(unit.session, standing_addresses())
    return tuple(
        DemoAccount(
            role=row.role.value,
            id=row.youth_id or row.organisation_id or row.account_id,
            email=row.email,
            password=PASSWORD,
            name=row.name,
            organisation=row.organisation,
        )
        for row in rows
    )


class _Loading:
    """Demo numbers become ids, table by table, parents first."""

    def __init__(self, unit: Unit, data: DemoData) -> None:
        self.unit, self.session, self.data = unit, unit.session, data
        self.ids: dict[str, Mapping[Any, int]] = {}
        self.counts: dict[str, int] = {}
        self.promises: dict[str, str] = {}
        """Commitments of the rounds' lotteries, by round."""

    def run(self, passwords: Passwords) -> Loaded:
        self._organisations()
        self._people(passwords)
        self._youths()
        self._courses()
        self._openings()
        self._between()
        self._progress()
        self._plans()
        self._rounds()
        self._templates()
        self._imports()
        self._proofs()
        self._outcomes()
        self._planning()
        self._community()
        self._classes()
        self._labs()
        self._packs()
        self._looks()
        self.unit.audit(
            "demo:loaded", "database", None, counts=dict(self.counts), commitments=self.promises
        )
        return Loaded(sign_ins(self.unit), self.counts)

    def _organisations(self) -> None:
        ensure_reference(self.session, self.unit.now)
        rows = [
            {
                "slug": partner.slug,
                "kind": OrganisationKind.PARTNER,
                "state": _STANDING.get(partner.standing, OrganisationState.PENDING),
                "name_ko": partner.name_ko,
                "name_en": partner.name_en,
                "sector": partner.sector,
                "is_trusted": partner.standing == "trusted",
                "is_demo": True,
                "created_at": self.data.people[-1].created_at
                if partner.standing != "pending"
                else self.unit.now - ASKED_AGO,
            }
            for partner in self.data.partners
        ]
        self._add(Organisation, rows)
        self.ids["organisation"] = store.organisation_ids(self.session)

    def _people(self, passwords: Passwords) -> None:
        # One hash a role: the password is public, and hashing each would take seven seconds.
        hashes = {
            role: passwords.hash(PASSWORD)
            for role in sorted({person.role for person in self.data.people})
        }
        rows = [
            {
                "email": person.email,
                "name": person.name,
                "password_hash": hashes[person.role],
                "state": AccountState.ACTIVE,
                "language": "ko",
                "is_demo": True,
                "created_at": person.created_at,
                "confirmed_at": person.created_at,
            }
            for person in self.data.people
        ]
        self._add_numbered("account", Account, rows)
        rows = [
            {
                "account_id": self.ids["account"][person.number],
                "role": person.role,
                "organisation_id": self._organisation(person.organisation),
                "created_at": person.created_at,
            }
            for person in self.data.people
        ]
        self._add(Membership, rows)

    def _youths(self) -> None:
        data = self.data
        self._add_numbered("youth", YouthProfile, self._rows(data.youths, version=1))
        self._add(YouthWish, self._rows(data.wishes))
        self._add(SkillRecord, self._rows(data.skills))
        self._add_numbered("attempt", CertificationRecord, self._rows(data.attempts, version=1))
        self._add(LicenceRecord, self._rows(data.licences))
        self._add(Consent, self._rows(data.consents, text_version=CONSENT_TEXT_VERSION))
        self._add(NoticeReading, self._rows(data.notices, notice_version=NOTICE_VERSION))

    def _courses(self) -> None:
        data = self.data
        more = {"state": CourseState.PUBLISHED, "is_demo": True, "version": 1}
        self._add_numbered("course", Course, self._rows(data.courses, **more))
        self._add(CourseSkill, self._rows(data.course_skills))
        self._add_numbered("session", CourseSession, self._rows(data.sessions))
        self._add_numbered("enrolment", Enrolment, self._rows(data.enrolments))

    def _openings(self) -> None:
        data = self.data
        self._add_numbered("opening", Opening, self._rows(data.openings, is_demo=True, version=1))
        self._add(OpeningRequirement, self._rows(data.requirements))

    def _between(self) -> None:
        data = self.data
        saved = self._rows(data.saved)
        for row in saved:
            row["item_id"] = self.ids[row["kind"]][row.pop("item")]
        self._add(SavedItem, saved)
        self._add_numbered("application", Application, self._rows(data.applications))
        self._add(ApplicationEvent, self._rows(data.steps))
        self._add(Introduction, self._rows(data.introductions))
        self._add(ShortlistEntry, self._rows(data.shortlistings))
        self._add(Exposure, [self._exposure(showing) for showing in data.showings])

    def _progress(self) -> None:
        data = self.data
        self._add(StudyEntry, self._rows(data.studied))
        self._add(PracticeScore, self._rows(data.practised))
        self._add(Voucher, self._rows(data.vouchers, is_demo=True, version=1))

    def _imports(self) -> None:
        """One batch that was taken back and one file with mistakes at every university's desk."""
        for person in self.data.people:
            if person.role != Role.COORDINATOR:
                continue
            sender = {
                "account_id": self.ids["account"][person.number],
                "organisation_id": self._organisation(person.organisation),
            }
            kind, name, rows = imports.TAKEN_BACK
            at = self.unit.now - ASKED_AGO
            self._add(
                ImportBatch,
                [{**sender, "kind": kind, "file_name": name, "file_hash": f"demo:{person.number}",
                  "row_count": rows, "created_at": at, "reverted_at": at}],
            )  # fmt: skip
            kind, name = imports.REFUSED
            self._add(
                ImportTask,
                [{**sender, "kind": kind, "file_name": name, "state": TaskState.REFUSED,
                  "keeps_unmapped": False, "data": b"", "done": 28, "total": 28, "tries": 1,
                  "findings": imports.FINDINGS, "created_at": at, "updated_at": at}],
            )  # fmt: skip

    def _plans(self) -> None:
        """The standing youth is on the way; two others have handed their path in, so that a
        university and the centre have one to answer."""
        handed_in = [
            next(each for each in self.data.youths if self._is_planner(each, university))
            for university in ("jejunu", None)
        ]
        account_of = {each.number: each.account for each in self.data.youths}
        for number in (HANEUL, *(each.number for each in handed_in)):
            plan = self._plan(self.ids["youth"][number])
            if number != HANEUL:
                plan.state = PlanState.SUBMITTED
            account = self.ids["account"][account_of[number]]
            kinds = [PlanEventKind.ACCEPTED, PlanEventKind.SUBMITTED][: 1 + (number != HANEUL)]
            self.session.add_all(
                PlanEvent(plan_id=plan.id or 0, kind=kind, account_id=account, at=self.unit.now)
                for kind in kinds
            )

    def _templates(self) -> None:
        """A path every university suggested to a few of its people."""
        for each in path_templates.suggested(self.data.youths):
            template = PlanTemplate(
                organisation_id=self.ids["organisation"][each.organisation],
                name=path_templates.NAME,
                target=PlanTarget.CERTIFICATION,
                target_refs=[path_templates.TARGET],
                weekly_hours=path_templates.WEEKLY_HOURS,
                note=path_templates.NOTE,
                is_demo=True,
                created_at=self.unit.now,
                updated_at=self.unit.now,
            )
            self.session.add(template)
            self.session.flush()  # the suggestions name its id
            youth_ids = [self.ids["youth"][number] for number in each.youths]
            suggest(self.session, template.id or 0, youth_ids, self.unit.now)

    def _classes(self) -> None:
        """Meetings with who was there, credentials, and people who wait to be selected."""
        made = make_classes(self.data, self.unit.today, Random(f"{SEED}:classes"))
        at, is_desk = self.unit.now - ASKED_AGO, AttendanceSource.DESK
        self._add_numbered(
            "meeting",
            ClassMeeting,
            [
                {"session_id": self.ids["session"][each.session], "held_on": each.held_on,
                 "starts": each.starts, "ends": each.ends, "mode": each.mode}
                for each in made.meetings
            ],
        )  # fmt: skip
        self._add(
            Attendance,
            [
                {"meeting_id": self.ids["meeting"][number], "state": state, "source": is_desk,
                 "enrolment_id": self.ids["enrolment"][place], "recorded_at": at}
                for number, each in enumerate(made.meetings, start=1)
                for place, state in each.marks
            ],
        )  # fmt: skip
        self._add(
            Credential,
            [
                {"youth_id": self.ids["youth"][youth], "number": name, "issued_on": on,
                 "enrolment_id": self.ids["enrolment"][place], "title_ko": ko, "title_en": en,
                 "created_at": at}
                for youth, place, name, on, ko, en in made.credentials
            ],
        )  # fmt: skip
        course = self.session.get_one(Course, self.ids["course"][made.course])
        course.selection = CourseSelection.BY_DESK
        self.session.add(course)
        store.insert_all(self.session, Enrolment, self._rows(made.applicants))
        self.counts["enrolment"] += len(made.applicants)

    def _labs(self) -> None:
        """A lab at every university, with something to book and one booking of today."""
        for slug in UNIVERSITIES:
            ko, en, place = LAB
            lab = Venue(
                organisation_id=self.ids["organisation"][slug], name_ko=ko, name_en=en,
                place=place, opens="09:00", closes="21:00", is_demo=True,
                created_at=self.unit.now - ASKED_AGO,
            )  # fmt: skip
            self.session.add(lab)
            self.session.flush()  # the items name its id
            for kind, item_ko, item_en, quantity, is_open in ITEMS:
                item = VenueItem(
                    venue_id=lab.id or 0, kind=VenueItemKind(kind), name_ko=item_ko,
                    name_en=item_en, quantity=quantity, is_for_youth=is_open,
                )  # fmt: skip
                self.session.add(item)
                self.session.flush()  # the booking names its id
                youth_id = self.ids["youth"][HANEUL] if kind == "pc" and slug == "jejunu" else None
                self.session.add(
                    VenueBooking(
                        item_id=item.id or 0,
                        held_on=self.unit.today + timedelta(days=1),
                        starts="14:00",
                        ends="16:00",
                        youth_id=youth_id,
                        purpose="" if youth_id else "데모 공개 수업",
                        created_at=self.unit.now - ASKED_AGO,
                    )
                )

    def _rounds(self) -> None:
        """One with a result and somebody it did not place, one that takes wishes."""
        titles = {each.title_ko: self.ids["opening"][each.number] for each in self.data.openings}
        emails = {each.email: self.ids["account"][each.number] for each in self.data.people}
        desks = (emails["coordinator.jejunu@example.kr"], emails["centre@example.kr"])
        for shape in ROUNDS:
            home = self.ids["organisation"][shape.university]
            youth = self.ids["youth"][HANEUL]
            row = lay_out(
                self.session, shape, home, titles, youth, desks, self.unit.now, self.unit.today
            )
            self.promises[str(row.id)] = row.commitment
        self.counts["introduction"] = count_rows(self.session, "introduction")

    def _is_planner(self, youth: Youth, university: str | None) -> bool:
        is_there = youth.number != HANEUL and youth.organisation == university
        return is_there and (university is None or youth.affiliation_state == "confirmed")

    def _plan(self, youth_id: int) -> Plan:
        """The first certificate there is a way to."""
        for name in PLANNED:
            wishes = Wishes(PlanTarget.CERTIFICATION, (name,), 10, most=1)
            found = planner.paths(self.session, None, youth_id, wishes, PLAN_TERMS, self.unit.today)
            view = found.best(PlanKind.FASTEST)
            if view is not None and view.steps:
                return keep(
                    self.session, youth_id, wishes, view, found.model_version, self.unit.now
                )
        raise LookupError(youth_id)

    def _proofs(self) -> None:
        """What waits in the desks' queues of proofs."""
        made = people_desk.proofs(self.data, self.unit.today, Random(f"{SEED}:proofs"))
        more = {"state": EvidenceState.WAITING, "is_demo": True, "version": 1}
        for each in made:
            row = self._rows([each], **more)[0]
            data, number = row.pop("data"), row.pop("attempt")
            blob = EvidenceBlob(
                youth_id=row["youth_id"], sha256=hashlib.sha256(data).hexdigest(),
                media_type="image/png", size=len(data), data=data, created_at=row["created_at"],
            )  # fmt: skip
            self.session.add(blob)
            self.session.flush()
            profile = self.session.get_one(YouthProfile, row["youth_id"])
            profile.affiliation_state = AffiliationState.CONFIRMED
            row["record_id"] = None if number is None else self.ids["attempt"][number]
            self.session.add(Evidence(blob_id=blob.id, updated_at=row["created_at"], **row))

    def _outcomes(self) -> None:
        made = people_desk.outcomes(self.data, self.unit.today, Random(f"{SEED}:outcomes"))
        self._add(Outcome, self._rows(made, version=1))
        hours = people_desk.hours(self.data, self.unit.today, Random(f"{SEED}:hours"))
        self._add(Counselling, self._rows(hours, is_demo=True, version=1))

    def _exposure(self, showing: Showing) -> Row:
        subject = "youth" if showing.subject == "candidate" else showing.subject
        context = "opening" if showing.subject == "candidate" else "youth"
        return {
            "at": showing.at,
            "account_id": self.ids["account"][showing.account],
            "kind": showing.kind,
            "subject": showing.subject,
            "context_id": self.ids[context][showing.context],
            "model_version": showing.model_version,
            "items": [
                [self.ids[subject][number], rank, score] for number, rank, score in showing.items
            ],
        }

    def _rows(self, things: Iterable[Any], **more: Any) -> list[Row]:
        """Columns by the names of the fields; a field that holds a number becomes `..._id`."""
        rows = []
        for thing in things:
            row = dict(more)
            for field in fields(thing):
                value = getattr(thing, field.name)
                if field.name == "number":
                    continue
                if field.name in _LINKS:
                    known = self.ids[_LINKS[field.name][0]]
                    row[_LINKS[field.name][1]] = None if value is None else known[value]
                else:
                    row[field.name] = list(value) if isinstance(value, tuple) else value
            rows.append(row)
        return rows

    def _add(self, table: type[SQLModel], rows: Sequence[Row]) -> None:
        store.insert_all(self.session, table, rows)
        name = str(table.__tablename__)
        self.counts[name] = self.counts.get(name, 0) + len(rows)

    def _add_numbered(self, kind: str, table: type[SQLModel], rows: Sequence[Row]) -> None:
        """Rows come in the order of their numbers, which begin at 1."""
        ids = store.insert_returning(self.session, table, rows)
        self.ids[kind] = dict(enumerate(ids, start=1))
        name = str(table.__tablename__)
        self.counts[name] = self.counts.get(name, 0) + len(rows)

    def _organisation(self, slug: str | None) -> int | None:
        return None if slug is None else self.ids["organisation"][slug]

    def _planning(self) -> None:
        """Scenarios and promises of the desks that have some; last, for they count the rest."""
        desks = {
            person.organisation: person
            for person in self.data.people
            if person.role in (Role.COORDINATOR, Role.CENTRE) and person.is_standing
        }
        for slug in dict.fromkeys(promise.organisation for promise in targets.PROMISES):
            person = desks[slug]
            desk = Actor(
                self.ids["account"][person.number], Role(person.role), person.name,
                organisation_id=self._organisation(slug),
            )  # fmt: skip
            for seats in targets.SEATS:
                name = f"데모: 과정마다 {seats}자리"
                keep_scenario(self.session, desk, name, seats, self.unit.now)
        more = {"year": year_on(self.unit.today), "note": targets.NOTE, "version": 1}
        stamps = {"created_at": self.unit.now, "updated_at": self.unit.now, "is_demo": True}
        self._add(ProgrammeTarget, self._rows(targets.PROMISES, **more, **stamps))

    def _community(self) -> None:
        """Events and projects at every desk."""
        made = make_community(Random(f"{SEED}:community"), self.unit.today, self.data.youths)
        more = {"is_demo": True, "version": 1}
        self._add_numbered("event", CommunityEvent, self._linked(made.events, **more))
        self._add(EventSignUp, self._linked(made.sign_ups))
        self._add_numbered("project", Project, self._linked(made.projects, **more))
        self._add(ProjectMember, self._linked(made.members))
        self._add(ProjectUpdate, self._linked(made.updates))

    def _linked(self, rows: Iterable[Row], **more: Any) -> list[Row]:
        """Demo numbers become ids."""
        known = {"organisation", "event", "project", "youth"}
        return [
            {
                (f"{name}_id" if name in known else name): (
                    self.ids[name][value] if name in known else value
                )
                for name, value in row.items()
            }
            | more
            for row in rows
        ]

    def _packs(self) -> None:
        """The last whole reporting year, frozen by a university and by the centre."""
        for slug, role in (("jejunu", Role.COORDINATOR), ("rise-centre", Role.CENTRE)):
            desk = self.session.get_one(Organisation, self._organisation(slug))
            by = next(each for each in self.data.people if each.role == role
                      and each.organisation == slug)  # fmt: skip
            year = evaluation.year_on(self.unit.today) - 1
            asked = evaluation.Asked(desk, year, "", self.unit.now)
            made = evaluation.content(self.session, asked, self.ids["account"][by.number])
            self.session.add(row_of(desk, made, is_demo=True))
        self.counts["evaluation_pack"] = 2

    def _looks(self) -> None:
        """What the standing youth finds under "who looked at my record" this week."""
        youth_id = self.ids["youth"][HANEUL]
        for days, email, task in LOOKS:
            person = next(each for each in self.data.people if each.email == email)
            self.unit.trail.append(
                AccessRecord(
                    at=self.unit.now - timedelta(days=days),
                    account_id=self.ids["account"][person.number],
                    role=person.role,
                    organisation_id=self._organisation(person.organisation),
                    source="127.0.0.1",
                    youth_id=youth_id,
                    task=task,
                    outcome="ok",
                )
            )


# field -> (what it numbers, column)
_LINKS = {
    "account": ("account", "account_id"),
    "actor_account": ("account", "actor_account_id"),
    "application": ("application", "application_id"),
    "assigned_by_account": ("account", "assigned_by_account_id"),
    "asked_by_account": ("account", "asked_by_account_id"),
    "counsellor_account": ("account", "counsellor_account_id"),
    "course": ("course", "course_id"),
    "opening": ("opening", "opening_id"),
    "organisation": ("organisation", "organisation_id"),
    "rated_by": ("account", "rated_by_account_id"),
    "session": ("session", "session_id"),
    "verified_by": ("account", "verified_by_account_id"),
    "youth": ("youth", "youth_id"),
}
