"""A model's text, around and after generation: what is the same for every engine."""
