"""Scheduling of sequences into steps, and the threads that run the steps."""
