"""The public score of response headers, re-implemented: start at 100, penalties, then bonuses.

The rules are those of the MDN HTTP Observatory as of 2026-10; own scripts carry no integrity
attribute, so that bonus (+5) and the one for preloading HSTS (+5) are out of reach: 155 at most.
"""

import re
from collections.abc import Mapping

UNSAFE = ("'unsafe-inline'", "'unsafe-eval'", "data:", "http:", "https:", "*")


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    names = [part[0] for part in parts]
    assert sorted(set(names)) == sorted(names), "a directive comes twice"
    return {part[0]: part[1:] for part in parts}


def score(headers: Mapping[str, str], cookies: list[str], is_https: bool) -> int:
    """What a scan of this one response would give."""
    policy = directives(headers.get("content-security-policy", ""))
    penalties = _penalties(headers, policy, cookies, is_https)
    return 100 - penalties + (_bonuses(headers, policy, cookies) if penalties <= 10 else 0)


def _penalties(
    headers: Mapping[str, str], policy: Mapping[str, list[str]], cookies: list[str], is_https: bool
) -> int:
    sessions = [each for each in cookies if "session" in each.split("=")[0]]
    found = {
        "no policy": (25, not policy),
        "unsafe sources": (20, _is_unsafe(policy)),
        "no HSTS": (20, is_https and _max_age(headers) < 15_768_000),
        "framing": (20, policy.get("frame-ancestors") != ["'none'"]),
        "sniffing": (5, headers.get("x-content-type-options") != "nosniff"),
        "any origin": (50, headers.get("access-control-allow-origin") == "*"),
        "session without Secure": (
            40,
            is_https and any("secure" not in c.lower() for c in sessions),
        ),
        "session without HttpOnly": (30, any("httponly" not in c.lower() for c in sessions)),
        "cookie without SameSite": (5, any("samesite" not in c.lower() for c in cookies)),
    }
    return sum(points for points, is_so in found.values() if is_so)


def _bonuses(
    headers: Mapping[str, str], policy: Mapping[str, list[str]], cookies: list[str]
) -> int:
    strict = policy.get("default-src") == ["'none'"] and policy.get("form-action", ["'none'"]) in (
        ["'self'"],
        ["'none'"],
    )
    flags = ("secure", "httponly", "samesite")
    return sum(
        (
            10 if strict else 5,
            5 if all(flag in each.lower() for each in cookies for flag in flags) else 0,
            5 if headers.get("referrer-policy") in {"no-referrer", "same-origin"} else 0,
            5 if "frame-ancestors" in policy else 0,
            10 if headers.get("cross-origin-resource-policy") == "same-origin" else 0,
            10 if headers.get("cross-origin-embedder-policy") == "require-corp" else 0,
            10 if headers.get("cross-origin-opener-policy") == "same-origin" else 0,
        )
    )


def _is_unsafe(policy: Mapping[str, list[str]]) -> bool:
    used = [source for sources in policy.values() for source in sources]
    return any(source in UNSAFE for source in used)


def _max_age(headers: Mapping[str, str]) -> int:
    found = re.search(r"max-age=(\d+)", headers.get("strict-transport-security", ""))
    return int(found[1]) if found else 0
