"""The SQLite file of this installation: whether it is still there, and what is left of it."""
