"""Prepares requests for backends: history, limits, options."""
