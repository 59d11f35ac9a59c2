"""Export and import of conversations: our own JSON, other programs' exports, and Markdown.

Independent of the database: `chat.store.imports` writes it and `chat.store.transfer` reads it. A
file is never held in memory as a whole. `upload` reads it once to check all of it, then one
conversation at a time; texts are read when they are stored.
"""
