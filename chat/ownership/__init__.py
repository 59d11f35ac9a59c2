"""Which process owns the data folder and the database. Standard library only, but for `own_data`
and `advisory_lock`: the data folder is claimed before anything is installed.
"""
