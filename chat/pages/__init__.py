"""Views outside of `/api/`: the built page and health checks."""
