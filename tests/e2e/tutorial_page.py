"""A page as tutorials have it: a field, a line for the answer, and a WebSocket."""

from __future__ import annotations

from pathlib import Path

_HTML = """\
<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>AI</title>
<form id="form"><input id="question"><button>Send</button></form>
<p id="answer" style="white-space: pre-wrap"></p>
<script src="chat.js"></script>
"""
_SCRIPT = """\
const answer = document.getElementById('answer');
const question = document.getElementById('question');
const socket = new WebSocket(`ws://${location.host}/ws/chat/`);
socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === 'start') answer.textContent = data.content;
  if (data.type === 'stream') answer.textContent += data.content;
  if (data.type === 'end') answer.dataset.status = data.status;
};
document.getElementById('form').onsubmit = (event) => {
  event.preventDefault();
  delete answer.dataset.status;
  socket.send(JSON.stringify({ message: question.value }));
};
"""


def write_tutorial_page(folder: Path) -> Path:
    """The folder, with the page in it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(_HTML, encoding="utf-8")
    (folder / "chat.js").write_text(_SCRIPT, encoding="utf-8")
    return folder
