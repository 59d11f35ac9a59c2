"""A server that is killed while it downloads continues the download at its next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.inference.catalog.repository import GGUF, WEIGHTS, hubs

DOWNLOAD = """
import sys
from pathlib import Path
from inference.catalog import model_download
from inference.catalog import download as downloading
from inference.catalog.background import begin
from inference.catalog.hub_id import parse_hub_id
from inference.catalog.model_download import ModelDownload
from inference.catalog.sources import Endpoints
from inference.catalog.wanted import wanted_by_id

model_download.MARGIN_BYTES = downloading.MARGIN_BYTES = 0
folder, modelscope, hugging_face = sys.argv[1:]
wanted = wanted_by_id(parse_hub_id("a/b"))
work = ModelDownload(wanted, Path(folder), Endpoints(modelscope, hugging_face, ()))
begin(work).wait(lambda progress: None, lambda: False)
print(work.loaded_path())
"""
PATH = "/models/a/b/resolve/master/m-Q4_K_M.gguf"


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_after_kill_9_it_goes_on_at_the_byte_where_it_was(tmp_path: Path) -> None:
    environ = {**os.environ, "NO_PROXY": "127.0.0.1"}
    with hubs(tmp_path) as both:
        both.modelscope.add_modelscope("a/b", GGUF)
        both.modelscope.slow = 100_000
        urls = (both.modelscope.url, both.hugging_face.url)
        command = [sys.executable, "-c", DOWNLOAD, str(tmp_path), *urls]
        part = tmp_path / "a--b" / "m-Q4_K_M.gguf.part"
        with subprocess.Popen(command, env=environ) as child:
            while not (part.exists() and part.stat().st_size):
                assert child.poll() is None
                time.sleep(0.02)
            child.send_signal(signal.SIGKILL)
        came = part.stat().st_size
        assert 0 < came < len(WEIGHTS)
        both.modelscope.slow = 0
        done = subprocess.run(command, env=environ, capture_output=True, check=True, text=True)
        file = Path(done.stdout.strip())
        assert file.read_bytes() == WEIGHTS
        assert both.modelscope.begins(PATH) == [0, came]
        assert not part.exists()
