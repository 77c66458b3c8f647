"""Requests made from the description itself: whatever is sent, the server never fails."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from sqlmodel import delete

from matcher.web.app import create_app
from matcher.wiring import Services
from models.trail import Exposure
from tests.api_client import API, token
from tests.demo_data import DemoAccounts
from tests.walk import account_id_of

SEED = 20261121
load_all_checks()
WANTED = {
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_schema_conformance",
}  # fmt: skip
TRUE = [each for each in CHECKS.get_all() if each.__name__ in WANTED]
HEALTH = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@pytest.fixture(scope="module")
def tokens(demo_services: Services, demo_accounts: DemoAccounts) -> dict[str, str]:
    return {
        role: token(demo_services, account_id_of(demo_services, demo_accounts[role][0].email))
        for role in ("youth", "partner")
    }


@pytest.fixture(autouse=True)
def no_exposures_yet(demo_services: Services) -> None:
    """Otherwise most ranked lists would only be told to wait."""
    _forget(demo_services)


def _forget(services: Services) -> None:
    with services.database.writing() as session:
        session.exec(delete(Exposure))


def _run(services: Services, bearer: str, mode: GenerationMode, examples: int) -> dict[str, int]:
    """Requests sent by operation; raises when an answer breaks a check."""
    app, headers = create_app(services), {"Authorization": f"Bearer {bearer}"}
    described = schemathesis.openapi.from_asgi(f"{API}/openapi.json", app, headers=headers)
    sent: dict[str, int] = {}
    for found in described.get_all_operations():
        operation = found.ok()
        _forget(services)
        _try(operation, mode, examples, headers, sent)
    return sent


def _try(
    operation: Any,
    mode: GenerationMode,
    examples: int,
    headers: dict[str, str],
    sent: dict[str, int],
) -> None:
    @seed(SEED)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=HEALTH,
        phases=[Phase.explicit, Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:
        sent[operation.label] = sent.get(operation.label, 0) + 1
        case.call_and_validate(headers=headers, checks=TRUE)

    one()


@pytest.mark.parametrize("role", ["youth", "partner"])
def test_fitting_requests_get_described_answers(
    demo_services: Services, tokens: dict[str, str], role: str
) -> None:
    sent = _run(demo_services, tokens[role], GenerationMode.POSITIVE, 6)
    assert len(sent) == 33  # every operation but the description itself


def test_broken_requests_get_described_refusals(
    demo_services: Services, tokens: dict[str, str]
) -> None:
    sent = _run(demo_services, tokens["youth"], GenerationMode.NEGATIVE, 12)
    assert len(sent) >= 15


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_many_more_requests(
    demo_services: Services, tokens: dict[str, str], mode: GenerationMode
) -> None:
    sent = _run(demo_services, tokens["youth"], mode, 100)
    assert sum(sent.values()) > 1_000
