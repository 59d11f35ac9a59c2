"""How each family of models writes a tool call. One file has the formats of one family."""
