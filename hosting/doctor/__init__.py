"""`manage.py doctor`: finds out from this computer what may keep phones from connecting."""
