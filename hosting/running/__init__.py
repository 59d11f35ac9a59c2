"""The server that runs on this data folder, as other commands talk to it."""
