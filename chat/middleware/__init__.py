"""Middleware of HTTP requests. Host check and authentication are in `chat.access`."""
