"""Which sequences a step runs, and the threads that run steps and report text."""
