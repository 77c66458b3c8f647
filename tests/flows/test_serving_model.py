"""Which model ranks: the registry's row, followed at once; never a failure because of its bytes."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlmodel import Session, col, update
from structlog.testing import capture_logs

from matcher.flows import recommend
from matcher.matching import serving
from matcher.matching.cards import Wanted
from matcher.matching.context import ranking_context
from matcher.matching.window import Window
from matcher.ranking.artefact import pack
from matcher.ranking.courses import COURSE_FEATURES
from matcher.ranking.features import OPENING_FEATURES
from matcher.ranking.tables import PairSteps
from matcher.store import model_versions
from matcher.wiring import Services
from models.model_version import ModelArtefact, ModelState
from tests import factories
from tests.conftest import address_of, make_services
from tests.matching_desk import actor_of, stock
from tests.model_shelf import artefact, shelve, switch, tables
from tests.people import People

PRIOR = "additive-1"
ALL = Wanted()


def version_now(services: Services) -> str:
    with services.database.reading() as session:
        return serving.serving_model(session).version


def test_without_a_promoted_version_the_prior_ranks(services: Services, people: People) -> None:
    assert version_now(services) == PRIOR


def test_a_candidate_does_not_rank(services: Services, people: People) -> None:
    with services.database.writing() as session:
        shelve(session)
    assert version_now(services) == PRIOR


def test_a_promotion_is_followed_at_once_and_by_a_second_process_s_services_too(
    services: Services, people: People
) -> None:
    twin = make_services(address_of(services))
    assert (version_now(services), version_now(twin)) == (PRIOR, PRIOR)
    with services.database.writing() as session:
        first = shelve(session)
        model_versions.change_over(session, None, first, factories.NOW)
    assert (version_now(services), version_now(twin)) == (first.label, first.label)
    with twin.database.writing() as session:
        model_versions.change_over(session, model_versions.serving(session), None, factories.NOW)
    assert (version_now(services), version_now(twin)) == (PRIOR, PRIOR)
    twin.close()


def test_a_ranking_costs_one_small_query_while_nothing_changes(
    services: Services, people: People
) -> None:
    from sqlalchemy import event

    with services.database.writing() as session:
        model_versions.change_over(session, None, shelve(session), factories.NOW)
    version_now(services)
    asked: list[str] = []
    event.listen(
        services.database.engine, "before_cursor_execute", lambda *each: asked.append(each[2])
    )
    version_now(services)
    assert len([each for each in asked if each.startswith("SELECT")]) == 1
    assert not any("data" in each for each in asked)


def test_the_context_is_one_object_a_day_and_a_model(services: Services, people: People) -> None:
    with services.database.reading() as session:
        one = ranking_context(session, factories.TODAY)
        assert ranking_context(session, factories.TODAY) is one
    with services.database.writing() as session:
        model_versions.change_over(session, None, shelve(session), factories.NOW)
    with services.database.reading() as session:
        other = ranking_context(session, factories.TODAY)
        assert other is not one
        assert (other.adjacency is one.adjacency, other.text is one.text) == (True, True)


def test_scores_version_and_record_are_those_of_the_model_that_ranked(
    services: Services, people: People
) -> None:
    stock(services, people.partner.organisation_id or 0, people.youth.youth_id or 0)
    actor = actor_of(people.youth)
    before = _scores(services, actor)
    with services.database.writing() as session:
        row = shelve(session, lift=0.4)
        model_versions.change_over(session, None, row, factories.NOW)
    after = _scores(services, actor)
    assert (before[0], after[0]) == (PRIOR, row.label)
    assert before[1] != after[1]
    assert _recorded(services) == [PRIOR, row.label]


def _scores(services: Services, actor: object) -> tuple[str, list[float]]:
    with services.reading(actor) as unit:  # type: ignore[arg-type]
        view = recommend.ranked(unit, actor, Window())  # type: ignore[arg-type]
    return view.model_version, [each["score"] for each in view.items]


def _recorded(services: Services) -> list[str]:
    from sqlmodel import select

    from models.trail import Exposure

    with services.database.reading() as session:
        return [each.model_version for each in session.exec(select(Exposure)).all()]


# Bytes that are not what they should be. Each gets its own honest hash unless the case is the hash.
SOUND = artefact()


def _npz(**arrays: object) -> bytes:
    out = io.BytesIO()
    np.savez(out, **arrays)  # type: ignore[arg-type]
    return out.getvalue()


def _entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zip(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def _array(values: object, pickled: bool = False) -> bytes:
    out = io.BytesIO()
    np.lib.format.write_array(out, np.asarray(values), allow_pickle=pickled)
    return out.getvalue()


def _swapped(name: str, values: object) -> bytes:
    return _zip(_entries(SOUND) | {name: _array(values)})


def _headed(**changes: object) -> bytes:
    entries = _entries(SOUND)
    held = np.load(io.BytesIO(entries["header.npy"]))
    header = json.loads(bytes(held).decode()) | changes
    text = np.frombuffer(json.dumps(header).encode(), dtype=np.uint8)
    return _zip(entries | {"header.npy": _array(text)})


def _renamed() -> bytes:
    other = tuple(replace(each, name=f"x_{each.name}") for each in OPENING_FEATURES)
    return pack({}, {"opening": tables(other), "course": tables(COURSE_FEATURES)})


def _older() -> bytes:
    return pack({}, {"opening": tables(OPENING_FEATURES[:-1]), "course": tables(COURSE_FEATURES)})


def _pairs_out_of_place() -> bytes:
    sound = tables(OPENING_FEATURES)
    pair = PairSteps(0, 99, np.array([0.5]), np.array([0.5]), np.zeros((3, 3)))
    return pack({}, {"opening": replace(sound, pairs=(pair,)), "course": tables(COURSE_FEATURES)})


class Canary:
    """Unpickling it would write a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.write_text, (self.path, "it ran"))


