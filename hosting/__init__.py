"""How this computer serves the chat: start, TLS, mDNS, the built page, diagnosis, commands."""
