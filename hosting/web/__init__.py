"""uvicorn with limits: what it listens on, how many connections there are, and which are closed
first.
"""
