"""Backups of the data folder as one zip file, and how one is restored."""
