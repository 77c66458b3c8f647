"""The permission matrix as data: who may do what, for the resources that exist.

`+` the role may (its own rows), `-` hidden: answered like an absent page (404), `F` the role may
see such things and not do this (403). Columns: youth, coordinator, centre, partner, admin.
Visitors are sent to sign in (API: 401) everywhere but on the rows of PUBLIC.
"""

COLUMNS = ("youth", "coordinator", "centre", "partner", "admin")

PUBLIC = (
    "GET /", "GET /courses", "GET /courses/{course_id}", "GET /openings",
    "GET /openings/{opening_id}", "GET /model", "GET /models", "GET /models/{label}",
    "GET /login", "GET /signup", "GET /reset",
    "GET /healthz", "GET /readyz", "GET /api/v1/courses", "GET /api/v1/courses/{course_id}",
    "GET /api/v1/openings", "GET /api/v1/openings/{opening_id}",
)  # fmt: skip

# resource -> [(method and path, one mark a column)]
MATRIX: dict[str, list[tuple[str, str]]] = {
    "profile": [
        ("GET /youth/profile", "+----"),
        ("POST /youth/profile", "+FFFF"),
        ("GET /api/v1/profile", "+----"),
        ("PUT /api/v1/profile", "+FFFF"),
        ("GET /account", "+++++"),
        ("POST /account/profile", "+++++"),
        ("POST /account/erase", "+++++"),
        ("POST /account/export", "+++++"),
        ("GET /coordinator/people/{youth_id}", "-++--"),
        ("GET /coordinator/roster", "-++--"),
        ("GET /centre/roster", "-++--"),
        ("POST /coordinator/people/{youth_id}/affiliation", "-++--"),
    ],
    "skills": [
        ("GET /youth/skills", "+----"),
        ("POST /youth/skills", "+FFFF"),
        ("POST /youth/skills/{slug}/withdraw", "+FFFF"),
        ("POST /coordinator/people/{youth_id}/skills", "-++--"),
    ],
    "certification records": [
        ("GET /youth/certifications", "+----"),
        ("POST /youth/certifications", "+FFFF"),
        ("POST /youth/certifications/{record_id}/step", "+----"),
        ("POST /youth/certifications/{record_id}/remove", "+----"),
        ("POST /coordinator/people/{youth_id}/certifications/{record_id}", "-++--"),
    ],
    "courses": [
        ("GET /coordinator/courses", "-++--"),
        ("POST /coordinator/courses/{course_id}/state", "F++FF"),
    ],
    "enrolments": [
        ("POST /youth/courses/{course_id}/sessions/{session_id}/enrol", "+----"),
        ("POST /youth/enrolments/{enrolment_id}/cancel", "+----"),
        ("GET /coordinator/courses/sessions/{session_id}", "-++--"),
        ("POST /coordinator/courses/sessions/{session_id}/enrolments/{enrolment_id}", "F++FF"),
    ],
    "openings": [
        ("GET /partner/openings", "---+-"),
        ("GET /partner/openings/{opening_id}", "---+-"),
        ("POST /partner/openings/new", "FFF+F"),
        ("POST /partner/openings/{opening_id}/edit", "FFF+F"),
        ("POST /partner/openings/{opening_id}/submit", "FFF+F"),
        ("POST /partner/openings/{opening_id}/close", "FFF+F"),
        ("POST /centre/approvals/openings/{opening_id}", "FF+FF"),
        ("POST /centre/approvals/partners/{organisation_id}", "FF+FF"),
    ],
    "matches": [
        ("GET /youth", "+----"),
        ("GET /youth/openings", "+----"),
        ("GET /youth/openings/{opening_id}", "+----"),
        ("GET /api/v1/recommendations/openings", "+----"),
        ("POST /api/v1/what-if", "+----"),
        ("GET /partner/openings/{opening_id}/candidates", "---+-"),
        ("GET /partner/openings/{opening_id}/candidates/{number}", "---+-"),
        ("GET /api/v1/openings/{opening_id}/candidates", "---+-"),
    ],
    "shortlists": [
        ("POST /partner/openings/{opening_id}/candidates/{number}/mark", "FFF+F"),
    ],
    "introductions": [
        ("POST /partner/openings/{opening_id}/candidates/{number}/ask", "FFF+F"),
        ("POST /partner/introductions/{introduction_id}/withdraw", "FFF+F"),
        ("GET /youth/introductions/{introduction_id}", "+----"),
        ("POST /youth/introductions/{introduction_id}/accept", "+----"),
        ("POST /youth/introductions/{introduction_id}/refuse", "+----"),
    ],
    "applications": [
        ("POST /youth/openings/{opening_id}/apply", "+FFFF"),
        ("GET /youth/applications", "+----"),
        ("POST /youth/applications/{application_id}/withdraw", "+FFFF"),
        ("GET /partner/applications/{application_id}", "---+-"),
        ("POST /partner/applications/{application_id}/move", "FFF+F"),
        ("POST /partner/applications/{application_id}/refuse", "FFF+F"),
        ("POST /partner/openings/{opening_id}/applications/refuse", "FFF+F"),
    ],
    "cohort": [
        ("GET /coordinator", "-++--"),
        ("GET /coordinator/cohort", "F++FF"),
        ("GET /centre/cohort", "F++FF"),
    ],
    "consents": [
        ("GET /account/consents", "+----"),
        ("POST /account/consents/pool", "+----"),
        ("POST /account/consents/traits", "+----"),
        ("POST /account/consents/employer/{consent_id}/withdraw", "+----"),
        ("GET /account/access", "+----"),
    ],
    "audit": [
        ("GET /admin/audit", "----+"),
        ("GET /admin/outbox", "----+"),
    ],
    "models": [
        ("GET /admin/models", "----+"),
        ("POST /admin/models/{label}/propose", "FFFF+"),
        ("POST /admin/models/{label}/promote", "FFFF+"),
        ("POST /admin/models/rollback", "FFFF+"),
        ("POST /admin/models/switch", "FFFF+"),
    ],
    "users and roles": [
        ("GET /admin", "----+"),
        ("GET /admin/accounts", "----+"),
        ("GET /admin/accounts/{account_id}", "----+"),
        ("POST /admin/accounts/new", "FFFF+"),
        ("POST /admin/accounts/{account_id}/role", "FFFF+"),
        ("POST /admin/accounts/{account_id}/disable", "FFFF+"),
        ("POST /admin/organisations", "----+"),
        ("POST /admin/organisations/{organisation_id}/trust", "----+"),
    ],
    "sessions": [
        ("GET /account/sessions", "+++++"),
        ("POST /account/sessions/{session_id}/end", "+++++"),
        ("POST /account/sessions/end-others", "+++++"),
        ("POST /account/tokens/{token_id}/revoke", "+++++"),
        ("POST /logout", "+++++"),
    ],
}  # fmt: skip

