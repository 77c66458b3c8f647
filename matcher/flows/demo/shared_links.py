"""Two share links of the first young person of the tour: one that is open, one that was ended."""

from datetime import timedelta

from matcher.catalogue.demo.standing import HANEUL
from matcher.flows.demo.writing import Writing
from matcher.policy.sharing import USUAL, Part
from matcher.store import links
from matcher.store.people import count_rows
from models.credential import ShareLink, ShareLinkUse

TOKEN = "demo-link-of-a-made-up-person-open-to-all"  # noqa: S105 - written down on purpose
"""The open link's address ends so: there is nobody behind it to protect."""
OPEN, ENDED = "데모: 지원서에 적은 링크", "데모: 면접 뒤에 끝낸 링크"


def shared_links(writing: Writing) -> None:
    parts = (Part.CERTIFICATES, Part.SKILLS, Part.COURSES, Part.PROJECTS)
    _link(writing, TOKEN, OPEN, parts, (6, 3, 1))
    ended = _link(writing, f"{TOKEN}-ended", ENDED, (Part.NAME, Part.CERTIFICATES), (12,))
    ended.revoked_at = writing.unit.now - timedelta(days=8)
    _opened(writing, ended, 2, was_open=False)
    writing.session.flush()  # the counts below read what was written
    for table in ("share_link", "share_link_use"):
        writing.counts[table] = count_rows(writing.session, table)


def _link(
    writing: Writing, token: str, label: str, parts: tuple[Part, ...], opened: tuple[int, ...]
) -> ShareLink:
    """`opened`: so many days ago."""
    row = ShareLink(
        youth_id=writing.ids["youth"][HANEUL], token_hash=links.hashed(token), label=label,
        parts=[part.value for part in parts], expires_on=writing.unit.today + USUAL,
        is_demo=True, created_at=writing.unit.now - timedelta(days=14),
    )  # fmt: skip
    writing.session.add(row)
    writing.session.flush()  # its uses name it
    for days in opened:
        _opened(writing, row, days, was_open=True)
    return row


def _opened(writing: Writing, row: ShareLink, days: int, *, was_open: bool) -> None:
    at = writing.unit.now - timedelta(days=days)
    use = ShareLinkUse(link_id=row.id or 0, youth_id=row.youth_id, was_open=was_open, at=at)
    writing.session.add(use)
