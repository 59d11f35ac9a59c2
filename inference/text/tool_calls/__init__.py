"""Tool calls in a model's text: read as they are generated, and constrained by a grammar."""
