"""Backups of the data folder as one zip file, and restoring them."""
