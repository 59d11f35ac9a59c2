"""Clients of the short form: pages that send `{"message": …}` and draw `start`, `stream`, `end`.

Whatever a person has to know reaches them as text of these three frames. None of it is stored.
"""
