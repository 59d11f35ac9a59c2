"""A chat in the terminal: through the running server, or with the model in this process."""
