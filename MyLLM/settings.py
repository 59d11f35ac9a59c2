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
from hosting.sources.indexes import npm_registries, pip_indexes
from MyLLM import database, env
from MyLLM.package_folder import package_folder

BASE_DIR = Path(__file__).resolve().parent.parent

MYLLM_OPEN = env.flag("MYLLM_OPEN", default=False)
MYLLM_PAIRING = env.flag("MYLLM_PAIRING", default=True)
# Who calls from the network is let in no further than to be paired; docs/decisions/0002.
_network = MYLLM_OPEN or MYLLM_PAIRING
MYLLM_HOST = env.word("MYLLM_HOST", "0.0.0.0" if _network else "127.0.0.1")  # noqa: S104
MYLLM_PORT = env.number("MYLLM_PORT", 8000, 1, 65535)
MYLLM_TLS = env.flag("MYLLM_TLS", default=False)
MYLLM_TLS_PORT = env.number("MYLLM_TLS_PORT", 8443, 1, 65535)
MYLLM_MODELS = env.models("MYLLM_MODELS", "builtin")
MYLLM_DATA_DIR = env.folder("MYLLM_DATA_DIR", BASE_DIR / "var")
MYLLM_PAGE_DIR = env.folder("MYLLM_PAGE_DIR", BASE_DIR / "client-uniapp" / "dist" / "build" / "h5")
MYLLM_PUBLIC_URL = env.origin("MYLLM_PUBLIC_URL")
MYLLM_HOSTS = env.hosts("MYLLM_HOSTS")
MYLLM_MDNS_NAME = env.local_name("MYLLM_MDNS_NAME", "myllm.local")
MYLLM_ORIGINS = env.origins("MYLLM_ORIGINS")
MYLLM_PROXIES = env.proxies("MYLLM_PROXIES", "127.0.0.1,::1")
# Another project sets this in its own settings: its users are who may come in.
MYLLM_PROJECT_USERS = env.flag("MYLLM_PROJECT_USERS", default=False)
MYLLM_LOCAL_OWNER = env.flag("MYLLM_LOCAL_OWNER", default=True)

