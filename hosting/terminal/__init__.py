"""Output at the terminal, and the slow programs it waits for. Standard library only: the bootstrap
and the guard use it before anything is installed.
"""
