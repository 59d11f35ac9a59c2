"""The next token, drawn from a model's logits."""
