"""`manage.py test`: every check there is, one after another."""
