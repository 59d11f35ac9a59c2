"""Our own continuous batching for transformers models: one thread, fixed slots, no copies."""