def _flipped() -> bytes:
    middle = len(SOUND) // 2
    return SOUND[:middle] + bytes([SOUND[middle] ^ 0xFF]) + SOUND[middle + 1 :]


def _values_of_opening() -> np.ndarray:
    return np.load(io.BytesIO(_entries(SOUND)["opening/values.npy"]))  # type: ignore[no-any-return]


FOREIGN: dict[str, Callable[[], bytes]] = {
    "truncated": lambda: SOUND[: len(SOUND) // 2],
    "swapped_bytes": _flipped,
    "other_schema": lambda: _headed(schema="oreum-additive-tables/2"),
    "renamed_features": _renamed,
    "older_features": _older,
    "no_course_tables": lambda: pack({}, {"opening": tables(OPENING_FEATURES)}),
    "oversized": lambda: SOUND + b"\0" * 1_000_001,
    "bomb": lambda: _zip(_entries(SOUND) | {"more.npy": b"\0" * 30_000_000}),
    "empty": lambda: b"",
    "text": lambda: "점수표가 아니에요".encode(),
    "bare_array": lambda: _array([1.0]),
    "other_version": lambda: _npz(weights=np.ones(3)),
    "nan_in_tables": lambda: _swapped(
        "opening/values.npy", np.full(len(_values_of_opening()), np.nan)
    ),
    "infinite_base": lambda: _swapped("opening/base.npy", [np.inf]),
    "unsorted_edges": lambda: _unsorted(),
    "pairs_out_of_place": _pairs_out_of_place,
    "proof_that_lowers": lambda: artefact(lift=-0.5),
    "header_is_a_list": lambda: _zip(
        _entries(SOUND) | {"header.npy": _array(np.frombuffer(b"[1]", dtype=np.uint8))}
    ),
}


def _unsorted() -> bytes:
    """Two edges for the first feature, the larger one first."""
    entries = _entries(SOUND)
    counts = np.load(io.BytesIO(entries["opening/counts.npy"]))
    edges = np.load(io.BytesIO(entries["opening/edges.npy"]))
    values = np.load(io.BytesIO(entries["opening/values.npy"]))
    counts[0] += 1
    changed = {
        "opening/counts.npy": _array(counts),
        "opening/edges.npy": _array(np.concatenate(([0.9], edges))),
        "opening/values.npy": _array(np.concatenate(([0.0], values))),
    }
    return _zip(entries | changed)


@pytest.fixture
def good(services: Services, people: People) -> str:
    """The label of a sound version that serves."""
    with services.database.writing() as session:
        row = shelve(session)
        model_versions.change_over(session, None, row, factories.NOW)
    return row.label


def _serve(services: Services, data: bytes, replaces_what_serves: bool = True) -> str:
    with services.database.writing() as session:
        old = model_versions.serving(session)
        row = shelve(session, data=data)
        row.replaced_id = old.id if old is not None and replaces_what_serves else None
        model_versions.change_over(session, old, row, factories.NOW)
    return row.label


@pytest.mark.parametrize("case", FOREIGN)
def test_foreign_bytes_are_refused_and_what_served_before_goes_on(
    services: Services, good: str, case: str
) -> None:
    label = _serve(services, FOREIGN[case]())
    with capture_logs() as logs:
        assert version_now(services) == good
        assert version_now(services) == good
    told = [each for each in logs if each["event"] == "model_unusable"]
    assert [(each["label"], each["log_level"]) for each in told] == [(label, "error")]
    with services.database.reading() as session:
        found = serving.trouble(session)
    assert found is not None
    assert found.label == label


def test_bytes_that_were_changed_behind_the_registry_s_back_are_refused(
    services: Services, good: str
) -> None:
    other = artefact(lift=0.9)
    with services.database.writing() as session:
        _overwrite(session, other)
    fresh = make_services(address_of(services))
    assert version_now(fresh) == PRIOR
    fresh.close()


def _overwrite(session: Session, data: bytes) -> None:
    wanted = hashlib.sha256(SOUND).hexdigest()
    session.execute(
        update(ModelArtefact).where(col(ModelArtefact.sha256) == wanted).values(data=data)
    )


def test_a_worker_that_holds_the_good_tables_goes_on_with_them(
    services: Services, good: str
) -> None:
    assert version_now(services) == good
    with services.database.writing() as session:
        _overwrite(session, b"gone")
    assert version_now(services) == good


def test_an_artefact_repaired_later_is_taken_up_without_a_restart(
    services: Services, good: str
) -> None:
    with services.database.writing() as session:
        _overwrite(session, b"gone")
    fresh = make_services(address_of(services))
    assert version_now(fresh) == PRIOR
    with services.database.writing() as session:
        _overwrite(session, SOUND)
    assert version_now(fresh) == good
    fresh.close()


def test_no_code_in_an_artefact_runs(services: Services, good: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    trap = np.array([Canary(canary)], dtype=object)
    inside = _zip(_entries(SOUND) | {"opening/values.npy": _array(trap, pickled=True)})
    import pickle

    for data in (inside, pickle.dumps(Canary(canary)), _array(trap, pickled=True)):
        _serve(services, data)
        assert version_now(services) == good
    assert canary.exists() is False


def test_with_nothing_sound_left_the_prior_ranks(services: Services, people: People) -> None:
    _serve(services, b"")
    _serve(services, b"too")
    assert version_now(services) == PRIOR


def test_ranking_goes_on_with_a_corrupt_model(services: Services, people: People) -> None:
    stock(services, people.partner.organisation_id or 0, people.youth.youth_id or 0)
    _serve(services, b"{}")
    with services.reading(actor_of(people.youth)) as unit:
        listed = recommend.openings_list(unit, actor_of(people.youth), ALL)
    assert (len(listed.rows), listed.is_neutral) == (3, False)


def test_a_state_other_than_serving_never_ranks(services: Services, people: People) -> None:
    with services.database.writing() as session:
        for state in (ModelState.RETIRED, ModelState.REFUSED):
            shelve(session, state=state)
    assert version_now(services) == PRIOR


def test_two_versions_of_one_artefact_each_rank_under_their_own_name(
    services: Services, good: str
) -> None:
    label = _serve(services, SOUND)
    assert (version_now(services), label != good) == (label, True)


def test_the_switch_is_followed_at_once(services: Services, good: str) -> None:
    twin = make_services(address_of(services))
    for is_on, wanted in ((False, "neutral"), (True, good), (False, "neutral")):
        with services.database.writing() as session:
            switch(session, is_on)
        assert (version_now(services), version_now(twin)) == (wanted, wanted)
    twin.close()
