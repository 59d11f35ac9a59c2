"""How much memory models may hold, and which of them are to hold it."""
