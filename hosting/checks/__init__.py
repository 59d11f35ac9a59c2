"""The checks of `manage.py test`, run one after another."""
