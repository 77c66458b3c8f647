"""Is the process alive, and can it do its work?"""

from starlette.responses import JSONResponse, Response

from matcher.flows import readiness
from matcher.web.gates import pages
from matcher.web.page import Paged

router = pages()


@router.get("/healthz")
def healthz() -> Response:
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
def readyz(page: Paged) -> Response:
    problems = readiness.problems(page.services.database)
    status = 200 if not problems else 503
    words = "not ready" if problems else "ok"
    return JSONResponse({"status": words, "problems": problems}, status)
