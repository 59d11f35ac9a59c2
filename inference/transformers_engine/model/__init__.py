"""The forward pass: packed batches, attention, KV cache."""
