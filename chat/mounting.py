"""The chat inside another Django project, for that project's users. See docs/django.md."""

from __future__ import annotations

from typing import cast

from chat.network.asgi import Application


def mount(django: Application) -> Application:
    """The project's ASGI application; `django` is what its `get_asgi_application` returned. The
    project's URLs include `chat.urls`.

    Users who are logged in there are known by the session's cookie. Requests that a page of
    another site sends with that cookie are refused by their `Origin`. If another process owns the
    data, the server does not start; a server without ASGI's lifespan answers 503 for the chat's
    paths.
    """
    # Django is set up by now; this module may be imported before.
    from chat.mounted import mounted  # noqa: PLC0415

    return cast(Application, mounted(django))
