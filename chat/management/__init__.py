"""Commands, and what `serve` does before it listens, one step per file."""
