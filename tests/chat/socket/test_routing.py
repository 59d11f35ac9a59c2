"""The routes by the name that Channels' documentation gives them."""

from __future__ import annotations

from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator

from chat.service import ChatService
from chat.socket.routing import websocket_urlpatterns


async def test_the_chat_answers_in_a_router_of_its_urlpatterns(paired_service: ChatService) -> None:
    wire = WebsocketCommunicator(URLRouter(websocket_urlpatterns), "/ws/chat/")
    assert (await wire.connect())[0]
    await wire.send_json_to({"message": "你好"})
    assert (await wire.receive_json_from(timeout=20))["type"] == "start"
    await wire.disconnect()


def test_the_urlpatterns_leave_other_paths_to_other_applications() -> None:
    assert [str(route.pattern) for route in websocket_urlpatterns] == ["ws/chat/"]
