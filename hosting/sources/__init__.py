"""The package indexes and registries for pip and npm: which one is used, how fast it answers, and
what replaces it. Standard library only: the bootstrap uses it.
"""
