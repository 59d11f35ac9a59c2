"""As a project's settings are, and what the chat needs beside them."""

from __future__ import annotations

import os
from pathlib import Path

_DATA = Path(os.environ["MYLLM_DATA_DIR"])
MYLLM = {
    "PROJECT_USERS": True,
    "DATA_DIR": _DATA,
    "MODELS": ["scripted"],
    "PAGE_DIR": _DATA / "page",
    "PORT": int(os.environ["MYLLM_PORT"]),
}

SECRET_KEY = "of the project"
ALLOWED_HOSTS = ["127.0.0.1", "shop.example"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "chat",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
_PAGES = {"login.html": "<form method=post>{% csrf_token %}</form>"}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", _PAGES)]},
    }
]
ROOT_URLCONF = "tests.host_project.urls"
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": _DATA / "shop.sqlite3",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
