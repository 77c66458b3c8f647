"""Files at an import's door: hostile names, other kinds of files, bombs, broken tables."""

import io
import zipfile

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.exchange import to_xlsx
from matcher.jobs import imports
from matcher.wiring import Services
from models.bulk import ImportTask
from tests.conftest import SignIn, token_of
from tests.factories import PICTURE
from tests.people import People
from tests.roster_files import roster
from tests.unit.exchange.test_evidence_files import PDF
from tests.web.test_bulk_pages import HEADERS, upload

SHEET = to_xlsx([{"email": "a@example.org", "name": "가"}])


def zipped(*names: str, each: bytes = b"x") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, each)
    return stream.getvalue()


def book(*more: str, each: bytes = b"x") -> bytes:
    return zipped("[Content_Types].xml", "xl/workbook.xml", *more, each=each)


def names_kept(services: Services) -> list[str]:
    with services.database.reading() as session:
        return [row.file_name for row in session.exec(select(ImportTask))]


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("a.xlsx", PICTURE, 415),
        ("a.csv", PICTURE, 415),
        ("a.csv", PDF, 415),
        ("a.pdf", PDF, 415),
        ("a.png", PICTURE, 415),
        ("a.csv", b"<html><script>alert(1)</script>", 415),
        ("a.csv", b'<?xml version="1.0"?><svg/>', 415),
        ("a.json", zipped("a.txt"), 415),
        ("a.csv", SHEET, 415),
        ("a.xlsx", zipped("a.txt"), 415),
        ("a.xlsx", b"email,name\na@example.org,x\n", 415),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 415),
        ("a.exe", b"x", 415),
        ("a", b"x", 415),
        ("a.csv", b"", 422),
        ("a.csv", b"\r\n \n", 422),
        ("a.xlsx", SHEET[: len(SHEET) // 2], 422),
        ("a.xlsx", book("../x"), 422),
        ("a.xlsx", book("/abs"), 422),
        ("a.xlsx", book("xl/vbaProject.bin"), 422),
        ("a.xlsx", book(*(f"xl/{n}.png" for n in range(10_000))), 422),
        ("a.xlsx", book("xl/worksheets/sheet1.xml", each=b"\0" * 60_000_000), 422),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_at_once_on_the_form_with_the_kind_kept(
    services: Services, people: People, sign_in: SignIn, name: str, data: bytes, status: int
) -> None:
    client = sign_in(people.coordinator)
    answer = upload(client, data, name, "attendance")
    assert answer.status_code == status
    assert 'id="f-file-error"' in answer.text
    assert '<option value="attendance" selected>' in answer.text
    assert names_kept(services) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_refusal_says_what_is_taken_in_the_readers_language(
    people: People, sign_in: SignIn, language: str
) -> None:
    client = sign_in(people.centre)
    client.get(f"/centre/imports?lang={language}")
    answer = upload(client, PICTURE, "a.png", base="/centre")
    said = {
        "ko": "CSV, XLSX, JSON 파일만 받습니다",
        "en": "only CSV, XLSX and JSON files are taken",
    }
    assert answer.status_code == 415
    assert said[language] in answer.text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("..\\..\\x.csv", "x.csv"),
        ("/abs.csv", "abs.csv"),
        ("C:\\x.csv", "x.csv"),
        ("CON.csv", "CON.csv"),
        ("가" * 300 + ".csv", "가" * 80 + ".csv"),
        ("\u1106\u1167\u11bc단.csv", "명단.csv"),
        ("gpj\u202ecsv.csv", "gpjcsv.csv"),
        (".csv", "file.csv"),
    ],
)
def test_a_name_is_only_ever_shown(
    services: Services, people: People, sign_in: SignIn, sent: str, kept: str
) -> None:
    client = sign_in(people.coordinator)
    answer = upload(client, roster(1), sent)
    assert answer.status_code == 303
    assert names_kept(services) == [kept]
    assert kept in client.get(answer.headers["location"]).text


def body(*parts: bytes, edge: bytes = b"x") -> bytes:
    return b"".join(b"--%s\r\n%s\r\n" % (edge, part) for part in parts) + b"--%s--\r\n" % edge


FIELD = b'Content-Disposition: form-data; name="kind"\r\n\r\nyouths'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (body(*[FIELD] * 2_000), "multipart/form-data; boundary=x"),
        (
            body(*[b'Content-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na'] * 99),
            "multipart/form-data; boundary=x",
        ),
        (body(b"X-Long: " + b"a" * 1_000_000 + b"\r\n\r\na"), "multipart/form-data; boundary=x"),
        (body(FIELD), "multipart/form-data"),
        (body(FIELD, edge=b"y" * 71), "multipart/form-data; boundary=" + "y" * 71),
        (b"--x\r\n" * 5, "multipart/form-data; boundary=x"),
    ],
    ids=["parts", "files", "part header", "no boundary", "long boundary", "empty parts"],
)
def test_a_body_that_is_no_form_is_refused_and_nothing_is_kept(
    services: Services, people: People, sign_in: SignIn, content: bytes, kind: str
) -> None:
    client = sign_in(people.coordinator)
    answer = client.post(
        "/coordinator/imports", content=content, headers=HEADERS | {"Content-Type": kind}
    )
    assert answer.status_code in (400, 403)
    assert names_kept(services) == []


@pytest.mark.parametrize("is_declared", [True, False])
def test_sixty_megabytes_are_not_taken_in(
    services: Services, people: People, sign_in: SignIn, is_declared: bool
) -> None:
    client, piece = sign_in(people.coordinator), b"a" * 1_048_576
    sent = 0

    def pieces():  # type: ignore[no-untyped-def]
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        for _n in range(60):
            sent += 1
            yield piece

    content = body(b"".join(pieces())) if is_declared else pieces()
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = client.post("/coordinator/imports", content=content, headers=HEADERS | kind)
    assert answer.status_code == 413
    assert names_kept(services) == []


def checked(services: Services, client: TestClient, data: bytes | str, name: str) -> str:
    task = upload(client, data, name).headers["location"]
    imports.run(services)
    return client.get(task).text


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'email,name\na@example.org,"x\n', "2"),
        (b"email,name\n" + b"a" * 2_000_000, "2"),
        (b"email,name\na@example.org,x\nb\0,y\n", "3"),
        (b"email,name\na@example.org,x,y,z\n", "2"),
        (b",".join(b"c%d" % n for n in range(10_000)) + b"\n1\n", "1"),
        (b"email,name\n\xff\xfe\xff,x\n", "2"),
    ],
    ids=["quote", "long line", "nul", "ragged", "columns", "encoding"],
)
def test_a_broken_table_is_told_by_its_line_and_stores_nothing(
    services: Services, people: People, sign_in: SignIn, data: bytes, line: str
) -> None:
    page = checked(services, sign_in(people.coordinator), data, "a.csv")
    assert f'<th scope="row" class="r">{line}</th>' in page
    assert "아무것도 저장하지 않았습니다" in page


def test_the_same_file_again_changes_nothing_and_tells_no_other_desk(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    task = upload(client, roster(3)).headers["location"]
    imports.run(services)
    client.post(f"{task}/store", data={"csrf": token_of(client)}, headers=HEADERS)
    imports.run(services)
    assert "이미 가져온 파일입니다" in checked(services, client, roster(3), "b.csv")
    other = sign_in(people.other_coordinator)
    assert "이미 가져온 파일입니다" not in checked(services, other, roster(3), "b.csv")
