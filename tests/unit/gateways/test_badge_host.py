"""A link from a stranger reaches nothing but a badge of a named host."""

import itertools
import json
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from matcher.gateways.badge_host import (
    BadgeRefused,
    HttpBadgeHost,
    NullBadgeHost,
    dial,
    is_open,
    resolve,
)
from tests.badge_server import (
    HOSTS,
    PUBLIC,
    Answering,
    Authority,
    Canary,
    Papers,
    Server,
    canary,
    say,
    serving,
)

UUID = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"
PAGE = f"https://www.credly.com/badges/{UUID}"
ASSERTION = f"https://api.credly.com/v1/obi/v2/badge_assertions/{UUID}"
JSON = "Content-Type: application/json"
LINKS = f"""
http://127.0.0.1
http://localhost
http://[::1]
http://0.0.0.0
http://0
http://2130706433
http://0x7f000001
http://0177.0.0.1
http://127.1
http://[::ffff:127.0.0.1]
http://[64:ff9b::7f00:1]
http://169.254.169.254
http://169.254.169.254/latest/meta-data/
http://10.0.0.1
http://172.16.0.1
http://192.168.0.1
http://100.64.0.1
http://[fd00::1]
http://[fe80::1%25eth0]
https://127.0.0.1
https://localhost
https://[::1]
https://0.0.0.0
https://0
https://2130706433
https://0x7f000001
https://0177.0.0.1
https://127.1
https://[::ffff:127.0.0.1]
https://[64:ff9b::7f00:1]
https://169.254.169.254
https://[fe80::1%25eth0]/badges/{UUID}
file:///etc/passwd
gopher://127.0.0.1:6379/_INFO
ftp://www.credly.com/badges/{UUID}
dict://127.0.0.1:6379/info
unix:/var/run/docker.sock
data:application/json,{{}}
javascript:alert(1)
//www.credly.com/badges/{UUID}
/badges/{UUID}
www.credly.com/badges/{UUID}
http://www.credly.com/badges/{UUID}
https:www.credly.com/badges/{UUID}
https:///www.credly.com/badges/{UUID}
https://user@127.0.0.1/badges/{UUID}
https://user@www.credly.com/badges/{UUID}
https://www.credly.com@127.0.0.1/badges/{UUID}
https://www.credly.com:443@127.0.0.1/badges/{UUID}
https://www.credly.com#@127.0.0.1/badges/{UUID}
https://www.credly.com\\@127.0.0.1/badges/{UUID}
https://www.credly.com\\.example.com/badges/{UUID}
https://www.credly.com%2f@127.0.0.1/badges/{UUID}
https://www.credly.com%00.example.com/badges/{UUID}
https://ⓛocalhost/badges/{UUID}
https://www.credly。com/badges/{UUID}
https://ｗｗｗ.credly.com/badges/{UUID}
https://www.cred1y.com/badges/{UUID}
https://xn--wwwcredly-4fh.com/badges/{UUID}
https://xn--localhost-0ab/badges/{UUID}
https://www.credly.com./badges/{UUID}
https://.www.credly.com/badges/{UUID}
https://www.credly.com.example.com/badges/{UUID}
https://example.com/www.credly.com/badges/{UUID}
https://credly.com/badges/{UUID}
https://evil.www.credly.com/badges/{UUID}
https://www.credly.com:22/badges/{UUID}
https://www.credly.com:6379/badges/{UUID}
https://www.credly.com:5432/badges/{UUID}
https://www.credly.com:0/badges/{UUID}
https://www.credly.com:65536/badges/{UUID}
https://www.credly.com:-443/badges/{UUID}
https://www.credly.com:/badges/{UUID}
https://www.credly.com:４４３/badges/{UUID}
https://www.credly.com /badges/{UUID}
https://www.credly.com/badges/
https://www.credly.com/badges/../users/sign_in
https://www.credly.com/badges/{UUID}/../../users
https://www.credly.com/badges/{UUID}%0d%0aHost:%20evil
https://www.credly.com/users/haneul/badges.json
https://www.credly.com/badges/{UUID}0
https://[www.credly.com]/badges/{UUID}
https://[::1/badges/{UUID}
https://api.credly.com:8443/v1/obi/v2/badge_assertions/{UUID}
https://api.credly.com
""".split("\n")[1:-1]
UNSEEN = [
    "",
    "\t",
    PAGE + "\r\nHost: evil",
    PAGE.replace("www", "w\tww"),
    PAGE + "\x00",
    "\x01" + PAGE,
    " " + PAGE,
    PAGE + "\u202e",
    PAGE + "?" + "a" * 500,
]
CLOSED = [
    "127.0.0.1",
    "127.8.8.8",
    "::1",
    "::",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "100.64.0.1",
    "100.127.255.254",
    "169.254.169.254",
    "192.0.0.1",
    "192.0.0.9",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::ffff:127.0.0.1",
    "::ffff:93.184.215.14",
    "::ffff:0:127.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::5db8:d70e",
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001::7f00:1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:5db8:d70e::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2606:4700::1111%eth0",
    "0177.0.0.1",
    "127.1",
    "localhost",
    "1",
    "0x7f000001",
]


