"""How many pages a list has."""


def pages_of(total: int, size: int) -> int:
    """At least one: an empty list is a page too."""
    return max(1, -(-total // size))
