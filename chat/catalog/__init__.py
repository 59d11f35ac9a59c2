"""The use cases around models: the list, the offer of downloads, and accounts at providers.

Each takes the actor as its first argument and checks the actor's rights.
"""
