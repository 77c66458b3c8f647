"""What a stranger's file may cost: what is cheap is read whatever its size, the rest is bounded."""

from typing import Any

import pytest

from matcher.credentials import carriers, inside, integrity_proofs, pinned, status_lists
from matcher.credentials.types import AtHand, Verdict
from matcher.credentials.verifying import check
from tests import credential_workshop as shop
from tests.credential_workshop import LIST, NOW, RECIPIENT, UNIVERSITY


def verdict(data: bytes, at_hand: AtHand | None = None) -> tuple[Verdict, list[str]]:
    found = check(data, at_hand or shop.at_hand(), recipient=RECIPIENT, now=NOW)
    return found.verdict, [each.code for each in found.reasons]


def proved(**members: Any) -> bytes:
    return shop.text_of(UNIVERSITY.proved(shop.badge(**members)))


def seen(number: int) -> list[dict[str, Any]]:
    return [{"id": f"urn:x:{n}", "type": ["Evidence"], "name": "seen"} for n in range(number)]


def test_a_long_text_is_no_work() -> None:
    assert verdict(proved(description="가" * 70_000)) == (Verdict.VERIFIED, [])


def test_a_badge_with_as_many_things_as_are_read_holds_and_one_with_more_is_not_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    most = (integrity_proofs.MOST_VALUES - 40) // 4
    assert verdict(proved(evidence=seen(most))) == (Verdict.VERIFIED, [])
    monkeypatch.setattr(integrity_proofs, "check", lambda *_, **__: pytest.fail("opened"))
    assert verdict(proved(evidence=seen(most + 20))) == (Verdict.INVALID, ["too_complex"])


def test_members_of_a_record_share_one_allowance() -> None:
    heavy = UNIVERSITY.proved(shop.badge(evidence=seen(200)))
    members = inside.MOST_VALUES // integrity_proofs.work_of(heavy)[0] + 1
    record = shop.record(UNIVERSITY, *[heavy] * members)
    data = UNIVERSITY.token(shop.claims(record))
    assert verdict(data) == (Verdict.UNVERIFIABLE, ["too_complex"])


def test_a_status_list_is_opened_once_however_often_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened, decoded = [], status_lists._decoded
    monkeypatch.setattr(
        status_lists, "_decoded", lambda *args: opened.append(args) or decoded(*args)
    )
    entries = [shop.entry(place) for place in range(status_lists.MOST_ENTRIES)]
    data = shop.token(credentialStatus=entries)
    assert verdict(data, shop.with_list(shop.status_list())) == (Verdict.VERIFIED, [])
    assert len(opened) == 1


def test_a_picture_of_countless_empty_pieces_is_not_read_to_its_end() -> None:
    pieces = shop.chunk(b"tEXt", b"") * (carriers.MOST_CHUNKS + 1)
    picture = shop.picture()
    data = picture[:33] + pieces + picture[33:]
    assert verdict(data) == (Verdict.INVALID, ["picture_broken"])


@pytest.mark.parametrize(
    ("raised", "carried"),
    [((), True), ((0, 7, 8, 131_071), True), (tuple(range(100_001)), False)],
    ids=["empty", "some", "full"],
)
def test_the_page_to_keep_carries_lists_of_a_size_it_can_hold(
    raised: tuple[int, ...], carried: bool
) -> None:
    held = shop.with_list(shop.status_list(raised))
    lists = pinned.pinned(held, {}, NOW)["lists"]
    assert ({LIST: list(raised)} if carried else {}) == {
        address: each["set"] for address, each in lists.items()
    }
