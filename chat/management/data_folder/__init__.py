"""The data folder: which process owns it, and who can read it. Standard library only: both are
settled before anything is installed.
"""
