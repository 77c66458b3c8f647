"""How many people will be hired, by quarter and industry, from what was recorded so far."""
