"""Load the demo data into an empty database, all of it or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from sqlmodel import SQLModel

from matcher.catalogue.demo import SEED, generate
from matcher.catalogue.demo.shape import DemoData, Showing, Youth
from matcher.catalogue.demo.standing import HANEUL, LOOKS, standing_addresses
from matcher.db import Unit
from matcher.gateways.passwords import Passwords
from matcher.i18n import gettext as _
from matcher.matching import planner
from matcher.matching.plan_rows import keep
from matcher.matching.plan_views import Terms, Wishes
from matcher.policy.notices import CONSENT_TEXT_VERSION, NOTICE_VERSION
from matcher.refusal import Conflict
from matcher.store import demo as store
from matcher.store.reference import ensure_reference
from models.account import Account, AccountState, Membership
from models.application import Application, ApplicationEvent, Introduction, ShortlistEntry
from models.certification import CertificationRecord, LicenceRecord
from models.consent import Consent, NoticeReading
from models.course import Course, CourseSession, CourseSkill, CourseState, Enrolment
from models.opening import Opening, OpeningRequirement
from models.organisation import Organisation, OrganisationKind, OrganisationState
from models.plan import Plan, PlanEvent, PlanEventKind, PlanKind, PlanState, PlanTarget
from models.skill import SkillRecord
from models.study import PracticeScore, StudyEntry
from models.trail import AccessRecord, Exposure
from models.voucher import Voucher
from models.youth import SavedItem, YouthProfile, YouthWish

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

    def run(self, passwords: Passwords) -> Loaded:
        self._organisations()
        self._people(passwords)
        self._youths()
        self._courses()
        self._openings()
        self._between()
        self._progress()
        self._plans()
        self._looks()
        self.unit.audit("demo:loaded", "database", None, counts=dict(self.counts))
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
        self._add(CertificationRecord, self._rows(data.attempts, version=1))
        self._add(LicenceRecord, self._rows(data.licences))
        self._add(Consent, self._rows(data.consents, text_version=CONSENT_TEXT_VERSION))
        self._add(NoticeReading, self._rows(data.notices, notice_version=NOTICE_VERSION))

    def _courses(self) -> None:
        data = self.data
        more = {"state": CourseState.PUBLISHED, "is_demo": True, "version": 1}
        self._add_numbered("course", Course, self._rows(data.courses, **more))
        self._add(CourseSkill, self._rows(data.course_skills))
        self._add_numbered("session", CourseSession, self._rows(data.sessions))
        self._add(Enrolment, self._rows(data.enrolments))

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
        self.counts[str(table.__tablename__)] = len(rows)

    def _add_numbered(self, kind: str, table: type[SQLModel], rows: Sequence[Row]) -> None:
        """Rows come in the order of their numbers, which begin at 1."""
        ids = store.insert_returning(self.session, table, rows)
        self.ids[kind] = dict(enumerate(ids, start=1))
        self.counts[str(table.__tablename__)] = len(rows)

    def _organisation(self, slug: str | None) -> int | None:
        return None if slug is None else self.ids["organisation"][slug]

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
    "course": ("course", "course_id"),
    "opening": ("opening", "opening_id"),
    "organisation": ("organisation", "organisation_id"),
    "rated_by": ("account", "rated_by_account_id"),
    "session": ("session", "session_id"),
    "verified_by": ("account", "verified_by_account_id"),
    "youth": ("youth", "youth_id"),
}
