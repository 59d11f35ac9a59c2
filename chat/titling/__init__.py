"""Titles written by a conversation's model in the background, after its first answer."""
