"""Rate limit of the admin site's login page, which checks passwords before the view runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import async_only_middleware

from chat.access.peers import rate_limit_key
from chat.errors import KINDS, ChatError
from chat.errors.sentences import sentence
from chat.members.admin_login import check_password

GetResponse = Callable[[HttpRequest], Awaitable[HttpResponseBase]]
_LOGIN = "/admin/login/"


@async_only_middleware
def limit_admin_login(get_response: GetResponse) -> GetResponse:
    """Django middleware: refuses a login with 429 while its address or account is limited, and with
    503 while too many passwords are being checked.
    """

    async def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and request.path_info == _LOGIN:
            try:
                await _check(request)
            except ChatError as error:
                return _refusal(request, error)
        return await get_response(request)

    return middleware


async def _check(request: HttpRequest) -> None:
    form, address = request.POST, rate_limit_key(getattr(request, "scope", {}))
    checked = await check_password(form.get("username", ""), form.get("password", ""), address)
    request.checked_password = checked  # type: ignore[attr-defined]


def _refusal(request: HttpRequest, error: ChatError) -> HttpResponse:
    words = sentence(error.code, error.detail, request.headers.get("Accept-Language", ""))
    kind = "text/plain; charset=utf-8"
    response = HttpResponse(words, content_type=kind, status=KINDS[error.code].status)
    if "seconds" in error.detail:
        response["Retry-After"] = str(error.detail["seconds"])
    return response
