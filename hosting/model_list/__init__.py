"""The list of models for commands: of the running server, or of the database alone."""
