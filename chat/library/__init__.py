"""The use cases around conversations that need no model.

Each takes the owner and finds only that owner's data; the data of other members is unknown. Raises
`ChatError`.
"""
