"""Django's settings, from the environment alone. `docs/settings.md` lists every variable."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from MyLLM.bootstrap.installed import lacks
from MyLLM.django_admin import is_django_admin, prepare

if is_django_admin(sys.argv):
    prepare(sys.argv, os.environ)
if missing := lacks(sys.argv):  # before the first import of a package
    sys.exit(missing)

from corsheaders.defaults import default_headers

from chat.access.origins import APP_ORIGINS
from chat.conf import ChatSettings
from chat.conf.declaration import declarations
from chat.conf.reading import read_settings
from hosting.conf import HostingSettings
from MyLLM import database
from MyLLM.env import check_limits, flag, notices, read, secret, variable
from MyLLM.package_folder import package_folder

BASE_DIR = Path(__file__).resolve().parent.parent

_FOLDERS = {
    "DATA_DIR": str(BASE_DIR / "var"),
    "PAGE_DIR": str(BASE_DIR / "client-uniapp" / "dist" / "build" / "h5"),
}
MYLLM = read(ChatSettings, os.environ, _FOLDERS)
MYLLM_HOSTING = read(HostingSettings, os.environ, {})
_declared = (*declarations(ChatSettings), *declarations(HostingSettings))
check_limits(os.environ, _declared)
MYLLM_HOSTING["NOTICES"] = notices(os.environ, _declared)
_chat = read_settings(ChatSettings, "MYLLM", MYLLM)
# Unpaired devices in the network can do nothing but pair; docs/decisions/0002.
MYLLM.setdefault("HOST", "0.0.0.0" if _chat.open or _chat.pairing else "127.0.0.1")  # noqa: S104

DATABASE_URL = os.environ.get("DATABASE_URL", "").strip()
SECRET_KEY = secret(variable("MYLLM_SECRET_KEY"), _chat.data_dir / "secret_key")
DEBUG = flag(variable("MYLLM_DEBUG"))
# chat.access.host_check precedes Django and knows addresses that change; this is looser.
ALLOWED_HOSTS = ["*"]
CORS_ALLOWED_ORIGINS = list(_chat.origins)
# WebViews of apps, for which chat.access.host_check requires a token.
CORS_ALLOWED_ORIGIN_REGEXES = [rf"{re.escape(origin)}\Z" for origin in APP_ORIGINS if _chat.pairing]
CORS_ALLOW_HEADERS = [*default_headers, "if-match", "if-none-match", "x-http-method-override"]
CORS_EXPOSE_HEADERS = ["etag"]
# Not "no-referrer": browsers would send `Origin: null` with the admin pages' forms.
SECURE_REFERRER_POLICY = "same-origin"
# Over plain http browsers ignore this header and log an error on every page.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if _chat.tls else None

# Without daphne: hosting's `runserver` imports it, and a core installation lacks it. Without
# ninja: it and pydantic would be imported before the server answers.
INSTALLED_APPS = [
    # Not the one that imports all admin modules at the start: the first request imports them,
    # when the server already runs.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "corsheaders",
    "channels",
    "hosting",  # before staticfiles, whose `runserver` serves no WebSockets, and before chat
    "chat",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "chat.middleware.content_policy.content_security_policy",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "chat.pages.page.PageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "chat.middleware.admin_login.limit_admin_login",
]
AUTHENTICATION_BACKENDS = ["chat.members.admin_login.CheckedLogin"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [package_folder("ninja") / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
X_FRAME_OPTIONS = "DENY"
# Only the admin pages use a session cookie; the chat uses tokens.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SECURE = _chat.tls or _chat.public_url.startswith("https://")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SILENCED_SYSTEM_CHECKS = [
    # A private network has no certificates: the server uses plain http by design, so it can
    # neither announce https (W004) nor redirect to it (W008), and with cookies for https alone
    # (W012, W016) nobody could log in.
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
ROOT_URLCONF = "MyLLM.urls"
ASGI_APPLICATION = "MyLLM.asgi.application"

# chat.pages.page.PageMiddleware serves the built page from the root.
STATIC_URL = "/static/"
STATICFILES_DIRS = [package_folder("ninja") / "static"]
SERVESTATIC_ROOT = MYLLM["PAGE_DIR"]
SERVESTATIC_INDEX_FILE = True
SERVESTATIC_AUTOREFRESH = False
# The files of the admin and of the API page, found in their packages.
SERVESTATIC_USE_FINDERS = True
SERVESTATIC_USE_STATIC_ROOT = False
SERVESTATIC_ALLOW_ALL_ORIGINS = False
# Phones check the manifest's type when they add the page to the home screen.
SERVESTATIC_MIMETYPES = {".webmanifest": "application/manifest+json"}

DATABASES = {"default": database.from_url(DATABASE_URL, _chat.data_dir / "myllm.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
USE_TZ = True
TIME_ZONE = "UTC"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"entry": {"()": "chat.log_format.OneEntry", "fmt": "{message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "entry"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "chat": {"level": "INFO"},
        "hosting": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Its warnings contain every path that was not found, and the client's address.
        "django.request": {"level": "ERROR"},
    },
}