@pytest.fixture(scope="module")
def watched() -> Iterator[Canary]:
    with canary() as found:
        yield found


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def papers(authority: Authority) -> Papers:
    return authority.papers("api.credly.com", "www.credly.com")


class Names:
    """A name server that tells what it was given, and counts how often it was asked."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers, self.asked = itertools.cycle(answers), 0

    def __call__(self, host: str) -> Sequence[str]:
        self.asked += 1
        return next(self.answers)


def towards(watched: Canary, names: Names, hosts: frozenset[str] = HOSTS) -> HttpBadgeHost:
    """Whatever it dials on this machine is the canary."""
    return HttpBadgeHost(
        hosts, names, lambda address, seconds: dial(address, seconds, watched.port), seconds=1.0
    )


def refusal(host: HttpBadgeHost, link: str = PAGE) -> str:
    with pytest.raises(BadgeRefused) as refused:
        host.fetch(link)
    return refused.value.reason


def here(server: Server, authority: Authority, seconds: float = 5.0) -> HttpBadgeHost:
    return HttpBadgeHost(HOSTS, Names([PUBLIC]), server.dial, authority.trusting, seconds)


def test_the_canary_sings_when_it_is_reached() -> None:
    with canary() as found:
        for address in ("127.0.0.1", "::1"):
            with dial(address, 1.0, found.port) as connection:
                assert connection.recv(1) == b""
    assert sorted(found.hits) == ["127.0.0.1", "::1"]


@pytest.mark.parametrize("link", LINKS + UNSEEN)
def test_a_link_that_is_no_badge_of_a_named_host_asks_nobody(link: str, watched: Canary) -> None:
    names = Names(["127.0.0.1", "::1"])
    assert refusal(towards(watched, names), link) == "not_allowed"
    assert (names.asked, watched.hits) == (0, [])


def test_there_are_enough_links() -> None:
    assert len({*LINKS, *UNSEEN}) == len(LINKS + UNSEEN) >= 60


@pytest.mark.parametrize("address", CLOSED)
def test_a_name_that_leads_inside_is_not_connected_to(address: str, watched: Canary) -> None:
    assert not is_open(address)
    assert refusal(towards(watched, Names([address]))) == "unreachable"
    assert refusal(towards(watched, Names([PUBLIC, address]))) == "unreachable"
    assert refusal(towards(watched, Names([address, PUBLIC]))) == "unreachable"
    assert watched.hits == []


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::1111", "2a00:1450:4001:81b::200e"])
def test_the_open_internet_is_open(address: str) -> None:
    assert is_open(address)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "2130706433", "localtest.me."])
def test_a_careless_list_of_hosts_still_leads_nowhere_inside(name: str, watched: Canary) -> None:
    host = towards(watched, Names(["127.0.0.1"]), frozenset({name}))
    assert refusal(host, f"https://{name}/badge.json") == "unreachable"
    assert watched.hits == []


def test_the_systems_names_of_this_machine_are_refused_too(watched: Canary) -> None:
    host = HttpBadgeHost(
        frozenset({"localhost"}), resolve, lambda at, seconds: dial(at, seconds, watched.port)
    )
    assert refusal(host, "https://localhost/badge.json") == "unreachable"
    assert watched.hits == []


def test_a_name_that_changes_its_mind_is_asked_once(watched: Canary) -> None:
    """Rebinding: the second answer would be this machine."""
    names, dialled = Names([PUBLIC], ["127.0.0.1"]), []

    def dialler(address: str, seconds: float):  # type: ignore[no-untyped-def]
        dialled.append(address)
        raise OSError

    assert refusal(HttpBadgeHost(HOSTS, names, dialler)) == "unreachable"
    assert (names.asked, dialled, watched.hits) == (1, [PUBLIC], [])


def test_a_page_of_a_badge_is_asked_for_as_json(authority: Authority, papers: Papers) -> None:
    body = json.dumps({"id": ASSERTION, "badge": {"name": "여름"}}).encode()
    with serving(papers, say("200 OK", body, JSON)) as server:
        for link in (PAGE, PAGE + "/", PAGE + "/public_url", PAGE + "?source=mail", ASSERTION):
            found = here(server, authority).fetch(link)
            assert found.address == ASSERTION
            assert json.loads(found.data) == json.loads(body)
    assert set(server.dialled) == {PUBLIC}
    head = server.heads[0].decode()
    assert head.startswith(f"GET /v1/obi/v2/badge_assertions/{UUID} HTTP/1.1\r\n")
    assert "\r\nHost: api.credly.com\r\n" in head
    assert "gzip" not in head


def test_a_link_is_read_without_asking_anybody() -> None:
    host = HttpBadgeHost(HOSTS, Names(), lambda *_: pytest.fail("dialled"))
    assert host.address_of(PAGE.upper().replace("HTTPS://WWW.CREDLY.COM/BADGES", PAGE[:29])) == (
        ASSERTION
    )
    with pytest.raises(BadgeRefused, match="not_allowed"):
        HttpBadgeHost(frozenset({"www.credly.com"})).address_of(PAGE)


def test_the_badge_class_is_fetched_from_the_same_list(
    authority: Authority, papers: Papers
) -> None:
    address = f"https://api.credly.com/v1/obi/v2/badge_classes/{UUID}"
    first = json.dumps({"id": ASSERTION, "badge": address}).encode()
    with serving(papers, _by_path(first, json.dumps({"name": "badge"}).encode())) as server:
        found = json.loads(here(server, authority).fetch(PAGE).data)
    assert found["badge"] == {"id": address, "name": "badge"}
    assert len(server.heads) == 2


@pytest.mark.parametrize("badge", ["http://127.0.0.1/", "https://[::1]/", "file:///etc/passwd"])
def test_a_badge_class_elsewhere_is_not_asked_for(
    badge: str, authority: Authority, papers: Papers, watched: Canary
) -> None:
    body = json.dumps({"id": ASSERTION, "badge": badge}).encode()
    with serving(papers, say("200 OK", body, JSON)) as server:
        assert refusal(here(server, authority)) == "not_allowed"
    assert (len(server.heads), watched.hits) == (1, [])


def test_a_badge_class_under_another_name_is_refused(authority: Authority, papers: Papers) -> None:
    first = json.dumps({"id": ASSERTION, "badge": "https://api.credly.com/a"}).encode()
    other = json.dumps({"id": "https://api.credly.com/b"}).encode()
    with serving(papers, _by_path(first, other)) as server:
        assert refusal(here(server, authority)) == "not_json"


def _by_path(assertion: bytes, kind: bytes) -> Answering:
    def answering(connection, head: bytes) -> None:  # type: ignore[no-untyped-def]
        body = assertion if b"badge_assertions" in head else kind
        say("200 OK", body, JSON)(connection, head)

    return answering


@pytest.mark.parametrize("status", ["301", "302", "303", "307", "308"])
def test_a_redirect_is_not_followed(
    status: str, authority: Authority, papers: Papers, watched: Canary
) -> None:
    to = f"Location: https://127.0.0.1:{watched.port}/"
    with serving(papers, say(f"{status} Elsewhere", b"{}", to, JSON)) as server:
        assert refusal(here(server, authority)) == "unreachable"
    assert (len(server.heads), watched.hits) == (1, [])


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("404 Not Found", "not_found"),
        ("410 Gone", "not_found"),
        ("403 Forbidden", "not_found"),
        ("401 Unauthorized", "not_found"),
        ("429 Too Many Requests", "unreachable"),
        ("500 Oops", "unreachable"),
        ("204 No Content", "unreachable"),
        ("206 Partial", "unreachable"),
    ],
)
def test_what_the_host_says_no_with(
    status: str, reason: str, authority: Authority, papers: Papers
) -> None:
    with serving(papers, say(status, b"{}", JSON)) as server:
        assert refusal(here(server, authority)) == reason


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"{}", ()),
        (b"{}", ("Content-Type: text/html",)),
        (b"{}", ("Content-Type: image/png",)),
        (b"{}", (JSON, "Content-Encoding: gzip")),
        (b"\x1f\x8b\x08\x00" + b"\x00" * 2000, (JSON, "Content-Encoding: gzip")),
        (b"\x1f\x8b\x08\x00" + b"\x00" * 2000, (JSON,)),
        (b"{}", (JSON, "Content-Encoding: br, gzip")),
        (b"", (JSON,)),
        (b"[]", (JSON,)),
        (b"null", (JSON,)),
        (b"{", (JSON,)),
        (b"<html>", (JSON,)),
        (b"\xff\xfe", (JSON,)),
        (b'{"a":' * 100_000, (JSON,)),
        (b'{"a": "\\ud800"}', (JSON,)),
    ],
)
def test_only_one_plain_json_object_is_taken(
    body: bytes, headers: tuple[str, ...], authority: Authority, papers: Papers
) -> None:
    with serving(papers, say("200 OK", body, *headers)) as server:
        assert refusal(here(server, authority)) == "not_json"


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "application/ld+json", "Application/JSON"]
)
def test_json_by_its_other_names_is_taken(kind: str, authority: Authority, papers: Papers) -> None:
    with serving(papers, say("200 OK", b"{}", f"Content-Type: {kind}")) as server:
        assert here(server, authority).fetch(ASSERTION).data == b"{}"


def _for_ever(start: bytes, piece: bytes, pause: float) -> Answering:
    """Until the visitor leaves; a visitor that stays would keep this test for ever."""

    def answering(connection, head: bytes) -> None:  # type: ignore[no-untyped-def]
        connection.sendall(start)
        while True:
            connection.sendall(piece)
            time.sleep(pause)

    return answering


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("answering", "reasons"),
    [
        (_for_ever(HEAD + b"Content-Length: 999\r\n\r\n", b" ", 0.02), {"unreachable"}),
        (_for_ever(HEAD + b"\r\n", b" ", 0.02), {"unreachable"}),
        (_for_ever(b"", b"H", 0.02), {"unreachable"}),
        (_for_ever(HEAD, b"X-More: 1\r\n", 0.0), {"unreachable"}),
        (_for_ever(HEAD, b"X-More: 1\r\n", 0.05), {"unreachable"}),
        (_for_ever(HEAD + b"X-Long: ", b"x" * 4096, 0.0), {"unreachable"}),
        (_for_ever(b"", b"HTTP/1.1 100 Go on\r\n\r\n", 0.02), {"unreachable"}),
        (_for_ever(b"", b"HTTP/1.1 100 Go on\r\n\r\n" * 200, 0.0), {"too_large", "unreachable"}),
        (_for_ever(HEAD + b"Content-Length: 9999999999\r\n\r\n", b"x" * 65536, 0.0), {"too_large"}),
        (_for_ever(HEAD + b"\r\n", b"x" * 65536, 0.0), {"too_large"}),
        (
            _for_ever(
                HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"x" * 4096 + b"\r\n", 0
            ),
            {"too_large"},
        ),
        (_for_ever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0", 0.0), {"unreachable"}),
    ],
)
def test_an_answer_without_end_is_left(
    answering: Answering, reasons: set[str], authority: Authority, papers: Papers
) -> None:
    with serving(papers, answering) as server:
        assert refusal(here(server, authority, seconds=1.0)) in reasons
    assert len(server.heads) == 1


def test_a_host_that_takes_the_connection_and_is_silent_is_left(
    authority: Authority, papers: Papers
) -> None:
    left = threading.Event()

    def silent(connection, head: bytes) -> None:  # type: ignore[no-untyped-def]
        connection.recv(1)
        left.set()

    with serving(papers, silent) as server:
        assert refusal(here(server, authority, seconds=0.3)) == "unreachable"
        assert left.wait(5)


def test_a_name_server_that_is_silent_is_left(watched: Canary) -> None:
    answered = threading.Event()

    def names(host: str) -> Sequence[str]:
        answered.wait(10)
        return ["127.0.0.1"]

    host = HttpBadgeHost(HOSTS, names, lambda *_: pytest.fail("dialled"), seconds=0.2)
    assert refusal(host) == "unreachable"
    assert not answered.is_set()
    answered.set()


def test_a_name_nobody_knows_is_unreachable() -> None:
    def unknown(host: str) -> Sequence[str]:
        raise OSError(-2, "Name or service not known")

    assert refusal(HttpBadgeHost(HOSTS, unknown)) == "unreachable"
    assert refusal(HttpBadgeHost(HOSTS, Names([]))) == "unreachable"


@pytest.mark.parametrize(
    ("names", "days"),
    [(("other.example",), 30), (("credly.com",), 30), (("api.credly.com",), -1), ((PUBLIC,), 30)],
)
def test_a_wrong_certificate_gets_no_request(
    names: tuple[str, ...], days: int, authority: Authority
) -> None:
    with serving(authority.papers(*names, days=days), say("200 OK", b"{}", JSON)) as server:
        assert refusal(here(server, authority)) == "unreachable"
    assert server.heads in ([], [b""])


def test_a_certificate_of_an_unknown_authority_gets_no_request(papers: Papers) -> None:
    with serving(papers, say("200 OK", b"{}", JSON)) as server:
        host = HttpBadgeHost(HOSTS, Names([PUBLIC]), server.dial, ssl.create_default_context)
        assert refusal(host) == "unreachable"
    assert server.heads in ([], [b""])


def test_a_host_without_tls_gets_no_request(authority: Authority) -> None:
    with serving(None, say("200 OK", b"{}", JSON)) as server:
        assert refusal(here(server, authority, seconds=1.0)) == "unreachable"
    assert all(b"GET" not in head for head in server.heads)


def test_the_next_address_is_tried_when_the_first_is_down(
    authority: Authority, papers: Papers
) -> None:
    with serving(papers, say("200 OK", b"{}", JSON)) as server:

        def dialler(address: str, seconds: float):  # type: ignore[no-untyped-def]
            if address == "2606:4700::1111":
                raise ConnectionRefusedError
            return server.dial(address, seconds)

        names = Names(["2606:4700::1111", PUBLIC])
        host = HttpBadgeHost(HOSTS, names, dialler, authority.trusting)
        assert host.fetch(PAGE).address == ASSERTION


def test_switched_off_it_says_so() -> None:
    for ask in (NullBadgeHost().fetch, NullBadgeHost().address_of):
        with pytest.raises(BadgeRefused, match="off"):
            ask(PAGE)
    assert NullBadgeHost().is_on is False


def test_a_file_of_a_proxy_in_the_environment_changes_nothing(
    authority: Authority, papers: Papers, watched: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{watched.port}")
    with serving(papers, say("200 OK", b"{}", JSON)) as server:
        assert here(server, authority).fetch(PAGE).data == b"{}"
    assert watched.hits == []
    assert Path(papers.file).exists()
