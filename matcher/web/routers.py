"""Routers that say at once which addresses are none of theirs."""

import re
from functools import cached_property

from fastapi import APIRouter
from fastapi.routing import iter_route_contexts
from starlette._utils import get_route_path
from starlette.routing import Match
from starlette.types import Scope

GROUP_NAME = re.compile(r"\(\?P<\w+>")


class Router(APIRouter):
    """FastAPI asks the routers in turn, and each of them every route of its own: with hundreds of
    routes that is a good part of a request. One pattern of all its addresses spares the asking;
    which route answers, and with what, is still FastAPI's to say."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] == "http" and not self._addresses.match(get_route_path(scope)):
            return Match.NONE, {}
        return super().matches(scope)

    @cached_property
    def _addresses(self) -> re.Pattern[str]:
        """Made when the first request comes: by then every route is known."""
        known = {each.path_regex.pattern for each in iter_route_contexts(self.routes)}
        # A name may come once in a pattern, and only FastAPI needs what stands there.
        return re.compile("|".join(GROUP_NAME.sub("(?:", each) for each in sorted(known)))
