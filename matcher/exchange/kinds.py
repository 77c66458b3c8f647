"""Every kind of file the import takes, by name."""

from typing import Final

from .certifications import CERTIFICATIONS
from .columns import Kind
from .courses import COURSES
from .openings import OPENINGS
from .skills import SKILLS
from .taxonomy import TAXONOMY
from .youths import YOUTHS

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind for kind in (YOUTHS, SKILLS, CERTIFICATIONS, COURSES, OPENINGS, TAXONOMY)
}
