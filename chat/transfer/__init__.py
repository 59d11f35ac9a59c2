"""Taking conversations out and in: our own JSON, ChatGPT's export, and Markdown to read.

Knows nothing of the database: `chat.store.imports` and `chat.store.transfer` write and read it. A
file is never held in memory as a whole: `upload` reads it once to check all of it, then a
conversation at a time, and texts when they are stored.
"""
