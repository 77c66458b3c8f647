"""Asking the public course feed for all its pages, as one file an import takes."""

import json
from datetime import date

from matcher.exchange.hrdnet import read_feed
from matcher.gateways.course_feed import MOST_PAGES, PAGE, CourseFeed, FeedRefused


def fetch(feed: CourseFeed, since: date, until: date) -> bytes:
    """JSON with every course of the pages. Raises FeedRefused, also for a page that cannot be
    read: half a list would look like a whole one."""
    rows: list[dict[str, object]] = []
    for number in range(1, MOST_PAGES + 1):
        found = _rows(feed.page(number, since, until), number)
        rows += found
        if len(found) < PAGE:
            return json.dumps({"srchList": rows}, ensure_ascii=False).encode()
    raise FeedRefused(f"more than {MOST_PAGES * PAGE} courses; ask for fewer days")


def without(data: bytes, lines: set[int]) -> bytes:
    """The file without the items of these numbers, for rows the import refused."""
    rows = json.loads(data)["srchList"]
    kept = [row for number, row in enumerate(rows, 1) if number not in lines]
    return json.dumps({"srchList": kept}, ensure_ascii=False).encode()


def _rows(page: bytes, number: int) -> list[dict[str, object]]:
    table = read_feed(page, f"page-{number}.xml")
    if table.fatal:
        codes = {error.code for error in table.errors}
        if codes <= {"no_rows"}:
            return []
        raise FeedRefused(f"page {number}: {', '.join(sorted(codes))}")
    return [dict(zip(table.header, row.cells, strict=True)) for row in table.rows]
