"""The project's pages, and the chat's routes beside them."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.urls import path

from chat.api.routes import api


def home(request: HttpRequest) -> HttpResponse:
    """A page of the project's own, which has an /api/ of its own as well."""
    return HttpResponse(f"shop of {request.user.get_username() or 'nobody'}")


urlpatterns = [
    path("", home),
    path("api/prices", home),
    path("login", LoginView.as_view(template_name="login.html")),
    path("logout", LogoutView.as_view(next_page="/")),
    path("api/v1/", api.urls),
]
