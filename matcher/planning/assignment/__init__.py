"""Placing a cohort: wishes of both sides in, an assignment with its proof out. Plain data only."""
