"""Which process owns the data folder and the database. Standard library only, except for `own_data`
and `advisory_lock`, as the data folder is claimed before packages are installed.
"""
