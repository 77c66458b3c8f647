"""Static files; a request that carries the content hash may be kept for a year."""

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class HashedStatic(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        is_hashed = scope["query_string"].startswith(b"v=")
        age = "public, max-age=31536000, immutable" if is_hashed else "public, max-age=3600"
        response.headers["Cache-Control"] = age
        return response
