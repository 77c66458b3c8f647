"""How long a person has to answer a partner's request."""

LEAST_DAYS, USUAL_DAYS, MOST_DAYS = 3, 7, 30
