"""The commands around the data of the chat: its members, its API keys, what was deleted."""
