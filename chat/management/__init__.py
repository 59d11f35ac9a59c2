"""The commands for the chat's data: members, API keys, deleted conversations."""
