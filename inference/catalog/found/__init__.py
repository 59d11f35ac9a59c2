"""Models that are on this computer already, in other programs' folders and servers.

Nothing that is found here is used unless a person chooses it.
"""