MYLLM_PAIRING_MINUTES = env.number("MYLLM_PAIRING_MINUTES", 10, 1, 1440)
MYLLM_PAIRING_ATTEMPTS = env.number("MYLLM_PAIRING_ATTEMPTS", 50, 1, 1_000_000)
MYLLM_PAIRING_ATTEMPTS_PER_ADDRESS = env.number("MYLLM_PAIRING_ATTEMPTS_PER_ADDRESS", 5, 1, 10_000)
MYLLM_HELLO_SECONDS = env.number("MYLLM_HELLO_SECONDS", 5, 1, 300)
MYLLM_UNPAIRED_SOCKETS = env.number("MYLLM_UNPAIRED_SOCKETS", 256, 1, 100_000)
MYLLM_UNPAIRED_SOCKETS_PER_ADDRESS = env.number("MYLLM_UNPAIRED_SOCKETS_PER_ADDRESS", 8, 1, 100_000)
MYLLM_CONNECTIONS = env.number("MYLLM_CONNECTIONS", 1024, 8, 100_000)
MYLLM_CONNECTIONS_PER_ADDRESS = env.number("MYLLM_CONNECTIONS_PER_ADDRESS", 256, 8, 100_000)
MYLLM_HEADER_SECONDS = env.number("MYLLM_HEADER_SECONDS", 5, 1, 300)
MYLLM_STALLED_SECONDS = env.number("MYLLM_STALLED_SECONDS", 20, 1, 3600)
MYLLM_PING_SECONDS = env.number("MYLLM_PING_SECONDS", 10, 1, 300)
MYLLM_SLOTS = env.number("MYLLM_SLOTS", 8, 1, 256)
MYLLM_PROVIDER_SLOTS = env.number("MYLLM_PROVIDER_SLOTS", 8, 1, 1024)
MYLLM_PROVIDER_TIMEOUT_SECONDS = env.number("MYLLM_PROVIDER_TIMEOUT_SECONDS", 60, 1, 3600)
MYLLM_KV_TOKENS = env.number("MYLLM_KV_TOKENS", 0, 0, 16_777_216)
MYLLM_PROMPT_CACHE_MB = env.number("MYLLM_PROMPT_CACHE_MB", 0, 0, 1_000_000)
MYLLM_THREADS = env.number("MYLLM_THREADS", 0, 0, 1024)
MYLLM_DEVICE = env.device("MYLLM_DEVICE")
MYLLM_DTYPE = env.choice("MYLLM_DTYPE", "auto", ("auto", "float32", "bfloat16", "float16"))
MYLLM_TRUST_REMOTE_CODE = env.names("MYLLM_TRUST_REMOTE_CODE", "")
MYLLM_MODEL_FOLDERS = env.names("MYLLM_MODEL_FOLDERS", "")
MYLLM_OLLAMA_KEEP_ALIVE = env.keep_alive("MYLLM_OLLAMA_KEEP_ALIVE")
MYLLM_MODEL_MEMORY_MB = env.number("MYLLM_MODEL_MEMORY_MB", 0, 0, 16_777_216)
MYLLM_TITLES = env.choice("MYLLM_TITLES", "local", ("local", "all", "off"))
MYLLM_UNLOAD_MINUTES = env.number("MYLLM_UNLOAD_MINUTES", 30, 0, 525_600)
MYLLM_YIELD_SECONDS = env.number("MYLLM_YIELD_SECONDS", 60, 1, 86_400)
MYLLM_REMOTE_FOR_MEMBERS = env.flag("MYLLM_REMOTE_FOR_MEMBERS", default=True)
MYLLM_REMOTE_FOR_GUESTS = env.flag("MYLLM_REMOTE_FOR_GUESTS", default=False)
# Where a request, and the conversation that it is in, leave these open.
MYLLM_DO_SAMPLE = env.option("MYLLM_DO_SAMPLE")
MYLLM_TEMPERATURE = env.option("MYLLM_TEMPERATURE")
env.check_sampling(MYLLM_DO_SAMPLE, MYLLM_TEMPERATURE)
MYLLM_TOP_K = env.option("MYLLM_TOP_K")
MYLLM_TOP_P = env.option("MYLLM_TOP_P")
MYLLM_REPETITION_PENALTY = env.option("MYLLM_REPETITION_PENALTY")
MYLLM_MAX_NEW_TOKENS = env.option("MYLLM_MAX_NEW_TOKENS")
MYLLM_MAX_LENGTH = env.option("MYLLM_MAX_LENGTH")
MYLLM_ENABLE_THINKING = env.option("MYLLM_ENABLE_THINKING")
MYLLM_ANSWER_TOKENS = env.number("MYLLM_ANSWER_TOKENS", 0, 0, 16_777_216)
MYLLM_STOP_REPETITION = env.flag("MYLLM_STOP_REPETITION", default=True)
MYLLM_RESTARTS = env.number("MYLLM_RESTARTS", 5, 0, 1000)
MYLLM_RESTART_MINUTES = env.number("MYLLM_RESTART_MINUTES", 10, 1, 10_080)
MYLLM_STALL_SECONDS = env.number("MYLLM_STALL_SECONDS", 300, 0, 86_400)
# Read by MyLLM/guard as well, before there is a Django; here a wrong value is told.
MYLLM_RESPAWNS = env.number("MYLLM_RESPAWNS", 5, 0, 1000)
MYLLM_RESPAWN_MINUTES = env.number("MYLLM_RESPAWN_MINUTES", 10, 1, 10_080)
MYLLM_CRASHES = env.number("MYLLM_CRASHES", 0, 0, 1000)
MYLLM_QUEUE_LENGTH = env.number("MYLLM_QUEUE_LENGTH", 64, 0, 100_000)
MYLLM_QUEUE_PER_DEVICE = env.number("MYLLM_QUEUE_PER_DEVICE", 32, 0, 100_000)
MYLLM_SLOTS_PER_DEVICE = env.number("MYLLM_SLOTS_PER_DEVICE", 0, 0, 256)
MYLLM_RUNS_PER_DEVICE = env.number("MYLLM_RUNS_PER_DEVICE", 8, 1, 10_000)
MYLLM_MESSAGES_PER_DEVICE = env.number("MYLLM_MESSAGES_PER_DEVICE", 60, 0, 1_000_000)
MYLLM_MESSAGES_PER_MINUTE = env.number("MYLLM_MESSAGES_PER_MINUTE", 0, 0, 1_000_000)
MYLLM_MESSAGES_PER_DAY = env.number("MYLLM_MESSAGES_PER_DAY", 0, 0, 1_000_000)
MYLLM_RUNS_PER_MEMBER = env.number("MYLLM_RUNS_PER_MEMBER", 0, 0, 10_000)
MYLLM_PROMPT_TOKENS = env.number("MYLLM_PROMPT_TOKENS", 0, 0, 16_777_216)
MYLLM_REMOTE_TOKENS_PER_DAY = env.number("MYLLM_REMOTE_TOKENS_PER_DAY", 0, 0, 16_777_216)
MYLLM_WAITING_PER_CONVERSATION = env.number("MYLLM_WAITING_PER_CONVERSATION", 8, 1, 1000)
MYLLM_READERS_PER_SOCKET = env.number("MYLLM_READERS_PER_SOCKET", 32, 1, 10_000)
MYLLM_FRAME_BYTES = env.number("MYLLM_FRAME_BYTES", 256 * 1024, 1024, 16_777_216)
MYLLM_FRAMES_PER_SECOND = env.number("MYLLM_FRAMES_PER_SECOND", 50, 1, 100_000)
MYLLM_RUN_LOG_EVENTS = env.number("MYLLM_RUN_LOG_EVENTS", 4096, 16, 1_000_000)
MYLLM_JOURNAL_MB = env.number("MYLLM_JOURNAL_MB", 64, 0, 1_000_000)
MYLLM_WS_MAX_BYTES = 4 * MYLLM_FRAME_BYTES
MYLLM_SYSTEM_PROMPT = env.text("MYLLM_SYSTEM_PROMPT", "")
MYLLM_BODY_BYTES = env.number("MYLLM_BODY_BYTES", 1_048_576, 1024, 1_073_741_824)
MYLLM_IMPORT_BYTES = env.number("MYLLM_IMPORT_BYTES", 268_435_456, 1024, 4_294_967_296)
MYLLM_IMPORT_MESSAGES = env.number("MYLLM_IMPORT_MESSAGES", 500_000, 1, 10_000_000)
MYLLM_GUEST_IMPORT_MESSAGES = env.number("MYLLM_GUEST_IMPORT_MESSAGES", 5_000, 0, 10_000_000)
MYLLM_IMPORT_MESSAGE_BYTES = env.number("MYLLM_IMPORT_MESSAGE_BYTES", 1_048_576, 1024, 16_777_216)
MYLLM_LOG_MB = env.number("MYLLM_LOG_MB", 5, 0, 1000)
MYLLM_LOG_FILES = env.number("MYLLM_LOG_FILES", 4, 1, 100)
MYLLM_LOW_DISK_MB = env.number("MYLLM_LOW_DISK_MB", 500, 0, 1_000_000)
MYLLM_LOW_MEMORY_MB = env.number("MYLLM_LOW_MEMORY_MB", 200, 0, 1_000_000)
# Read by the bootstrap as well, before there is a Django.
MYLLM_PIP_INDEXES = env.sources("MYLLM_PIP_INDEXES", pip_indexes)
MYLLM_NPM_REGISTRIES = env.sources("MYLLM_NPM_REGISTRIES", npm_registries)
MYLLM_PURGE_DAYS = env.number("MYLLM_PURGE_DAYS", 30, 0, 36_500)

