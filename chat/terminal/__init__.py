"""What commands write to the terminal. Standard library only, except for `refused`, as the
bootstrap uses it before packages are installed.
"""
