"""Taking conversations out and in: our own JSON, ChatGPT's export, and Markdown to read.

Pure: what comes in are bytes, what goes out is text; `chat.store.transfer` reads and writes it.
"""
