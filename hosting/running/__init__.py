"""Other commands' access to the server that runs on this data folder."""
