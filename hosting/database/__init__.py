"""The SQLite file of this installation: whether it exists, and what remains of it."""
