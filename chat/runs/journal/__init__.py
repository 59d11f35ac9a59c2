"""A write-ahead journal of run events: on the disk before any reader gets them.

After the process was killed it completes what the database has of a run, so that the run goes on
after the last event that anybody read. Local to this computer with every database.
"""
