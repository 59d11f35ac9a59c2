"""A model's states: downloaded, loaded, unloaded, crashed, restarted."""
