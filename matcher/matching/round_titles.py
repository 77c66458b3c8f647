"""The openings of a round by the code they have in its list."""

from sqlmodel import Session

from matcher.i18n import in_language
from matcher.matching.round_problem import opening_code
from matcher.store import rounds


def opening_titles(session: Session, round_id: int) -> dict[str, str]:
    return {
        opening_code(each.opening_id): in_language(each.title_ko, each.title_en)
        for each in rounds.openings_of(session, round_id)
    }
