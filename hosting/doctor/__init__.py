"""`manage.py doctor`: what may keep a phone out, found out from this computer."""
