"""Organisations, accounts, and young people with what they say of themselves."""

from collections.abc import Mapping
from datetime import timedelta

from matcher.catalogue.demo.standing import HANEUL, LOOKS
from matcher.flows.demo.writing import Writing
from matcher.policy.notices import CONSENT_TEXT_VERSION, NOTICE_VERSION
from matcher.store.demo import organisation_ids
from matcher.store.reference import ensure_reference
from models.account import Account, AccountState, Membership
from models.certification import CertificationRecord, LicenceRecord
from models.consent import Consent, NoticeReading
from models.organisation import Organisation, OrganisationKind, OrganisationState
from models.skill import SkillRecord
from models.trail import AccessRecord
from models.youth import YouthProfile, YouthWish

ASKED_AGO = timedelta(days=4)
_STANDING = {"trusted": OrganisationState.ACTIVE, "new": OrganisationState.ACTIVE}


def organisations(writing: Writing) -> None:
    ensure_reference(writing.session, writing.unit.now)
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
            "created_at": writing.data.people[-1].created_at
            if partner.standing != "pending"
            else writing.unit.now - ASKED_AGO,
        }
        for partner in writing.data.partners
    ]
    writing.add(Organisation, rows)
    writing.ids["organisation"] = organisation_ids(writing.session)


def accounts(writing: Writing, hashes: Mapping[str, str]) -> None:
    """`hashes` of the password by role."""
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
        for person in writing.data.people
    ]
    writing.add_numbered("account", Account, rows)
    rows = [
        {
            "account_id": writing.account(person),
            "role": person.role,
            "organisation_id": writing.organisation(person.organisation),
            "created_at": person.created_at,
        }
        for person in writing.data.people
    ]
    writing.add(Membership, rows)


def youths(writing: Writing) -> None:
    data, rows = writing.data, writing.rows
    writing.add_numbered("youth", YouthProfile, rows(data.youths, version=1))
    writing.add(YouthWish, rows(data.wishes))
    writing.add(SkillRecord, rows(data.skills))
    writing.add_numbered("attempt", CertificationRecord, rows(data.attempts, version=1))
    writing.add(LicenceRecord, rows(data.licences))
    writing.add(Consent, rows(data.consents, text_version=CONSENT_TEXT_VERSION))
    writing.add(NoticeReading, rows(data.notices, notice_version=NOTICE_VERSION))


def looks(writing: Writing) -> None:
    """What the standing youth finds under "who looked at my record" this week."""
    for days, email, task in LOOKS:
        person = next(each for each in writing.data.people if each.email == email)
        writing.unit.trail.append(
            AccessRecord(
                at=writing.unit.now - timedelta(days=days),
                account_id=writing.account(person),
                role=person.role,
                organisation_id=writing.organisation(person.organisation),
                source="127.0.0.1",
                youth_id=writing.ids["youth"][HANEUL],
                task=task,
                outcome="ok",
            )
        )
