"""Access control: host check, authentication, rights, and their revocation."""
