"""A small Django project of somebody else's, with users of its own, that has the chat in it."""
