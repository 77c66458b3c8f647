"""Where to go after signing in: a path on this site and nowhere else."""

import re

SAFE_PATH = re.compile(r"/(?![/\\])[A-Za-z0-9_\-./?=&%~+]{0,500}")


def safe_next(value: str | None) -> str:
    """`value` when it is a plain path of ours, else "/"."""
    if value is None or not SAFE_PATH.fullmatch(value):
        return "/"
    lowered = value.lower()
    return "/" if any(part in lowered for part in ("//", "%2f%2f", "%5c", "\\")) else value
