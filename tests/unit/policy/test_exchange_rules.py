"""Which changes of a published round are possible, by cases worked out by hand."""

from matcher.policy.exchanges import Ask, Exchange, Seats, passed_over, possible

NONE = Seats({}, {}, {})
A, B, C = Ask(1, 11, 100, 200), Ask(2, 12, 200, 100), Ask(3, 13, 200, 100)
EVERYWHERE = {(youth, opening) for youth in (11, 12, 13) for opening in (100, 200, 300)}


def test_two_who_want_each_others_place_swap_and_the_earlier_request_comes_first() -> None:
    assert possible([C, B, A], EVERYWHERE, NONE) == (Exchange((A, B)),)


def test_a_swap_needs_both_to_be_acceptable() -> None:
    assert possible([A, B], EVERYWHERE - {(12, 100)}, NONE) == ()
    assert possible([A, B, C], EVERYWHERE - {(12, 100)}, NONE) == (Exchange((A, C)),)


def test_a_cycle_of_three_is_no_swap() -> None:
    ring = [Ask(1, 11, 100, 200), Ask(2, 12, 200, 300), Ask(3, 13, 300, 100)]
    assert possible(ring, EVERYWHERE, NONE) == ()


def test_a_swap_is_preferred_to_a_move_and_a_seat_is_given_once() -> None:
    seats = Seats({200: 1}, {100: 2, 200: 2}, {})
    assert possible([A, B], EVERYWHERE, seats) == (Exchange((A, B)),)
    late = Ask(4, 13, 100, 200)
    assert possible([A, late], EVERYWHERE, seats) == (Exchange((A,)),)


def test_a_move_waits_for_the_unplaced_and_keeps_minimums() -> None:
    assert possible([A], EVERYWHERE, Seats({200: 1}, {100: 1}, {})) == (Exchange((A,)),)
    assert possible([A], EVERYWHERE, Seats({200: 0}, {100: 1}, {})) == ()
    assert possible([A], EVERYWHERE, Seats({200: 1}, {100: 0}, {})) == ()
    assert possible([A], EVERYWHERE, Seats({200: 1}, {100: 1}, {200: 1})) == ()
    assert possible([A], EVERYWHERE - {(11, 200)}, Seats({200: 1}, {100: 1}, {})) == ()


def test_openings_the_unplaced_would_get_are_named_only_while_a_seat_is_free() -> None:
    assert passed_over(Seats({1: 1, 2: 0, 3: 2}, {}, {1: 2, 2: 5, 3: 0})) == {1: 2}
