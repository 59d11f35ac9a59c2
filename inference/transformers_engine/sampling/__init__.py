"""Sampling: the next token, drawn from a model's logits."""
