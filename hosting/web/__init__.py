"""uvicorn, bounded: what listens, how much of it there is, and who is parted with first."""
