"""Every page of the account area renders for everybody who may open it, in both languages."""

import pytest

from tests.conftest import SignIn
from tests.people import People

PUBLIC = ["/login", "/signup", "/signup/sent", "/signup/sent?minor=1", "/reset", "/reset/sent"]
OWN = ["/account", "/account/sessions", "/account/tokens", "/account/export", "/account/erase"]
YOUTH = ["/account/consents", "/account/access", "/youth/notice"]
ADMIN = [
    "/admin", "/admin/accounts", "/admin/accounts/new", "/admin/organisations", "/admin/audit",
    "/admin/audit?kind=looks", "/admin/outbox", "/admin/accounts?q=ha&role=youth&state=active",
]  # fmt: skip


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_render(client, sign_in: SignIn, people: People, language: str) -> None:
    asked = {}
    for path in PUBLIC:
        asked[path] = client.get(path, params=None, headers={"Accept-Language": language})
    for person, paths in ((people.youth, OWN + YOUTH), (people.admin, OWN + ADMIN)):
        browser = sign_in(person)
        browser.cookies.set("oreum-language", language)
        for path in paths:
            asked[path] = browser.get(path)
    assert {path: answer.status_code for path, answer in asked.items()} == dict.fromkeys(asked, 200)
