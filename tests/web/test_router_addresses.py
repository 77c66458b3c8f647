"""A router turns away, unasked, what is none of its addresses, and nothing else."""

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import iter_route_contexts
from starlette.routing import Match
from starlette.testclient import TestClient

from matcher.web.api import router as api_router
from matcher.web.gates import pages
from matcher.web.pages import ROUTERS
from matcher.web.routers import Router

ALL = (*ROUTERS, api_router)


def _addresses() -> Iterator[tuple[Router, str]]:
    for router in ALL:
        assert isinstance(router, Router)
        for context in iter_route_contexts(router.routes):
            yield router, re.sub(r"\{[^}]*\}", "7", context.path or "")


def _is_let_in(router: Router, address: str) -> bool:
    return router._addresses.match(address) is not None


def test_every_router_knows_every_address_of_its_own() -> None:
    known = list(_addresses())
    assert [address for router, address in known if not _is_let_in(router, address)] == []
    assert len(known) > 600


@pytest.mark.parametrize("more", ["/more", "/", "x/y/z"])
def test_a_longer_address_is_another_address(more: str) -> None:
    """Unless a longer one is an address, too, as under a page its parts are."""
    everything = {address for _router, address in _addresses()}
    for router, address in _addresses():
        longer = address + more
        ways = {context.path_regex for context in iter_route_contexts(router.routes)}
        assert _is_let_in(router, longer) == any(way.match(longer) for way in ways), longer
    assert len(everything) > 400


def test_an_address_of_nobody_is_answered_without_asking_a_route() -> None:
    router = pages()

    @router.get("/here/{row_id}")
    def here(row_id: int) -> None: ...

    scope = {"type": "http", "method": "GET", "path": "/there/7", "headers": []}
    assert router.matches(scope) == (Match.NONE, {})
    assert _is_let_in(router, "/here/7")


def test_two_addresses_may_name_the_same_part() -> None:
    router = pages()
    for path in ("/first/{row_id}", "/second/{row_id}"):
        router.add_api_route(path, lambda: None)
    assert _is_let_in(router, "/first/1")
    assert _is_let_in(router, "/second/1")
    assert not _is_let_in(router, "/third/1")


def test_a_known_address_with_another_method_is_still_told_so(client: TestClient) -> None:
    assert client.request("PATCH", "/login").status_code == 405
    assert client.get("/no-such-page").status_code == 404
