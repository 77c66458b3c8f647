"""The room that checks knows no tables; what it says is stored in words of the tables' own."""

from matcher.credentials.types import Verdict as Checked
from models.credential import Verdict as Stored


def test_every_verdict_of_the_checks_can_be_stored_and_no_other() -> None:
    assert {each.name: each.value for each in Stored} == {each.name: each.value for each in Checked}
