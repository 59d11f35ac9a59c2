"""Builds the page from `client-uniapp/`."""
