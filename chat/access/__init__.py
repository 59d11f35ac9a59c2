"""Who may come in, and as whom: from the gate before everything to pairing and revoking."""
