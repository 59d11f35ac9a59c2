"""What becomes of a request before a backend gets it: history, limits, options."""
