"""Serving the chat from this computer: start, TLS, mDNS, the built page, diagnosis, commands."""
