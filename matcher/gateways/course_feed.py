"""The public list of training courses (HRD-Net). Off without a key; asked by one command only."""

import http.client
import ssl
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol
from urllib.parse import urlencode

HOST: Final = "hrd.work24.go.kr"
"""The one host this gateway ever speaks to, by https alone."""
PATH: Final = "/jsp/HRDP/HRDPO00/HRDPOA60/HRDPOA60_1.jsp"
JEJU: Final = "50"
PAGE: Final = 100
MOST_PAGES: Final = 50
SECONDS: Final = 10
MOST_BYTES: Final = 5 * 1024 * 1024
"""Of one page; a hundred courses are a tenth of it."""


class FeedRefused(Exception):
    """Nothing usable came; `reason` is told to the operator, never the key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CourseFeed(Protocol):
    @property
    def is_on(self) -> bool: ...

    def page(self, number: int, since: date, until: date) -> bytes:
        """Page `number`, from 1, of the courses of Jeju that begin in these days, as XML. Raises
        FeedRefused."""
        ...


class NullCourseFeed:
    is_on = False

    def page(self, number: int, since: date, until: date) -> bytes:
        raise FeedRefused("no key is set")


def connect() -> http.client.HTTPConnection:
    """http.client follows no redirect and uses no proxy: nothing leads to another host."""
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(HOST, 443, timeout=SECONDS, context=context)


@dataclass(frozen=True)
class HttpCourseFeed:
    key: str = field(repr=False)
    opener: Callable[[], http.client.HTTPConnection] = connect
    is_on = True

    def page(self, number: int, since: date, until: date) -> bytes:
        query = {
            "authKey": self.key,
            "returnType": "XML",
            "outType": "1",
            "pageNum": number,
            "pageSize": PAGE,
            "srchTraStDt": f"{since:%Y%m%d}",
            "srchTraEndDt": f"{until:%Y%m%d}",
            "srchTraArea1": JEJU,
            "sort": "ASC",
            "sortCol": "TR_STT_DT",
        }
        connection = self.opener()
        try:
            connection.request("GET", f"{PATH}?{urlencode(query)}", headers={"Accept": "text/xml"})
            with closing(connection.getresponse()) as answer:
                return self._body(answer)
        except (OSError, http.client.HTTPException) as error:
            raise FeedRefused(type(error).__name__) from None
        finally:
            connection.close()

    def _body(self, answer: http.client.HTTPResponse) -> bytes:
        if answer.status != http.client.OK:
            raise FeedRefused(f"HTTP {answer.status}")
        data = answer.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise FeedRefused(f"more than {MOST_BYTES} bytes")
        return data
