"""Continuous batching of transformers models: one thread, fixed slots, no copies of the KV
cache.
"""
