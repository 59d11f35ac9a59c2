"""Conversations as prompt tokens, by the chat template of the model."""
