"""Forms of a CV brought from elsewhere: the file or its text, and what of it is taken."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from matcher.policy.profiles import MOST_SKILLS
from matcher.web.forms.base import Form

MOST_PASTED = 195_000
SkillChoice = Annotated[str, Field(max_length=90, pattern=r"^([^:\s]+:[1-5])?$")]
"""`slug:level`; blank where the person leaves the skill out."""
CertificateChoice = Annotated[str, Field(max_length=30)]
Word = Annotated[str, Field(max_length=200)]


def _document(value: str) -> str:
    """Room for a whole document on one line, as the preview sends it back."""
    if len(value) > MOST_PASTED:
        raise PydanticCustomError("text_too_long", "it is too long")
    return value


class ResumeForm(Form):
    """`step`: look only reads; keep takes what is chosen, and the whole as it is."""

    step: Literal["look", "keep"] = "look"
    document: Annotated[str, AfterValidator(_document)] = ""
    skill: list[SkillChoice] = Field(default=[], max_length=MOST_SKILLS)
    certificate: list[CertificateChoice] = Field(default=[], max_length=100)
    unknown: list[Word] = Field(default=[], max_length=100)

    def levels(self) -> dict[str, int]:
        chosen = (each.rpartition(":") for each in self.skill if each)
        return {slug: int(level) for slug, _colon, level in chosen}
