"""What may be done, by name, and which roles may do it. Deny is the default."""

from enum import StrEnum

from models.account import Role


class Permission(StrEnum):
    """`subject:action`, sorted. Object scope is checked in the store; this is the role's half."""

    ACCOUNT_OWN = "account:own"
    ACCOUNTS_MANAGE = "accounts:manage"
    APPLICATIONS_DECIDE = "applications:decide"
    APPLICATIONS_OWN = "applications:own"
    APPROVALS_DECIDE = "approvals:decide"
    ASSIGNMENTS_MANAGE = "assignments:manage"
    ASSIGNMENTS_RANK = "assignments:rank"
    ASSIGNMENTS_WISH = "assignments:wish"
    AUDIT_READ = "audit:read"
    CALENDAR_OWN = "calendar:own"
    CANDIDATES_READ = "candidates:read"
    CERTIFICATIONS_OWN = "certifications:own"
    COHORT_READ = "cohort:read"
    COLLEAGUES_MANAGE = "colleagues:manage"
    CONSENTS_OWN = "consents:own"
    COUNSELLING_MANAGE = "counselling:manage"
    COUNSELLING_OWN = "counselling:own"
    COURSES_MANAGE = "courses:manage"
    ENROLMENTS_OWN = "enrolments:own"
    EVIDENCE_JUDGE = "evidence:judge"
    EVIDENCE_OWN = "evidence:own"
    EVALUATION_MANAGE = "evaluation:manage"
    ISSUERS_MANAGE = "issuers:manage"
    IMPORTS_MANAGE = "imports:manage"
    EVENTS_MANAGE = "events:manage"
    EVENTS_OWN = "events:own"
    INTERVIEWS_MANAGE = "interviews:manage"
    INTRODUCTIONS_ANSWER = "introductions:answer"
    INTRODUCTIONS_ASK = "introductions:ask"
    KEYS_MANAGE = "keys:manage"
    LISTS_EXPORT = "lists:export"
    MODELS_MANAGE = "models:manage"
    OPENINGS_MANAGE = "openings:manage"
    ORGANISATIONS_MANAGE = "organisations:manage"
    OUTBOX_READ = "outbox:read"
    OUTCOMES_MANAGE = "outcomes:manage"
    OUTCOMES_OWN = "outcomes:own"
    PLANNING_MANAGE = "planning:manage"
    PEOPLE_MERGE = "people:merge"
    PLANS_DECIDE = "plans:decide"
    PLANS_OWN = "plans:own"
    PROFILE_OWN = "profile:own"
    PROJECTS_MANAGE = "projects:manage"
    PROJECTS_OWN = "projects:own"
    RECOMMENDATIONS_OWN = "recommendations:own"
    REVIEWS_WRITE = "reviews:write"
    ROSTER_READ = "roster:read"
    SHARING_OWN = "sharing:own"
    SKILLS_OWN = "skills:own"
    SKILLS_VERIFY = "skills:verify"
    SUBSIDIES_MANAGE = "subsidies:manage"
    SUBSIDIES_READ = "subsidies:read"
    VIEWS_OWN = "views:own"
    VENUES_BOOK = "venues:book"
    VENUES_MANAGE = "venues:manage"
    VOUCHERS_MANAGE = "vouchers:manage"
    VOUCHERS_OWN = "vouchers:own"


EVERYONE = frozenset(Role)
YOUTH = frozenset({Role.YOUTH})
PARTNER = frozenset({Role.PARTNER})
UNIVERSITY = frozenset({Role.COORDINATOR, Role.CENTRE})
ADMIN = frozenset({Role.ADMIN})

GRANTED: dict[Permission, frozenset[Role]] = {
    Permission.ACCOUNT_OWN: EVERYONE,
    Permission.ACCOUNTS_MANAGE: ADMIN,
    Permission.APPLICATIONS_DECIDE: PARTNER,
    Permission.APPLICATIONS_OWN: YOUTH,
    Permission.APPROVALS_DECIDE: frozenset({Role.CENTRE}),
    Permission.ASSIGNMENTS_MANAGE: UNIVERSITY,
    Permission.ASSIGNMENTS_RANK: PARTNER,
    Permission.ASSIGNMENTS_WISH: YOUTH,
    Permission.AUDIT_READ: ADMIN,
    Permission.CALENDAR_OWN: YOUTH,
    Permission.CANDIDATES_READ: PARTNER,
    Permission.CERTIFICATIONS_OWN: YOUTH,
    Permission.COHORT_READ: UNIVERSITY,
    Permission.COLLEAGUES_MANAGE: PARTNER,
    Permission.CONSENTS_OWN: YOUTH,
    Permission.COUNSELLING_MANAGE: UNIVERSITY,
    Permission.COUNSELLING_OWN: YOUTH,
    Permission.COURSES_MANAGE: UNIVERSITY,
    Permission.ENROLMENTS_OWN: YOUTH,
    Permission.EVIDENCE_JUDGE: UNIVERSITY,
    Permission.EVIDENCE_OWN: YOUTH,
    Permission.EVALUATION_MANAGE: UNIVERSITY,
    Permission.ISSUERS_MANAGE: frozenset({Role.CENTRE}),
    Permission.IMPORTS_MANAGE: UNIVERSITY,
    Permission.EVENTS_MANAGE: UNIVERSITY,
    Permission.EVENTS_OWN: YOUTH,
    Permission.INTERVIEWS_MANAGE: PARTNER,
    Permission.INTRODUCTIONS_ANSWER: YOUTH,
    Permission.INTRODUCTIONS_ASK: PARTNER,
    Permission.KEYS_MANAGE: ADMIN,
    Permission.LISTS_EXPORT: UNIVERSITY,
    Permission.MODELS_MANAGE: ADMIN,
    Permission.OPENINGS_MANAGE: PARTNER,
    Permission.ORGANISATIONS_MANAGE: ADMIN,
    Permission.OUTBOX_READ: ADMIN,
    Permission.OUTCOMES_MANAGE: UNIVERSITY,
    Permission.OUTCOMES_OWN: YOUTH,
    Permission.PLANNING_MANAGE: UNIVERSITY,
    Permission.PEOPLE_MERGE: UNIVERSITY,
    Permission.PLANS_DECIDE: UNIVERSITY,
    Permission.PLANS_OWN: YOUTH,
    Permission.PROFILE_OWN: YOUTH,
    Permission.PROJECTS_MANAGE: UNIVERSITY,
    Permission.PROJECTS_OWN: YOUTH,
    Permission.RECOMMENDATIONS_OWN: YOUTH,
    Permission.REVIEWS_WRITE: PARTNER,
    Permission.ROSTER_READ: UNIVERSITY,
    Permission.SHARING_OWN: YOUTH,
    Permission.SKILLS_OWN: YOUTH,
    Permission.SKILLS_VERIFY: UNIVERSITY,
    Permission.SUBSIDIES_MANAGE: frozenset({Role.CENTRE}),
    Permission.SUBSIDIES_READ: UNIVERSITY | YOUTH,
    Permission.VIEWS_OWN: UNIVERSITY,
    Permission.VENUES_BOOK: YOUTH,
    Permission.VENUES_MANAGE: UNIVERSITY,
    Permission.VOUCHERS_MANAGE: UNIVERSITY,
    Permission.VOUCHERS_OWN: YOUTH,
}


def is_granted(permission: Permission, role: Role) -> bool:
    return role in GRANTED[permission]
