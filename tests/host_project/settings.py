"""As a project's settings are, and what the chat needs beside them."""

from __future__ import annotations

from MyLLM import settings as myllm

# The chat's own settings come from the environment, as they do without a project.
globals().update({name: value for name, value in vars(myllm).items() if name.startswith("MYLLM_")})
MYLLM_PROJECT_USERS = True

SECRET_KEY = "of the project"
ALLOWED_HOSTS = ["127.0.0.1", "shop.example"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "channels",
    "ninja",
    "chat",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "chat.middleware.method_override.patch_by_post",
    "chat.api.refusals.wrong_methods",
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
LOGIN_REDIRECT_URL = "/"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": myllm.MYLLM_DATA_DIR / "shop.sqlite3",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
