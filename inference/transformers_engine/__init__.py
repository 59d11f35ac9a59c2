"""Continuous batching of transformers models: one thread, fixed slots, no cache copies."""
