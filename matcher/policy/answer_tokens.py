"""The secret part of an answer link: a random word and this service's signature under it.

The signature is bound to this one purpose: nothing else the service ever signed opens a link, and
a changed byte is refused before the database is asked.
"""

import base64
import hashlib
import hmac
import re

NONCE = re.compile(r"[A-Za-z0-9_-]{22}")
PURPOSE = "answer-link"
FOR_EVERYBODY = frozenset(
    (
        "naver.com", "daum.net", "hanmail.net", "kakao.com", "nate.com", "korea.com", "empas.com",
        "empal.com", "dreamwiz.com", "lycos.co.kr", "paran.com", "chol.com", "freechal.com",
        "hanmir.com", "zum.com", "gmail.com", "googlemail.com", "outlook.com", "outlook.kr",
        "hotmail.com", "live.com", "live.co.kr", "msn.com", "icloud.com", "me.com", "mac.com",
        "yahoo.com", "yahoo.co.kr", "yahoo.co.jp", "ymail.com", "aol.com", "gmx.com", "gmx.de",
        "gmx.net", "mail.com", "mail.ru", "yandex.com", "yandex.ru", "proton.me", "protonmail.com",
        "pm.me", "tutanota.com", "tuta.io", "zoho.com", "fastmail.com", "hey.com", "qq.com",
        "foxmail.com", "163.com", "126.com", "sina.com",
    )
)  # fmt: skip
"""Mail services where anybody has a mailbox: there, a place says nothing about the firm."""


def signed(key: str, nonce: str) -> str:
    """`nonce`: 16 random bytes as 22 letters."""
    message = f"{PURPOSE}|{nonce}".encode()
    digest = hmac.new(key.encode(), message, hashlib.sha256).digest()
    return f"{nonce}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def is_signed(key: str, token: str) -> bool:
    """Compared as text: base64 has more than one spelling of its last letter."""
    nonce, _dot, _rest = token.partition(".")
    if not token.isascii() or not NONCE.fullmatch(nonce):
        return False
    return hmac.compare_digest(signed(key, nonce).encode(), token.encode())


def is_mailbox_of(address: str, known: tuple[str | None, ...]) -> bool:
    """Whether an address is at the same place as one the organisation is known by: a link shows a
    person's application, and must not be sent just anywhere. At a service for everybody only the
    very same mailbox counts."""
    own = {each.lower() for each in known if each}
    if is_for_everybody(address):
        return address.lower() in own
    return _place(address) in {_place(each) for each in own}


def is_for_everybody(address: str) -> bool:
    return _place(address) in FOR_EVERYBODY


def _place(address: str) -> str:
    return address.rpartition("@")[2].lower()
