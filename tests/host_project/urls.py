"""The project's pages, and the chat's routes beside them."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt


def home(request: HttpRequest) -> HttpResponse:
    """A page of the project's own, which has an /api/ of its own as well."""
    return HttpResponse(f"shop of {request.user.get_username() or 'nobody'}")


@csrf_exempt
def delete_user(request: HttpRequest) -> HttpResponse:
    """Delete the account of the user who is logged in."""
    User.objects.get(username=request.user.get_username()).delete()
    return HttpResponse()


urlpatterns = [
    path("delete-user", delete_user),
    path("", home),
    path("api/prices", home),
    path("login", LoginView.as_view(template_name="login.html")),
    path("logout", LogoutView.as_view(next_page="/")),
    path("chat/", include("chat.urls")),
]
