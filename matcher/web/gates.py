"""The policy table: every route, what it takes to enter, and what a refused role is told.

`hidden` routes answer a wrong role like an absent page (404); the others say 403, because the
role may see the thing and not do this to it. Rows of other people are scoped in the store.
"""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request

from matcher.policy.permissions import Permission


@dataclass(frozen=True)
class Gate:
    permission: Permission | None
    """None lets everybody in."""
    hidden: bool = True
    step: bool = False
    """Whether the password must have been given in the last half hour."""
    many: frozenset[str] = frozenset()
    """Query keys that may come more than once."""


PUBLIC = Gate(None)
OWN = Gate(Permission.ACCOUNT_OWN)
SCORES = Gate(Permission.RECOMMENDATIONS_OWN)
CONSENTS = Gate(Permission.CONSENTS_OWN)
ACCOUNTS_CHANGE = Gate(Permission.ACCOUNTS_MANAGE, hidden=False, step=True)
ORGANISATIONS = Gate(Permission.ORGANISATIONS_MANAGE)
VERIFY = Gate(Permission.SKILLS_VERIFY)
EVALUATION = Gate(Permission.EVALUATION_MANAGE)
MODELS_CHANGE = Gate(Permission.MODELS_MANAGE, hidden=False, step=True)
KEYS_CHANGE = Gate(Permission.KEYS_MANAGE, hidden=False, step=True)
COURSES = Gate(Permission.COURSES_MANAGE, hidden=False)
OWN_SKILLS = Gate(Permission.SKILLS_OWN, hidden=False)
OWN_RECORD = Gate(Permission.PROFILE_OWN)
OWN_CERTIFICATIONS = Gate(Permission.CERTIFICATIONS_OWN)
CALENDAR = Gate(Permission.CALENDAR_OWN)
SUBSIDIES = Gate(Permission.SUBSIDIES_MANAGE)
ISSUERS = Gate(Permission.ISSUERS_MANAGE)
OWN_APPLICATIONS = Gate(Permission.APPLICATIONS_OWN, hidden=False)
OWN_PLANS = Gate(Permission.PLANS_OWN)
PLANS = Gate(Permission.PLANS_DECIDE)
OWN_VOUCHERS = Gate(Permission.VOUCHERS_OWN)
VOUCHERS = Gate(Permission.VOUCHERS_MANAGE)
PLANNING = Gate(Permission.PLANNING_MANAGE)
CANDIDATES = Gate(Permission.CANDIDATES_READ, many=frozenset({"met"}))
CANDIDATES_COMPARED = Gate(Permission.CANDIDATES_READ, many=frozenset({"c"}))
CANDIDATES_MARKED = Gate(Permission.CANDIDATES_READ, hidden=False, many=frozenset({"met"}))
PLANNING_MANY = Gate(Permission.PLANNING_MANAGE, many=frozenset({"course"}))
PLANNING_COMPARE = Gate(Permission.PLANNING_MANAGE, many=frozenset({"scenario"}))
OWN_EVIDENCE = Gate(Permission.EVIDENCE_OWN)
EVIDENCE = Gate(Permission.EVIDENCE_JUDGE)
OWN_COUNSELLING = Gate(Permission.COUNSELLING_OWN)
COUNSELLING = Gate(Permission.COUNSELLING_MANAGE)
DUPLICATES = Gate(Permission.PEOPLE_MERGE)
MERGE = Gate(Permission.PEOPLE_MERGE, step=True)
OWN_OUTCOMES = Gate(Permission.OUTCOMES_OWN)
OUTCOMES = Gate(Permission.OUTCOMES_MANAGE)
IMPORTS = Gate(Permission.IMPORTS_MANAGE)
VENUES = Gate(Permission.VENUES_MANAGE)
VIEWS = Gate(Permission.VIEWS_OWN)
VOUCHERS_ALLOCATE = Gate(Permission.VOUCHERS_MANAGE, step=True)

EVENTS = Gate(Permission.EVENTS_MANAGE)
OWN_EVENTS = Gate(Permission.EVENTS_OWN)
PROJECTS = Gate(Permission.PROJECTS_MANAGE)
OWN_PROJECTS = Gate(Permission.PROJECTS_OWN)
FACETS = frozenset(
    {"state", "university", "project", "task", "sector", "field", "skill", "certification"}
    | {"credit", "fee", "mode", "language", "time", "term", "level", "kind"}
)
"""Of the lists of courses."""
ASSIGNMENTS = Gate(Permission.ASSIGNMENTS_MANAGE)
ASSIGNMENT_LIST = Gate(Permission.ASSIGNMENTS_MANAGE, step=True)
ASSIGNMENTS_CONFIRM = Gate(Permission.ASSIGNMENTS_MANAGE, step=True)
ROUNDS = Gate(Permission.ASSIGNMENTS_WISH)
PARTNER_ROUNDS = Gate(Permission.ASSIGNMENTS_RANK)
REVIEWS = Gate(Permission.REVIEWS_WRITE)
COLLEAGUES = Gate(Permission.COLLEAGUES_MANAGE)
COLLEAGUES_END = Gate(Permission.COLLEAGUES_MANAGE, step=True)
INTERVIEWS = Gate(Permission.INTERVIEWS_MANAGE)
INTERVIEWS_CHANGE = Gate(Permission.INTERVIEWS_MANAGE, hidden=False)
LINKS = Gate(Permission.APPLICATIONS_DECIDE)
LINKS_CHANGE = Gate(Permission.APPLICATIONS_DECIDE, hidden=False)
OWN_INTERVIEWS = Gate(Permission.APPLICATIONS_OWN)
OWN_SHARING = Gate(Permission.SHARING_OWN)

