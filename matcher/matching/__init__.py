"""Between flows and store: stored rows become the plain values of `matcher.ranking`."""
