"""Which files have a compressed copy, and that it decompresses to the same."""

import gzip
from pathlib import Path

from hosting.page.compressed import compress


def test_text_gets_a_smaller_copy_beside_it(tmp_path: Path) -> None:
    script = tmp_path / "assets" / "index.js"
    script.parent.mkdir()
    script.write_text("export {}\n" * 100)
    compress(tmp_path)
    copy = (tmp_path / "assets" / "index.js.gz").read_bytes()
    assert gzip.decompress(copy) == script.read_bytes()
    assert len(copy) < script.stat().st_size


def test_what_gzip_cannot_make_smaller_stays_alone(tmp_path: Path) -> None:
    (tmp_path / "tiny.js").write_text("1")
    (tmp_path / "font.woff2").write_text("compressed already" * 100)
    compress(tmp_path)
    assert not list(tmp_path.glob("*.gz"))
