"""What commands write to the terminal. Standard library only, but for `refused`: the bootstrap uses
it before anything is installed.
"""
