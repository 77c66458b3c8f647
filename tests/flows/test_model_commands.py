"""The commands about models, as somebody types them."""

import json
from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from matcher.cli import app
from matcher.wiring import Services
from models.account import Role
from tests import factories
from tests.conftest import address_of
from tests.model_shelf import shelve
from tests.people import People

Run = Callable[..., Result]


@pytest.fixture
def run(services: Services, people: People, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DATABASE_URL", address_of(services))
    monkeypatch.setenv("OREUM_TODAY", factories.TODAY.isoformat())
    monkeypatch.setenv("OREUM_LANGUAGE", "en")
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def label(services: Services, people: People) -> str:
    with services.database.writing() as session:
        row = factories.account(session, "second-admin@example.com")
        factories.membership(session, row.id, Role.ADMIN)
        return shelve(session).label


def test_propose_promote_and_roll_back(run: Run, people: People, label: str) -> None:
    admin, second = people.admin.email, "second-admin@example.com"
    assert run("model", "promote", label, "--by", second).exit_code == 1
    assert run("model", "propose", label, "--by", admin).exit_code == 0
    assert run("model", "promote", label, "--by", admin).exit_code == 1
    assert run("model", "promote", label, "--by", second).exit_code == 0
    assert json.loads(run("models", "--format", "json").stdout)["serving"] == label
    assert run("model", "rollback", "--by", admin).exit_code == 0
    assert json.loads(run("models", "--format", "json").stdout)["serving"] == "additive-1"
    assert run("model", "rollback", "--by", admin).exit_code == 1


def test_only_an_admin_s_address_acts(run: Run, people: People, label: str) -> None:
    for email in (people.partner.email, "nobody@example.com"):
        assert run("model", "propose", label, "--by", email).exit_code == 1


def test_the_switch_shows_in_the_list(run: Run, label: str) -> None:
    assert run("ranking", "off").exit_code == 2
    assert run("ranking", "off", "--reason", "trial").exit_code == 0
    assert json.loads(run("models", "--format", "json").stdout)["is_on"] is False
    assert "Ranking is switched off." in run("models").stdout
    assert run("ranking", "on", "--reason", "done").exit_code == 0
    assert json.loads(run("models", "--format", "json").stdout)["is_on"] is True


def test_a_model_is_shown_in_figures_and_as_json(run: Run, label: str) -> None:
    assert "0.610 (0.580–0.640)" in run("model", "show", label).stdout
    card = json.loads(run("model", "show", label, "--format", "json").stdout)
    assert (card["label"], card["verdict"]) == (label, "green")
    assert run("model", "show", "learned-1999-01-01-1").exit_code == 1


def test_drift_of_the_prior_is_told_in_words(run: Run, people: People) -> None:
    answer = run("drift")
    assert (answer.exit_code, "nothing to compare" in answer.stdout) == (0, True)


def test_training_without_records_leaves_a_refused_version(run: Run, people: People) -> None:
    answer = run("train", "--format", "json")
    assert answer.exit_code == 0
    (row,) = json.loads(answer.stdout)
    assert (row["state"], row["verdict"]) == ("refused", "red")
    assert row["reasons"] == ["Nothing recorded to learn from"]
