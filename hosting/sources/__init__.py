"""Where pip and npm get packages from: which index is asked, how fast it answers, and what happens
when it does not. Standard library only: the bootstrap uses it.
"""
