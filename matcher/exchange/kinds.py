"""Every kind of file the import takes, by name."""

from typing import Final

from .attendance import ATTENDANCES
from .certifications import CERTIFICATIONS
from .columns import Kind
from .completions import COMPLETIONS
from .courses import COURSES
from .enrolments import ENROLMENTS
from .hrdnet import HRDNET
from .job_feed import JOB_FEED
from .openings import OPENINGS
from .outcomes import OUTCOMES_KIND
from .skills import SKILLS
from .taxonomy import TAXONOMY
from .youths import YOUTHS

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        YOUTHS,
        SKILLS,
        CERTIFICATIONS,
        COURSES,
        HRDNET,
        ENROLMENTS,
        ATTENDANCES,
        COMPLETIONS,
        OUTCOMES_KIND,
        OPENINGS,
        JOB_FEED,
        TAXONOMY,
    )
}
