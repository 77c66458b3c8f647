"""How an audit line's values are laid out for reading."""

from matcher.flows.admin_records import flat


def test_nested_values_read_by_their_path() -> None:
    change = {"before": {"status": "enrolled"}, "after": {"status": "graduated"}, "ids": [1, 2]}
    assert flat(change) == {
        "before.status": "enrolled",
        "after.status": "graduated",
        "ids": "1, 2",
    }
