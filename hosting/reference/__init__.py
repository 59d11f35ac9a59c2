"""Generates pages of the reference, and the client's types and ranges, from the code."""
