"""Which course places most graduates: matching people and openings with a few course-made pairs."""