GATES: dict[str, Gate] = {
    # public
    "GET /": PUBLIC,
    "GET /styleguide": PUBLIC,
    "GET /courses": Gate(None, many=FACETS),
    "GET /courses/{course_id}": PUBLIC,
    "GET /events": PUBLIC,
    "GET /events/{event_id}": PUBLIC,
    "GET /openings": Gate(None, many=frozenset({"sector", "region", "employment"})),
    "GET /openings/{opening_id}": PUBLIC,
    "GET /model": PUBLIC,
    "GET /models": PUBLIC,
    "GET /models/{label}": PUBLIC,
    "GET /accessibility": PUBLIC,
    "GET /help": PUBLIC,
    "GET /verify": PUBLIC,
    "GET /verify.html": PUBLIC,
    "GET /contexts/record-v1.jsonld": PUBLIC,
    "GET /healthz": PUBLIC,
    "GET /readyz": PUBLIC,
    # this service as an issuer
    "GET /.well-known/did.json": PUBLIC,
    "GET /credentials/status/{purpose}": PUBLIC,
    "GET /credentials/skills/{slug}": PUBLIC,
    "GET /credentials/{issued}": PUBLIC,
    # the address itself is the key
    "GET /calendar/{token}.ics": PUBLIC,
    "GET /answer/{token}": PUBLIC,
    "POST /answer/{token}": PUBLIC,
    "GET /facts": PUBLIC,
    "POST /facts": PUBLIC,
    "GET /shared/{token}": PUBLIC,
    "GET /shared/{token}/record.json": PUBLIC,
    "GET /shared/{token}/record.jwt": PUBLIC,
    # account
    "GET /login": PUBLIC,
    "POST /login": PUBLIC,
    "POST /logout": OWN,
    "GET /signup": PUBLIC,
    "POST /signup": PUBLIC,
    "GET /signup/sent": PUBLIC,
    "GET /confirm": PUBLIC,
    "POST /confirm": PUBLIC,
    "GET /reset": PUBLIC,
    "POST /reset": PUBLIC,
    "GET /reset/sent": PUBLIC,
    "GET /reset/new": PUBLIC,
    "POST /reset/new": PUBLIC,
    "GET /demo/mails": PUBLIC,
    "GET /account": OWN,
    "POST /account/profile": OWN,
    "POST /account/password": OWN,
    "GET /account/sessions": OWN,
    "POST /account/sessions/end-others": OWN,
    "POST /account/sessions/{session_id}/end": OWN,
    "GET /account/tokens": OWN,
    "POST /account/tokens": OWN,
    "POST /account/tokens/{token_id}/revoke": OWN,
    "GET /account/export": Gate(Permission.ACCOUNT_OWN, step=True),
    "POST /account/export": Gate(Permission.ACCOUNT_OWN, step=True),
    "POST /account/export/archive": Gate(Permission.ACCOUNT_OWN, step=True),
    "GET /account/erase": OWN,
    "POST /account/erase": OWN,
    "GET /account/consents": CONSENTS,
    "POST /account/consents/pool": CONSENTS,
    "POST /account/consents/pool/withdraw": CONSENTS,
    "POST /account/consents/learning": CONSENTS,
    "POST /account/consents/learning/withdraw": CONSENTS,
    "POST /account/consents/traits": CONSENTS,
    "POST /account/consents/employer/{consent_id}/withdraw": CONSENTS,
    "GET /account/access": CONSENTS,
    "GET /youth/notice": CONSENTS,
    "POST /youth/notice": CONSENTS,
    # admin
    "GET /admin": Gate(Permission.ACCOUNTS_MANAGE),
    "GET /admin/accounts": Gate(Permission.ACCOUNTS_MANAGE),
    "GET /admin/accounts/new": ACCOUNTS_CHANGE,
    "POST /admin/accounts/new": ACCOUNTS_CHANGE,
    "GET /admin/accounts/{account_id}": Gate(Permission.ACCOUNTS_MANAGE),
    "POST /admin/accounts/{account_id}/invite": ACCOUNTS_CHANGE,
    "POST /admin/accounts/{account_id}/disable": ACCOUNTS_CHANGE,
    "POST /admin/accounts/{account_id}/enable": ACCOUNTS_CHANGE,
    "POST /admin/accounts/{account_id}/role": ACCOUNTS_CHANGE,
    "GET /admin/decisions": Gate(Permission.AUDIT_READ),
    "GET /admin/same-person": Gate(Permission.ACCOUNTS_MANAGE),
    "POST /admin/same-person": ACCOUNTS_CHANGE,
    "POST /admin/same-person/{note_id}/end": ACCOUNTS_CHANGE,
    "GET /admin/organisations": ORGANISATIONS,
    "POST /admin/organisations": ORGANISATIONS,
    "POST /admin/organisations/{organisation_id}/activate": ORGANISATIONS,
    "POST /admin/organisations/{organisation_id}/close": ORGANISATIONS,
    "POST /admin/organisations/{organisation_id}/trust": ORGANISATIONS,
    "GET /admin/models": Gate(Permission.MODELS_MANAGE),
    "POST /admin/models/{label}/propose": MODELS_CHANGE,
    "POST /admin/models/{label}/promote": MODELS_CHANGE,
    "POST /admin/models/rollback": MODELS_CHANGE,
    "POST /admin/models/switch": MODELS_CHANGE,
    "GET /admin/keys": Gate(Permission.KEYS_MANAGE),
    "POST /admin/keys": KEYS_CHANGE,
    "POST /admin/keys/{key}/retire": KEYS_CHANGE,
    "POST /admin/keys/{key}/revoke": KEYS_CHANGE,
    "GET /admin/audit": Gate(Permission.AUDIT_READ, step=True),
    "GET /admin/outbox": Gate(Permission.OUTBOX_READ),
    # a young person's own records
    "GET /youth/profile": Gate(Permission.PROFILE_OWN),
    "POST /youth/profile": Gate(Permission.PROFILE_OWN, hidden=False),
    # a record to take along
    "GET /youth/record": OWN_RECORD,
    "GET /youth/record.pdf": OWN_RECORD,
    "GET /youth/record.jwt": OWN_RECORD,
    "GET /youth/record/formats": OWN_RECORD,
    "GET /youth/record/resume.json": OWN_RECORD,
    "GET /youth/record/elm.json": OWN_RECORD,
    "GET /youth/record/skills.csv": OWN_RECORD,
    "GET /youth/record/certificates.csv": OWN_RECORD,
    "GET /youth/record/calendar.ics": OWN_RECORD,
    "GET /youth/record/import": OWN_RECORD,
    "POST /youth/record/import": OWN_RECORD,
    "POST /youth/record/import/remove": OWN_RECORD,
    "GET /youth/skills": Gate(Permission.SKILLS_OWN),
    "POST /youth/skills": Gate(Permission.SKILLS_OWN, hidden=False),
    "POST /youth/skills/{slug}/withdraw": Gate(Permission.SKILLS_OWN, hidden=False),
    "GET /youth/certifications": Gate(Permission.CERTIFICATIONS_OWN),
    "POST /youth/certifications": Gate(Permission.CERTIFICATIONS_OWN, hidden=False),
    "POST /youth/certifications/{record_id}/step": Gate(Permission.CERTIFICATIONS_OWN),
    "POST /youth/certifications/{record_id}/remove": Gate(Permission.CERTIFICATIONS_OWN),
    "POST /youth/licences": Gate(Permission.CERTIFICATIONS_OWN, hidden=False),
    "POST /youth/licences/{licence_id}/remove": Gate(Permission.CERTIFICATIONS_OWN),
    "GET /youth/certifications/{certification}": OWN_CERTIFICATIONS,
    "POST /youth/certifications/{certification}/study": OWN_CERTIFICATIONS,
    "POST /youth/certifications/{certification}/practice": OWN_CERTIFICATIONS,
    "POST /youth/study/{entry_id}/remove": OWN_CERTIFICATIONS,
    "POST /youth/practice/{score_id}/remove": OWN_CERTIFICATIONS,
    "GET /youth/renewals": Gate(Permission.CERTIFICATIONS_OWN, many=frozenset({"certifications"})),
    "GET /youth/vouchers": OWN_VOUCHERS,
    "POST /youth/vouchers/{voucher_id}/used": OWN_VOUCHERS,
    # a young person's matching side
    "GET /youth": SCORES,
    "GET /youth/openings": Gate(
        Permission.RECOMMENDATIONS_OWN, many=frozenset({"sector", "region", "employment"})
    ),
    "GET /youth/openings/{opening_id}": Gate(
        Permission.RECOMMENDATIONS_OWN, many=frozenset({"cert", "skill", "course"})
    ),
    "POST /youth/openings/{opening_id}/apply": Gate(Permission.APPLICATIONS_OWN, hidden=False),
    "POST /youth/openings/{opening_id}/save": SCORES,
    "POST /youth/openings/{opening_id}/unsave": SCORES,
    "GET /youth/courses": Gate(Permission.RECOMMENDATIONS_OWN, many=FACETS),
    "GET /youth/courses/{course_id}": SCORES,
    "POST /youth/courses/{course_id}/sessions/{session_id}/enrol": Gate(Permission.ENROLMENTS_OWN),
    "POST /youth/courses/{course_id}/save": SCORES,
    "POST /youth/courses/{course_id}/unsave": SCORES,
    "POST /youth/enrolments/{enrolment_id}/cancel": Gate(Permission.ENROLMENTS_OWN),
    "GET /youth/enrolments/{enrolment_id}": Gate(Permission.ENROLMENTS_OWN),
    "POST /youth/enrolments/{enrolment_id}/check-in": Gate(Permission.ENROLMENTS_OWN),
    "GET /youth/credentials/{credential}": Gate(Permission.ENROLMENTS_OWN),
    "GET /youth/credentials": OWN_RECORD,
    "POST /youth/credentials/sign": OWN_RECORD,
    "GET /youth/credentials/{issued}/file": OWN_RECORD,
    "GET /youth/record/clr.jwt": OWN_RECORD,
    "GET /youth/applications": Gate(Permission.APPLICATIONS_OWN),
    "POST /youth/looking": CONSENTS,
    "POST /youth/applications/{application_id}/withdraw": Gate(
        Permission.APPLICATIONS_OWN, hidden=False
    ),
    "GET /youth/applications/{application_id}/interview": OWN_INTERVIEWS,
    "POST /youth/applications/{application_id}/interview": OWN_APPLICATIONS,
    "POST /youth/applications/{application_id}/interview/cancel": OWN_APPLICATIONS,
    "POST /youth/applications/{application_id}/interview/wait": OWN_APPLICATIONS,
    "GET /youth/applications/{application_id}/interview/file": OWN_INTERVIEWS,
    "GET /youth/applications/{application_id}/offer": OWN_INTERVIEWS,
    "POST /youth/applications/{application_id}/offer/accept": OWN_APPLICATIONS,
    "POST /youth/applications/{application_id}/offer/decline": OWN_APPLICATIONS,
    "GET /youth/introductions/{introduction_id}": Gate(Permission.INTRODUCTIONS_ANSWER),
    "POST /youth/introductions/{introduction_id}/accept": Gate(Permission.INTRODUCTIONS_ANSWER),
    "POST /youth/introductions/{introduction_id}/refuse": Gate(Permission.INTRODUCTIONS_ANSWER),
    "GET /youth/promises": Gate(Permission.APPLICATIONS_OWN),
    "POST /youth/promises/{promise_id}/take": OWN_APPLICATIONS,
    "POST /youth/promises/{promise_id}/drop": OWN_APPLICATIONS,
    "POST /youth/promises/{promise_id}/claim": OWN_APPLICATIONS,
    # a young person's paths
    "GET /youth/path": Gate(Permission.PLANS_OWN, many=frozenset({"nice"})),
    "POST /youth/plans": Gate(Permission.PLANS_OWN, hidden=False),
    "GET /youth/plans/{plan_id}": OWN_PLANS,
    "POST /youth/plans/{plan_id}/steps/{step_id}": OWN_PLANS,
    "POST /youth/plans/{plan_id}/pace": OWN_PLANS,
    "POST /youth/plans/{plan_id}/submit": OWN_PLANS,
    "POST /youth/plans/{plan_id}/abandon": OWN_PLANS,
    "POST /youth/suggestions/{suggestion_id}/decline": OWN_PLANS,
    # a young person's events and projects
    "GET /youth/events": OWN_EVENTS,
    "POST /youth/events/{event_id}/sign-up": OWN_EVENTS,
    "POST /youth/events/{event_id}/leave": OWN_EVENTS,
    "GET /youth/projects": OWN_PROJECTS,
    "POST /youth/projects": OWN_PROJECTS,
    "GET /youth/projects/{project_id}": OWN_PROJECTS,
    "POST /youth/projects/{project_id}": OWN_PROJECTS,
    "POST /youth/projects/{project_id}/updates": OWN_PROJECTS,
    "POST /youth/projects/{project_id}/members": OWN_PROJECTS,
    "POST /youth/projects/{project_id}/members/{member_id}": OWN_PROJECTS,
    # what a young person shows to others
    "GET /youth/sharing": OWN_SHARING,
    "POST /youth/sharing": OWN_SHARING,
    "POST /youth/sharing/revoke-all": OWN_SHARING,
    "GET /youth/sharing/{link_id}": OWN_SHARING,
    "POST /youth/sharing/{link_id}/revoke": OWN_SHARING,
    "GET /youth/facts": OWN_SHARING,
    "POST /youth/facts": OWN_SHARING,
    # a young person's calendar
    "GET /youth/calendar": CALENDAR,
    "POST /youth/calendar/feed": CALENDAR,
    "POST /youth/calendar/feed/end": CALENDAR,
    "POST /youth/calendar/digest": CALENDAR,
    "POST /youth/calendar/busy": CALENDAR,
    "POST /youth/calendar/busy/{period_id}/remove": CALENDAR,
    "GET /subsidies": Gate(Permission.SUBSIDIES_READ),
    # a partner's desk
    "GET /partner": Gate(Permission.OPENINGS_MANAGE),
    "GET /partner/openings": Gate(Permission.OPENINGS_MANAGE),
    "GET /partner/openings/new": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "POST /partner/openings/new": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "POST /partner/openings/count": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "POST /partner/openings/{opening_id}/count": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "GET /partner/openings/{opening_id}/relaxations": Gate(Permission.CANDIDATES_READ),
    "GET /partner/openings/paste": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "POST /partner/openings/paste": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "GET /partner/openings/{opening_id}/paste": Gate(Permission.OPENINGS_MANAGE),
    "POST /partner/openings/{opening_id}/paste": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "GET /partner/openings/{opening_id}": Gate(Permission.OPENINGS_MANAGE),
    "GET /partner/openings/{opening_id}/edit": Gate(Permission.OPENINGS_MANAGE),
    "POST /partner/openings/{opening_id}/edit": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "POST /partner/openings/{opening_id}/submit": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "POST /partner/openings/{opening_id}/close": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "POST /partner/openings/{opening_id}/fill": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "POST /partner/openings/{opening_id}/copy": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "GET /partner/openings/{opening_id}/history": Gate(Permission.OPENINGS_MANAGE),
    "GET /partner/openings/{opening_id}/still": Gate(Permission.OPENINGS_MANAGE),
    "POST /partner/openings/{opening_id}/still": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "GET /partner/organisation": Gate(Permission.OPENINGS_MANAGE),
    "POST /partner/organisation": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "GET /partner/exchange": Gate(Permission.OPENINGS_MANAGE),
    "POST /partner/exchange": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "POST /partner/exchange/file": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "GET /partner/exchange/template": Gate(Permission.OPENINGS_MANAGE),
    "GET /partner/exchange/tasks/{task_id}": Gate(Permission.OPENINGS_MANAGE),
    "GET /partner/exchange/tasks/{task_id}/mistakes": Gate(Permission.OPENINGS_MANAGE),
    "POST /partner/exchange/tasks/{task_id}/store": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "POST /partner/exchange/tasks/{task_id}/drop": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "GET /partner/exchange/batches/{batch_id}": Gate(Permission.OPENINGS_MANAGE),
    "POST /partner/exchange/batches/{batch_id}/revert": Gate(
        Permission.OPENINGS_MANAGE, hidden=False
    ),
    "GET /partner/openings/{opening_id}/promises": Gate(Permission.OPENINGS_MANAGE),
    "POST /partner/openings/{opening_id}/promises": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "POST /partner/promises/{promise_id}/withdraw": Gate(Permission.OPENINGS_MANAGE, hidden=False),
    "GET /partner/openings/{opening_id}/candidates": CANDIDATES,
    "GET /partner/openings/{opening_id}/candidates/grid": CANDIDATES,
    "GET /partner/openings/{opening_id}/candidates/compare": CANDIDATES_COMPARED,
    "POST /partner/openings/{opening_id}/candidates/marks": CANDIDATES_MARKED,
    "POST /partner/openings/{opening_id}/candidates/undo": CANDIDATES_MARKED,
    "POST /partner/openings/{opening_id}/candidates/examples/clear": CANDIDATES_MARKED,
    "GET /partner/openings/{opening_id}/candidates/{number}": CANDIDATES,
    "POST /partner/openings/{opening_id}/candidates/{number}/example": CANDIDATES_MARKED,
    "POST /partner/openings/{opening_id}/candidates/{number}/mark": CANDIDATES_MARKED,
    "POST /partner/openings/{opening_id}/candidates/{number}/ask": Gate(
        Permission.INTRODUCTIONS_ASK, hidden=False, many=frozenset({"met"})
    ),
    "GET /partner/answers": Gate(Permission.APPLICATIONS_DECIDE),
    "GET /partner/openings/{opening_id}/applications": Gate(Permission.APPLICATIONS_DECIDE),
    "POST /partner/openings/{opening_id}/applications/refuse": Gate(
        Permission.APPLICATIONS_DECIDE, hidden=False
    ),
    "GET /partner/introductions": Gate(Permission.INTRODUCTIONS_ASK),
    "POST /partner/introductions/{introduction_id}/withdraw": Gate(
        Permission.INTRODUCTIONS_ASK, hidden=False
    ),
    "GET /partner/applications/{application_id}": Gate(Permission.APPLICATIONS_DECIDE),
    "POST /partner/applications/{application_id}/move": Gate(
        Permission.APPLICATIONS_DECIDE, hidden=False
    ),
    "POST /partner/applications/{application_id}/refuse": Gate(
        Permission.APPLICATIONS_DECIDE, hidden=False
    ),
    "POST /partner/applications/{application_id}/invite": Gate(
        Permission.APPLICATIONS_DECIDE, hidden=False
    ),
    "POST /partner/applications/{application_id}/note": Gate(
        Permission.APPLICATIONS_DECIDE, hidden=False
    ),
    "POST /partner/applications/{application_id}/more-time": Gate(
        Permission.APPLICATIONS_DECIDE, hidden=False
    ),
    "GET /partner/openings/{opening_id}/interviews": INTERVIEWS,
    "POST /partner/openings/{opening_id}/interviews": INTERVIEWS_CHANGE,
    "POST /partner/slots/{slot_id}/cancel": INTERVIEWS_CHANGE,
    "POST /partner/interviews/{interview_id}/outcome": INTERVIEWS_CHANGE,
    "GET /partner/interviews/{interview_id}/file": INTERVIEWS,
    "GET /partner/applications/{application_id}/offer": INTERVIEWS,
    "POST /partner/applications/{application_id}/offer": INTERVIEWS_CHANGE,
    "GET /partner/hires": INTERVIEWS,
    "POST /partner/hires/{outcome_id}": INTERVIEWS_CHANGE,
    "GET /partner/applications/{application_id}/links": LINKS,
    "POST /partner/applications/{application_id}/links": LINKS_CHANGE,
    "POST /partner/links/{link_id}/revoke": LINKS_CHANGE,
    # firms nobody signs in for
    "GET /centre/answer-links": Gate(Permission.APPROVALS_DECIDE),
    "POST /centre/answer-links/applications/{application_id}": Gate(
        Permission.APPROVALS_DECIDE, hidden=False
    ),
    "POST /centre/answer-links/{link_id}/revoke": Gate(Permission.APPROVALS_DECIDE, hidden=False),
    # the RISE centre's approvals
    "GET /centre": Gate(Permission.APPROVALS_DECIDE),
    "GET /centre/approvals": Gate(Permission.APPROVALS_DECIDE),
    "GET /centre/refusals": Gate(Permission.APPROVALS_DECIDE),
    "POST /centre/approvals/openings/{opening_id}": Gate(Permission.APPROVALS_DECIDE, hidden=False),
    "POST /centre/approvals/partners/{organisation_id}": Gate(
        Permission.APPROVALS_DECIDE, hidden=False
    ),
    "GET /centre/promises": Gate(Permission.APPROVALS_DECIDE),
    "POST /centre/promises/{organisation_id}/spoken": Gate(
        Permission.APPROVALS_DECIDE, hidden=False
    ),
    "GET /centre/issuers": ISSUERS,
    "POST /centre/issuers": ISSUERS,
    "POST /centre/issuers/lists": ISSUERS,
    "POST /centre/issuers/{issuer_id}/state": ISSUERS,
    "POST /centre/issuers/{issuer_id}/keys": ISSUERS,
    "GET /centre/subsidies": SUBSIDIES,
    "POST /centre/subsidies": SUBSIDIES,
    "POST /centre/subsidies/{subsidy_id}/remaining": SUBSIDIES,
    "POST /centre/subsidies/{subsidy_id}/end": SUBSIDIES,
    # the desk of a university, and the same pages at the centre
    "GET /coordinator": Gate(Permission.ROSTER_READ),
    "GET /coordinator/roster": Gate(Permission.ROSTER_READ),
    "GET /centre/roster": Gate(Permission.ROSTER_READ),
    "GET /coordinator/cohort": Gate(Permission.COHORT_READ, hidden=False),
    "GET /centre/cohort": Gate(Permission.COHORT_READ, hidden=False),
    "GET /coordinator/results": EVALUATION,
    "GET /centre/results": EVALUATION,
    "POST /coordinator/results/students": EVALUATION,
    "GET /coordinator/results/rows": EVALUATION,
    "GET /centre/results/rows": EVALUATION,
    "GET /coordinator/packs": EVALUATION,
    "GET /centre/packs": EVALUATION,
    "GET /coordinator/packs/preview": EVALUATION,
    "GET /centre/packs/preview": EVALUATION,
    "POST /coordinator/packs": EVALUATION,
    "POST /centre/packs": EVALUATION,
    "GET /coordinator/packs/{pack_id}": EVALUATION,
    "GET /centre/packs/{pack_id}": EVALUATION,
    "GET /coordinator/packs/{pack_id}/check": EVALUATION,
    "GET /centre/packs/{pack_id}/check": EVALUATION,
    "GET /coordinator/packs/{pack_id}/rows": EVALUATION,
    "GET /centre/packs/{pack_id}/rows": EVALUATION,
    "POST /coordinator/packs/{pack_id}/file": EVALUATION,
    "POST /centre/packs/{pack_id}/file": EVALUATION,
    "GET /coordinator/people/{youth_id}": Gate(Permission.ROSTER_READ),
    "GET /centre/people/{youth_id}": Gate(Permission.ROSTER_READ),
    "POST /coordinator/people/{youth_id}/affiliation": VERIFY,
    "POST /centre/people/{youth_id}/affiliation": VERIFY,
    "POST /coordinator/people/{youth_id}/certifications/{record_id}": VERIFY,
    "POST /centre/people/{youth_id}/certifications/{record_id}": VERIFY,
    "POST /coordinator/people/{youth_id}/skills": VERIFY,
    "POST /centre/people/{youth_id}/skills": VERIFY,
    "GET /coordinator/people/{youth_id}/credentials": Gate(Permission.ROSTER_READ),
    "GET /centre/people/{youth_id}/credentials": Gate(Permission.ROSTER_READ),
    "POST /coordinator/credentials/{issued}": VERIFY,
    "POST /centre/credentials/{issued}": VERIFY,
    "GET /coordinator/courses": Gate(Permission.COURSES_MANAGE),
    "GET /centre/courses": Gate(Permission.COURSES_MANAGE),
    "POST /coordinator/courses/{course_id}/state": COURSES,
    "POST /centre/courses/{course_id}/state": COURSES,
    "GET /coordinator/courses/new": Gate(Permission.COURSES_MANAGE),
    "POST /coordinator/courses/new": COURSES,
    "GET /coordinator/courses/{course_id}": Gate(Permission.COURSES_MANAGE),
    "GET /coordinator/courses/{course_id}/edit": Gate(Permission.COURSES_MANAGE),
    "POST /coordinator/courses/{course_id}/edit": COURSES,
    "GET /coordinator/courses/{course_id}/sessions/new": Gate(Permission.COURSES_MANAGE),
    "POST /coordinator/courses/{course_id}/sessions/new": COURSES,
    "GET /coordinator/courses/sessions/{session_id}/edit": Gate(Permission.COURSES_MANAGE),
    "POST /coordinator/courses/sessions/{session_id}/edit": COURSES,
    "POST /coordinator/courses/sessions/{session_id}/remove": COURSES,
    "GET /centre/courses/new": Gate(Permission.COURSES_MANAGE),
    "POST /centre/courses/new": COURSES,
    "GET /centre/courses/{course_id}": Gate(Permission.COURSES_MANAGE),
    "GET /centre/courses/{course_id}/edit": Gate(Permission.COURSES_MANAGE),
    "POST /centre/courses/{course_id}/edit": COURSES,
    "GET /centre/courses/{course_id}/sessions/new": Gate(Permission.COURSES_MANAGE),
    "POST /centre/courses/{course_id}/sessions/new": COURSES,
    "GET /centre/courses/sessions/{session_id}/edit": Gate(Permission.COURSES_MANAGE),
    "POST /centre/courses/sessions/{session_id}/edit": COURSES,
    "POST /centre/courses/sessions/{session_id}/remove": COURSES,
    "GET /coordinator/courses/sessions/{session_id}": Gate(Permission.COURSES_MANAGE),
    "GET /centre/courses/sessions/{session_id}": Gate(Permission.COURSES_MANAGE),
    "POST /coordinator/courses/sessions/{session_id}/enrolments/{enrolment_id}": COURSES,
    "POST /centre/courses/sessions/{session_id}/enrolments/{enrolment_id}": COURSES,
    "POST /coordinator/courses/sessions/{session_id}/select": COURSES,
    "GET /coordinator/courses/sessions/{session_id}/meetings": Gate(Permission.COURSES_MANAGE),
    "POST /coordinator/courses/sessions/{session_id}/meetings": COURSES,
    "POST /coordinator/courses/sessions/{session_id}/meetings/add": COURSES,
    "POST /coordinator/courses/sessions/{session_id}/mode": COURSES,
    "GET /coordinator/courses/sessions/{session_id}/meetings/{meeting_id}": Gate(
        Permission.COURSES_MANAGE
    ),
    "POST /coordinator/courses/sessions/{session_id}/meetings/{meeting_id}": COURSES,
    "POST /coordinator/courses/sessions/{session_id}/meetings/{meeting_id}/check-in": COURSES,
    "POST /coordinator/courses/sessions/{session_id}/meetings/{meeting_id}/remove": COURSES,
    "GET /coordinator/courses/sessions/{session_id}/completion": Gate(Permission.COURSES_MANAGE),
    "POST /coordinator/courses/sessions/{session_id}/completion": COURSES,
    "POST /coordinator/courses/sessions/{session_id}/completion/work": COURSES,
    "POST /coordinator/courses/sessions/{session_id}/completion/undo": COURSES,
    "POST /coordinator/courses/sessions/{session_id}/completion/{enrolment_id}/undo": COURSES,
    "POST /centre/courses/sessions/{session_id}/select": COURSES,
    "GET /centre/courses/sessions/{session_id}/meetings": Gate(Permission.COURSES_MANAGE),
    "POST /centre/courses/sessions/{session_id}/meetings": COURSES,
    "POST /centre/courses/sessions/{session_id}/meetings/add": COURSES,
    "POST /centre/courses/sessions/{session_id}/mode": COURSES,
    "GET /centre/courses/sessions/{session_id}/meetings/{meeting_id}": Gate(
        Permission.COURSES_MANAGE
    ),
    "POST /centre/courses/sessions/{session_id}/meetings/{meeting_id}": COURSES,
    "POST /centre/courses/sessions/{session_id}/meetings/{meeting_id}/check-in": COURSES,
    "POST /centre/courses/sessions/{session_id}/meetings/{meeting_id}/remove": COURSES,
    "GET /centre/courses/sessions/{session_id}/completion": Gate(Permission.COURSES_MANAGE),
    "POST /centre/courses/sessions/{session_id}/completion": COURSES,
    "POST /centre/courses/sessions/{session_id}/completion/work": COURSES,
    "POST /centre/courses/sessions/{session_id}/completion/undo": COURSES,
    "POST /centre/courses/sessions/{session_id}/completion/{enrolment_id}/undo": COURSES,
    "GET /coordinator/events": EVENTS,
    "GET /centre/events": EVENTS,
    "POST /coordinator/events": EVENTS,
    "POST /centre/events": EVENTS,
    "GET /coordinator/events/{event_id}": EVENTS,
    "GET /centre/events/{event_id}": EVENTS,
    "POST /coordinator/events/{event_id}": EVENTS,
    "POST /centre/events/{event_id}": EVENTS,
    "POST /coordinator/events/{event_id}/cancel": EVENTS,
    "POST /centre/events/{event_id}/cancel": EVENTS,
    "GET /coordinator/projects": PROJECTS,
    "GET /centre/projects": PROJECTS,
    "GET /coordinator/projects/{project_id}": PROJECTS,
    "GET /centre/projects/{project_id}": PROJECTS,
    "POST /coordinator/projects/{project_id}": PROJECTS,
    "POST /centre/projects/{project_id}": PROJECTS,
    "GET /coordinator/plans": PLANS,
    "GET /centre/plans": PLANS,
    "GET /coordinator/plans/{plan_id}": PLANS,
    "GET /centre/plans/{plan_id}": PLANS,
    "POST /coordinator/plans/{plan_id}": PLANS,
    "POST /centre/plans/{plan_id}": PLANS,
    "GET /coordinator/planning": PLANNING_MANY,
    "GET /coordinator/forecast": PLANNING,
    "GET /coordinator/skills": PLANNING,
    "GET /coordinator/targets": PLANNING,
    "POST /coordinator/targets": PLANNING,
    "POST /coordinator/planning": PLANNING_MANY,
    "GET /coordinator/planning/compare": PLANNING_COMPARE,
    "GET /coordinator/planning/{scenario_id}": PLANNING,
    "POST /coordinator/planning/{scenario_id}/remove": PLANNING,
    "GET /coordinator/templates": PLANS,
    "GET /centre/templates": PLANS,
    "POST /coordinator/templates": PLANS,
    "POST /centre/templates": PLANS,
    "GET /coordinator/templates/{template_id}": PLANS,
    "GET /centre/templates/{template_id}": PLANS,
    "POST /coordinator/templates/{template_id}": PLANS,
    "POST /centre/templates/{template_id}": PLANS,
    "POST /coordinator/templates/{template_id}/suggest": PLANS,
    "POST /centre/templates/{template_id}/suggest": PLANS,
    "POST /coordinator/templates/{template_id}/end": PLANS,
    "POST /centre/templates/{template_id}/end": PLANS,
    "GET /coordinator/venues": VENUES,
    "POST /coordinator/venues": VENUES,
    "GET /coordinator/venues/{venue_id}": VENUES,
    "POST /coordinator/venues/{venue_id}/items": VENUES,
    "POST /coordinator/venues/{venue_id}/items/{item_id}": VENUES,
    "POST /coordinator/venues/{venue_id}/bookings": VENUES,
    "POST /coordinator/venues/{venue_id}/bookings/{booking_id}/cancel": VENUES,
    "GET /centre/venues": VENUES,
    "POST /centre/venues": VENUES,
    "GET /centre/venues/{venue_id}": VENUES,
    "POST /centre/venues/{venue_id}/items": VENUES,
    "POST /centre/venues/{venue_id}/items/{item_id}": VENUES,
    "POST /centre/venues/{venue_id}/bookings": VENUES,
    "POST /centre/venues/{venue_id}/bookings/{booking_id}/cancel": VENUES,
    "GET /youth/venues": Gate(Permission.VENUES_BOOK),
    "POST /youth/venues/{item_id}/book": Gate(Permission.VENUES_BOOK),
    "POST /youth/bookings/{booking_id}/cancel": Gate(Permission.VENUES_BOOK),
    "GET /coordinator/vouchers": VOUCHERS,
    "POST /coordinator/vouchers": VOUCHERS,
    "GET /coordinator/vouchers/allocation": VOUCHERS,
    "POST /coordinator/vouchers/allocation": VOUCHERS_ALLOCATE,
    "GET /coordinator/vouchers/{voucher_id}": VOUCHERS,
    "POST /coordinator/vouchers/{voucher_id}/assign": VOUCHERS,
    "POST /coordinator/vouchers/{voucher_id}/step": VOUCHERS,
    "GET /centre/planning": PLANNING_MANY,
    "GET /centre/forecast": PLANNING,
    "GET /centre/skills": PLANNING,
    "GET /centre/targets": PLANNING,
    "POST /centre/targets": PLANNING,
    "POST /centre/planning": PLANNING_MANY,
    "GET /centre/planning/compare": PLANNING_COMPARE,
    "GET /centre/planning/{scenario_id}": PLANNING,
    "POST /centre/planning/{scenario_id}/remove": PLANNING,
    "GET /centre/vouchers": VOUCHERS,
    "POST /centre/vouchers": VOUCHERS,
    "GET /centre/vouchers/allocation": VOUCHERS,
    "POST /centre/vouchers/allocation": VOUCHERS_ALLOCATE,
    "GET /centre/vouchers/{voucher_id}": VOUCHERS,
    "POST /centre/vouchers/{voucher_id}/assign": VOUCHERS,
    "POST /centre/vouchers/{voucher_id}/step": VOUCHERS,
    # proofs: a person's own, and the queue of a desk
    "GET /youth/evidence": OWN_EVIDENCE,
    "POST /youth/evidence": OWN_EVIDENCE,
    "GET /youth/evidence/{evidence_id}/file": OWN_EVIDENCE,
    "POST /youth/evidence/{evidence_id}/withdraw": OWN_EVIDENCE,
    "GET /youth/badges": OWN_EVIDENCE,
    "POST /youth/badges": OWN_EVIDENCE,
    "GET /youth/badges/{badge_id}": OWN_EVIDENCE,
    "POST /youth/badges/{badge_id}/check": OWN_EVIDENCE,
    "POST /youth/badges/{badge_id}/withdraw": OWN_EVIDENCE,
    "GET /coordinator/badges": EVIDENCE,
    "GET /coordinator/badges/{badge_id}": EVIDENCE,
    "POST /coordinator/badges/{badge_id}/accept": EVIDENCE,
    "POST /coordinator/badges/{badge_id}/refuse": EVIDENCE,
    "GET /centre/badges": EVIDENCE,
    "GET /centre/badges/{badge_id}": EVIDENCE,
    "POST /centre/badges/{badge_id}/accept": EVIDENCE,
    "POST /centre/badges/{badge_id}/refuse": EVIDENCE,
    "GET /coordinator/evidence": EVIDENCE,
    "POST /coordinator/evidence/next": EVIDENCE,
    "GET /coordinator/evidence/{evidence_id}": EVIDENCE,
    "GET /coordinator/evidence/{evidence_id}/file": EVIDENCE,
    "POST /coordinator/evidence/{evidence_id}/claim": EVIDENCE,
    "POST /coordinator/evidence/{evidence_id}/accept": EVIDENCE,
    "POST /coordinator/evidence/{evidence_id}/return": EVIDENCE,
    "POST /coordinator/evidence/{evidence_id}/skip": EVIDENCE,
    "POST /coordinator/evidence/{evidence_id}/undo": EVIDENCE,
    "GET /centre/evidence": EVIDENCE,
    "POST /centre/evidence/next": EVIDENCE,
    "GET /centre/evidence/{evidence_id}": EVIDENCE,
    "GET /centre/evidence/{evidence_id}/file": EVIDENCE,
    "POST /centre/evidence/{evidence_id}/claim": EVIDENCE,
    "POST /centre/evidence/{evidence_id}/accept": EVIDENCE,
    "POST /centre/evidence/{evidence_id}/return": EVIDENCE,
    "POST /centre/evidence/{evidence_id}/skip": EVIDENCE,
    "POST /centre/evidence/{evidence_id}/undo": EVIDENCE,
    # assignment rounds: a young person's wishes, a partner's bands, the desk's runs
    "GET /youth/rounds": ROUNDS,
    "GET /youth/rounds/{round_id}": ROUNDS,
    "POST /youth/rounds/{round_id}/wishes": ROUNDS,
    "POST /youth/rounds/{round_id}/leave": ROUNDS,
    "POST /youth/rounds/{round_id}/change": ROUNDS,
    "POST /youth/rounds/{round_id}/change/withdraw": ROUNDS,
    "GET /partner/rounds": PARTNER_ROUNDS,
    "GET /partner/rounds/{round_id}": PARTNER_ROUNDS,
    "POST /partner/rounds/{round_id}/openings/{opening_id}": PARTNER_ROUNDS,
    "POST /partner/rounds/{round_id}/pairs/{pair_id}": PARTNER_ROUNDS,
    "GET /coordinator/assignments": ASSIGNMENTS,
    "GET /coordinator/assignments/new": ASSIGNMENTS,
    "POST /coordinator/assignments/new": ASSIGNMENTS,
    "GET /coordinator/assignments/{round_id}/edit": ASSIGNMENTS,
    "POST /coordinator/assignments/{round_id}/edit": ASSIGNMENTS,
    "GET /coordinator/assignments/{round_id}": ASSIGNMENTS,
    "POST /coordinator/assignments/{round_id}/step": ASSIGNMENTS,
    "POST /coordinator/assignments/{round_id}/remind": ASSIGNMENTS,
    "POST /coordinator/assignments/{round_id}/dry-run": ASSIGNMENTS,
    "POST /coordinator/assignments/{round_id}/confirm": ASSIGNMENTS_CONFIRM,
    "POST /coordinator/assignments/{round_id}/exchanges": ASSIGNMENTS,
    "GET /coordinator/assignments/{round_id}/runs/{run_id}": ASSIGNMENTS,
    "GET /coordinator/assignments/{round_id}/runs/{run_id}/list.json": ASSIGNMENT_LIST,
    "POST /coordinator/assignments/{round_id}/runs/{run_id}/propose": ASSIGNMENTS,
    "GET /coordinator/assignments/{round_id}/entries/{entry_id}": ASSIGNMENTS,
    "GET /centre/assignments": ASSIGNMENTS,
    "GET /centre/assignments/new": ASSIGNMENTS,
    "POST /centre/assignments/new": ASSIGNMENTS,
    "GET /centre/assignments/{round_id}/edit": ASSIGNMENTS,
    "POST /centre/assignments/{round_id}/edit": ASSIGNMENTS,
    "GET /centre/assignments/{round_id}": ASSIGNMENTS,
    "POST /centre/assignments/{round_id}/step": ASSIGNMENTS,
    "POST /centre/assignments/{round_id}/remind": ASSIGNMENTS,
    "POST /centre/assignments/{round_id}/dry-run": ASSIGNMENTS,
    "POST /centre/assignments/{round_id}/confirm": ASSIGNMENTS_CONFIRM,
    "POST /centre/assignments/{round_id}/exchanges": ASSIGNMENTS,
    "GET /centre/assignments/{round_id}/runs/{run_id}": ASSIGNMENTS,
    "GET /centre/assignments/{round_id}/runs/{run_id}/list.json": ASSIGNMENT_LIST,
    "POST /centre/assignments/{round_id}/runs/{run_id}/propose": ASSIGNMENTS,
    "GET /centre/assignments/{round_id}/entries/{entry_id}": ASSIGNMENTS,
    "GET /coordinator/imports": IMPORTS,
    "POST /coordinator/imports": IMPORTS,
    "GET /coordinator/imports/template": IMPORTS,
    "GET /coordinator/imports/tasks/{task_id}": IMPORTS,
    "GET /coordinator/imports/tasks/{task_id}/mistakes": IMPORTS,
    "POST /coordinator/imports/tasks/{task_id}/store": IMPORTS,
    "POST /coordinator/imports/tasks/{task_id}/drop": IMPORTS,
    "GET /coordinator/imports/batches/{batch_id}": IMPORTS,
    "POST /coordinator/imports/batches/{batch_id}/revert": IMPORTS,
    "GET /centre/imports": IMPORTS,
    "POST /centre/imports": IMPORTS,
    "GET /centre/imports/template": IMPORTS,
    "GET /centre/imports/tasks/{task_id}": IMPORTS,
    "GET /centre/imports/tasks/{task_id}/mistakes": IMPORTS,
    "POST /centre/imports/tasks/{task_id}/store": IMPORTS,
    "POST /centre/imports/tasks/{task_id}/drop": IMPORTS,
    "GET /centre/imports/batches/{batch_id}": IMPORTS,
    "POST /centre/imports/batches/{batch_id}/revert": IMPORTS,
    # what became of people
    "GET /youth/outcome": OWN_OUTCOMES,
    "POST /youth/outcome": OWN_OUTCOMES,
    "POST /youth/outcome/{outcome_id}/checks": OWN_OUTCOMES,
    "POST /youth/outcome/{outcome_id}/remove": OWN_OUTCOMES,
    "GET /coordinator/outcomes": OUTCOMES,
    "POST /coordinator/outcomes": OUTCOMES,
    "POST /coordinator/outcomes/{outcome_id}": OUTCOMES,
    "POST /coordinator/outcomes/{outcome_id}/checks": OUTCOMES,
    "GET /centre/outcomes": OUTCOMES,
    "POST /centre/outcomes": OUTCOMES,
    "POST /centre/outcomes/{outcome_id}": OUTCOMES,
    "POST /centre/outcomes/{outcome_id}/checks": OUTCOMES,
    # records that may be of one person
    "GET /coordinator/duplicates": DUPLICATES,
    "POST /coordinator/duplicates/merge": MERGE,
    "POST /coordinator/duplicates/apart": DUPLICATES,
    "POST /coordinator/duplicates/{merge_id}/undo": DUPLICATES,
    "GET /centre/duplicates": DUPLICATES,
    "POST /centre/duplicates/merge": MERGE,
    "POST /centre/duplicates/apart": DUPLICATES,
    "POST /centre/duplicates/{merge_id}/undo": DUPLICATES,
    "GET /coordinator/exports": Gate(Permission.LISTS_EXPORT, step=True),
    "POST /coordinator/exports": Gate(Permission.LISTS_EXPORT, step=True),
    "POST /coordinator/views": VIEWS,
    "POST /coordinator/views/{view_id}/usual": VIEWS,
    "POST /coordinator/views/{view_id}/remove": VIEWS,
    "GET /centre/exports": Gate(Permission.LISTS_EXPORT, step=True),
    "POST /centre/exports": Gate(Permission.LISTS_EXPORT, step=True),
    "POST /centre/views": VIEWS,
    "POST /centre/views/{view_id}/usual": VIEWS,
    "POST /centre/views/{view_id}/remove": VIEWS,
    # counselling hours
    "GET /youth/counselling": OWN_COUNSELLING,
    "POST /youth/counselling/{counselling_id}/book": OWN_COUNSELLING,
    "POST /youth/counselling/{counselling_id}/cancel": OWN_COUNSELLING,
    "GET /coordinator/counselling": COUNSELLING,
    "POST /coordinator/counselling": COUNSELLING,
    "POST /coordinator/counselling/{counselling_id}/note": COUNSELLING,
    "POST /coordinator/counselling/{counselling_id}/withdraw": COUNSELLING,
    "GET /centre/counselling": COUNSELLING,
    "POST /centre/counselling": COUNSELLING,
    "POST /centre/counselling/{counselling_id}/note": COUNSELLING,
    "POST /centre/counselling/{counselling_id}/withdraw": COUNSELLING,
    # several reviewers of a partner
    "GET /partner/colleagues": COLLEAGUES,
    "POST /partner/colleagues": COLLEAGUES,
    "POST /partner/colleagues/{account_id}/invite": COLLEAGUES,
    "GET /partner/colleagues/{account_id}/end": COLLEAGUES_END,
    "POST /partner/colleagues/{account_id}/end": COLLEAGUES_END,
    "GET /partner/openings/{opening_id}/review": REVIEWS,
    "GET /partner/openings/{opening_id}/review/next": REVIEWS,
    "GET /partner/openings/{opening_id}/review/setup": REVIEWS,
    "POST /partner/openings/{opening_id}/review/criteria": REVIEWS,
    "POST /partner/openings/{opening_id}/review/phases": REVIEWS,
    "POST /partner/openings/{opening_id}/review/phases/{phase_id}": REVIEWS,
    "POST /partner/openings/{opening_id}/review/phases/{phase_id}/remove": REVIEWS,
    "POST /partner/openings/{opening_id}/review/spread": REVIEWS,
    "GET /partner/openings/{opening_id}/review/people/{number}": REVIEWS,
    "POST /partner/openings/{opening_id}/review/people/{number}": REVIEWS,
    "POST /partner/openings/{opening_id}/review/people/{number}/conflict": REVIEWS,
    "POST /partner/openings/{opening_id}/review/people/{number}/reviewers": REVIEWS,
    # the API, which answers as the pages do
    "GET /api/v1/openapi.json": OWN,
    "GET /api/v1/me": OWN,
    "GET /api/v1/profile": Gate(Permission.PROFILE_OWN),
    "PUT /api/v1/profile": Gate(Permission.PROFILE_OWN, hidden=False),
    "GET /api/v1/resume": OWN_RECORD,
    "GET /api/v1/skills": Gate(Permission.SKILLS_OWN),
    "POST /api/v1/skills": OWN_SKILLS,
    "DELETE /api/v1/skills/{slug}": OWN_SKILLS,
    "GET /api/v1/skill-search": OWN,
    "GET /api/v1/certifications": OWN_CERTIFICATIONS,
    "POST /api/v1/certifications": Gate(Permission.CERTIFICATIONS_OWN, hidden=False),
    "POST /api/v1/certifications/{record_id}/steps": OWN_CERTIFICATIONS,
    "DELETE /api/v1/certifications/{record_id}": OWN_CERTIFICATIONS,
    "GET /api/v1/certification-programme": OWN,
    "GET /api/v1/courses": Gate(None, many=frozenset({"sector"})),
    "GET /api/v1/courses/{course_id}": PUBLIC,
    "GET /api/v1/openings": Gate(None, many=frozenset({"sector", "region", "employment"})),
    "GET /api/v1/openings/{opening_id}": PUBLIC,
    "GET /api/v1/openings/{opening_id}/candidates": Gate(Permission.CANDIDATES_READ),
    "GET /api/v1/recommendations/openings": SCORES,
    "GET /api/v1/recommendations/courses": SCORES,
    "POST /api/v1/what-if": SCORES,
    "GET /api/v1/applications": Gate(Permission.APPLICATIONS_OWN),
    "POST /api/v1/applications": OWN_APPLICATIONS,
    "POST /api/v1/applications/{application_id}/withdraw": OWN_APPLICATIONS,
    "GET /api/v1/applications/{application_id}/offer": OWN_INTERVIEWS,
    "POST /api/v1/applications/{application_id}/offer/accept": OWN_APPLICATIONS,
    "GET /api/v1/promises": Gate(Permission.APPLICATIONS_OWN),
    "POST /api/v1/promises/{promise_id}/take": OWN_APPLICATIONS,
    "POST /api/v1/promises/{promise_id}/drop": OWN_APPLICATIONS,
    "POST /api/v1/promises/{promise_id}/claim": OWN_APPLICATIONS,
    "GET /api/v1/openings/{opening_id}/promises": Gate(Permission.OPENINGS_MANAGE),
}


def gate_of(request: Request) -> Gate | None:
    """The table's row for the matched route; None means nobody comes in."""
    route = request.scope.get("route")
    return GATES.get(f"{request.method} {getattr(route, 'path', '')}")


def pages() -> APIRouter:
    """A router for HTML pages: out of the API's schema."""
    return APIRouter(include_in_schema=False)
