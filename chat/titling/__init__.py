"""Titles that a conversation's model writes in the background, once its first answer is there."""