# Where the built-in model is fetched from; the libraries that load folders read it themselves.
HF_ENDPOINT = env.site("HF_ENDPOINT", "https://huggingface.co")
MODELSCOPE_ENDPOINT = env.site("MODELSCOPE_ENDPOINT", "https://www.modelscope.cn")

DATABASE_URL = env.text("DATABASE_URL", "")
SECRET_KEY = env.secret("MYLLM_SECRET_KEY", MYLLM_DATA_DIR / "secret_key")
DEBUG = env.flag("MYLLM_DEBUG", default=False)
# chat.access.host_check stands before Django and knows addresses that change; this is looser.
ALLOWED_HOSTS = ["*"]
CORS_ALLOWED_ORIGINS = list(MYLLM_ORIGINS)
# WebViews of Apps, which chat.access.host_check lets no further than to show a token.
CORS_ALLOWED_ORIGIN_REGEXES = [rf"{re.escape(origin)}\Z" for origin in APP_ORIGINS if MYLLM_PAIRING]
CORS_ALLOW_HEADERS = [*default_headers, "if-match", "if-none-match", "x-http-method-override"]
CORS_EXPOSE_HEADERS = ["etag"]
# Not "no-referrer": browsers would send `Origin: null` with the admin pages' own forms.
SECURE_REFERRER_POLICY = "same-origin"
# Over plain http browsers ignore this header, and every page would begin with an error about it.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if MYLLM_TLS else None

# daphne is no application here: hosting's `runserver` calls it, and a core has none. Nor is
# ninja, which would be imported, and pydantic with it, before the server answers.
INSTALLED_APPS = [
    # Not the one that looks for admin modules at once: they come with the first URL asked for,
    # and the server is up before that.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "corsheaders",
    "channels",
    "hosting",  # before staticfiles, whose `runserver` serves no sockets, and before chat
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
    "chat.middleware.method_override.patch_by_post",
    "chat.api.refusals.wrong_methods",
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
# Only the admin pages know people by a cookie; a page or a phone never gets one.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SECURE = MYLLM_TLS or MYLLM_PUBLIC_URL.startswith("https://")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SILENCED_SYSTEM_CHECKS = [
    # A private network has no certificates: the server speaks plain http by design, so it can
    # neither promise https for the future (W004) nor redirect to it (W008), and a cookie sent
    # over https alone (W012, W016) would let nobody log in.
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
SERVESTATIC_ROOT = MYLLM_PAGE_DIR
SERVESTATIC_INDEX_FILE = True
SERVESTATIC_AUTOREFRESH = False
# The admin's and the API page's own files, found in their packages.
SERVESTATIC_USE_FINDERS = True
SERVESTATIC_USE_STATIC_ROOT = False
SERVESTATIC_ALLOW_ALL_ORIGINS = False
# Phones that add the page to their home screen look at the manifest's type.
SERVESTATIC_MIMETYPES = {".webmanifest": "application/manifest+json"}

DATABASES = {"default": database.from_url(DATABASE_URL, MYLLM_DATA_DIR / "myllm.sqlite3")}
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
        # Its warnings name every address that was not found, and whoever asked for it.
        "django.request": {"level": "ERROR"},
    },
}
