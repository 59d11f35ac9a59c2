"""Benchmarks: each explains its physics, prints a table, and ends with one line of JSON."""
