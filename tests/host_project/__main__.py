"""The project as its owner serves it: migrated, with four users, on uvicorn."""

from __future__ import annotations

import os

import uvicorn

PASSWORD = "correct horse battery"
USERS = ("alice", "bob", "carol", "root")


def serve() -> None:
    """Returns when it was told to stop."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.host_project.settings"
    from tests.host_project.asgi import application  # noqa: PLC0415 – it sets Django up

    _fill()
    uvicorn.run(application, port=int(os.environ["MYLLM_PORT"]), log_level="warning")


def _fill() -> None:
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    for name in USERS:
        if not User.objects.filter(username=name).exists():
            User.objects.create_user(name, password=PASSWORD, is_superuser=name == "root")


if __name__ == "__main__":
    serve()
