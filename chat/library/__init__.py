"""The use cases around conversations that no model takes part in: what REST and pages ask for.

Everything is asked for by an owner and finds that owner's things alone; what belongs to
somebody else is unknown. Raises `ChatError`.
"""
