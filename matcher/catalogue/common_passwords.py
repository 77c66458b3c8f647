"""Passwords everybody tries first; data/common_passwords.txt says how the list was made."""

from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "common_passwords.txt"


@cache
def common_passwords() -> frozenset[str]:
    """Lower case, NFKC."""
    lines = FILE.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("# "))
