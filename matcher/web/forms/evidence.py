"""Forms of handing in a proof and of judging one."""

import re
from typing import Annotated

from pydantic import Field

from matcher.flows.evidence import Proof, ReturnReason
from matcher.flows.evidence_desk import Show
from matcher.flows.evidence_judging import Verdict
from matcher.flows.youth_desk import ProofReason
from matcher.i18n import gettext as _
from matcher.refusal import Invalid
from matcher.text import line_rule, prose_rule
from matcher.web.forms.base import Blank, Form, OptionalWhole
from matcher.web.forms.fields import OptionalPage, Version
from models.people_desk import EvidenceSubject

ABOUT = re.compile(r"certificate-([1-9][0-9]{0,8})|skill-([a-z0-9:+.#-]{1,80})|(course)")


class EvidenceForm(Form):
    """`about`: "certificate-12", "skill-python" or "course"; `skill` and `title` are a course's."""

    about: Annotated[str, line_rule(100), Field(min_length=1)]
    title: Annotated[str, line_rule(120)] = ""
    skill: Annotated[str, line_rule(80)] = ""
    level: OptionalWhole = Field(default=None, ge=1, le=5)
    note: Annotated[str, prose_rule(500)] = ""

    def proof(self) -> Proof:
        found = ABOUT.fullmatch(self.about)
        if found is None:
            raise Invalid({"about": _("목록에 있는 것 중에서 골라 주세요.")})
        if found[1]:
            return Proof(EvidenceSubject.CERTIFICATE, int(found[1]), note=self.note)
        if found[2]:
            return Proof(EvidenceSubject.SKILL, None, found[2], self.level, self.title, self.note)
        return Proof(EvidenceSubject.COURSE, None, self.skill, self.level, self.title, self.note)


class QueueQuery(Form):
    show: Show = Show.OPEN
    page: OptionalPage = None


class AcceptForm(Form):
    version: Version
    reason: Annotated[ProofReason | None, Blank] = None
    level: OptionalWhole = Field(default=None, ge=1, le=5)
    comment: Annotated[str, prose_rule(500)] = ""

    def verdict(self) -> Verdict:
        return Verdict(self.version, self.reason, self.level, self.comment)


class ReturnForm(Form):
    version: Version
    return_reason: Annotated[ReturnReason | None, Blank] = None
    return_comment: Annotated[str, prose_rule(500)] = ""

    def verdict(self) -> Verdict:
        return Verdict(self.version, comment=self.return_comment)
