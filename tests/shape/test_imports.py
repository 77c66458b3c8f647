"""What is not needed is not loaded: the web starts without the models, the help without a database.

Each case runs in a fresh interpreter, for a module once imported stays.
"""

import json
import subprocess
import sys

import pytest

LOADED = (
    "import json, sys; print(json.dumps(sorted(name for name in sys.modules if '.' not in name)))"
)
HEAVY = {"sklearn", "scipy", "alembic", "openpyxl", "xlsxwriter"}
STORED = {"sqlalchemy", "sqlmodel", "fastapi", "pwdlib", "numpy", "models"}


def loaded_by(code: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{LOADED}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_the_web_application_is_imported_without_what_only_some_requests_need() -> None:
    found = loaded_by("import matcher.web.app")
    assert found & HEAVY == set()
    assert "fastapi" in found


@pytest.mark.parametrize(
    "code",
    [
        "import matcher.__main__",
        "from matcher.cli import reference; reference.skills(search='python', limit=2)",
        "from matcher.cli import importing; importing.template('skills')",
    ],
    ids=["help", "skills", "template"],
)
def test_commands_that_need_no_database_do_not_load_one(code: str) -> None:
    assert loaded_by(code) & (HEAVY | STORED) == set()
