"""Two numbers AWS knows one person by: written down for oneself, made one, seen by nobody else."""

import pytest
from sqlmodel import col, select

from matcher.flows.aws_ids import normalised
from matcher.refusal import Invalid
from matcher.wiring import Services
from models.certification import AwsCandidateId
from models.trail import AuditEntry
from tests.conftest import SignIn, post
from tests.people import People

PAGE = "/youth/certifications"


def held(services: Services) -> list[str]:
    with services.database.reading() as session:
        rows = session.exec(select(AwsCandidateId).order_by(col(AwsCandidateId.id)))
        return [row.code for row in rows]


@pytest.mark.parametrize(
    "text", ["AWS01234567", " aws 0123 4567 ", "01234567", "aws-01234567", "ＡＷＳ０１２３４５６７"]
)
def test_a_number_is_kept_in_one_spelling(text: str) -> None:
    assert normalised(text) == "AWS01234567"


@pytest.mark.parametrize(
    "text", ["", "AWS", "AWS0123456", "AWS012345678", "GCP01234567", "AWS٠١٢٣٤٥٦٧", "a@b.kr"]
)
def test_what_is_no_such_number_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as found:
        normalised(text)
    assert set(found.value.fields) == {"aws_id"}


def test_two_numbers_are_written_down_and_made_one(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.youth)
    assert post(client, "/youth/aws-ids", {"aws_id": "aws 0123 4567"}).status_code == 303
    assert "지원에 문의" not in client.get(PAGE).text
    twice = post(client, "/youth/aws-ids", {"aws_id": "01234567"})
    assert (twice.status_code, "이미 적은 번호" in twice.text) == (422, True)
    assert post(client, "/youth/aws-ids/1/keep", {}).status_code == 409
    assert post(client, "/youth/aws-ids", {"aws_id": "AWS07654321"}).status_code == 303
    page = client.get(PAGE).text
    assert "AWS01234567" in page
    assert "https://support.aws.amazon.com/#/contacts/aws-training" in page
    third = post(client, "/youth/aws-ids", {"aws_id": "AWS00000001"})
    assert (third.status_code, "두 개까지" in third.text) == (422, True)
    assert post(client, "/youth/aws-ids/2/keep", {}).status_code == 303
    assert held(services) == ["AWS07654321"]
    assert post(client, "/youth/aws-ids/2/remove", {}).status_code == 303
    assert held(services) == []


def test_what_was_typed_wrong_stays_in_its_field(people: People, sign_in: SignIn) -> None:
    answer = post(sign_in(people.youth), "/youth/aws-ids", {"aws_id": "12345"})
    assert answer.status_code == 422
    assert 'value="12345"' in answer.text
    assert "숫자 8자리예요" in answer.text


def test_nobody_else_reads_or_changes_it_and_the_trail_does_not_repeat_it(
    services: Services, people: People, sign_in: SignIn
) -> None:
    post(sign_in(people.youth), "/youth/aws-ids", {"aws_id": "AWS01234567"})
    other = sign_in(people.other_youth)
    for step in ("keep", "remove"):
        assert post(other, f"/youth/aws-ids/1/{step}", {}).status_code == 404
    assert "AWS01234567" not in other.get(PAGE).text
    desk = sign_in(people.coordinator)
    assert "AWS01234567" not in desk.get(f"/coordinator/people/{people.youth.youth_id}").text
    assert held(services) == ["AWS01234567"]
    with services.database.reading() as session:
        entries = session.exec(select(AuditEntry)).all()
    assert "aws_id:recorded" in {each.action for each in entries}
    assert not any("01234567" in str(each.change) for each in entries)