# The exhibits belong to `haneul` of the first university and to the first partner. Who may see
# one, by the table of the path's last number and where the path begins; the first rule that fits.
OWNER_ONLY = {"haneul"}
SEEN_BY: tuple[tuple[str, str, frozenset[str]], ...] = tuple(
    (start, table, frozenset(names))
    for start, table, names in (
        ("/account", "consent", OWNER_ONLY),
        ("/account", "login_session", OWNER_ONLY),
        ("/account", "access_token", OWNER_ONLY),
        ("/admin", "account", {"admin"}),
        ("/admin", "organisation", {"admin"}),
        ("/youth", "certification_record", OWNER_ONLY),
        ("/youth", "licence_record", OWNER_ONLY),
        ("/youth", "enrolment", OWNER_ONLY),
        ("/youth", "application", OWNER_ONLY),
        ("/youth", "introduction", OWNER_ONLY),
        ("/youth", "opening", {"haneul", "bada", "namu"}),
        ("/youth", "course", {"haneul", "bada", "namu"}),
        ("/youth", "course_session", {"haneul", "bada", "namu"}),
        ("/partner", "opening", {"partner"}),
        ("/partner", "application", {"partner"}),
        ("/partner", "introduction", {"partner"}),
        ("/partner", "candidate", {"partner"}),
        ("/coordinator", "youth_profile", {"coordinator"}),
        ("/coordinator", "certification_record", {"coordinator"}),
        ("/coordinator", "course", {"coordinator"}),
        ("/coordinator", "course_session", {"coordinator"}),
        ("/coordinator", "enrolment", {"coordinator"}),
        ("/centre/approvals", "opening", {"centre"}),
        ("/centre/approvals", "organisation", {"centre"}),
        ("/centre", "youth_profile", {"centre"}),
        ("/centre", "certification_record", {"centre"}),
        ("/centre", "course", {"centre"}),
        ("/centre", "course_session", {"centre"}),
        ("/centre", "enrolment", {"centre"}),
        ("/api/v1/openings", "opening", {"partner"}),
        ("/api/v1/applications", "application", OWNER_ONLY),
        ("/api/v1/certifications", "certification_record", OWNER_ONLY),
    )
)
