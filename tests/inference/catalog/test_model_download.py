"""All files of a model come whole and checked into a folder of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from inference.catalog import download as downloading
from inference.catalog import model_download, transfer
from inference.catalog.model_download import ModelDownload
from inference.catalog.offer import find_offered
from inference.catalog.wanted import wanted_of_offer
from inference.errors import InferenceError, InferenceErrorCode
from tests.inference.catalog.repository import FOLDER, GGUF, WEIGHTS, Hubs, hubs

Code = InferenceErrorCode


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hubs]:
    monkeypatch.setattr(downloading, "MARGIN_BYTES", 0)
    monkeypatch.setattr(model_download, "MARGIN_BYTES", 0)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with hubs(tmp_path / "models") as made:
        yield made


def fails(both: Hubs, name: str = "a/b") -> InferenceError:
    with pytest.raises(InferenceError) as caught:
        both.fetch(name)
    return caught.value


def test_the_preferred_gguf_file_is_taken(both: Hubs) -> None:
    both.add(GGUF)
    made = both.fetch()
    assert both.here == {"m-Q4_K_M.gguf": WEIGHTS}
    assert made.loaded_path() == both.folder / "a--b" / "m-Q4_K_M.gguf"
    assert made.is_there()
    assert made.missing() is None


def test_a_named_file_is_taken(both: Hubs) -> None:
    both.add(GGUF)
    both.fetch("a/b/m-F16.gguf")
    assert both.here == {"m-F16.gguf": WEIGHTS * 2}


def test_a_folder_comes_with_data_alone(both: Hubs) -> None:
    both.add(FOLDER)
    made = both.fetch()
    assert set(both.here) == {"config.json", "tokenizer.json", "model.safetensors"}
    assert made.loaded_path() == both.folder / "a--b"


def test_a_folders_own_code_comes_only_with_the_owners_word(both: Hubs) -> None:
    both.add(FOLDER)
    both.fetch(with_code=True)
    assert "modeling_own.py" in both.here
    assert "pytorch_model.bin" not in both.here


def test_progress_counts_all_files(both: Hubs) -> None:
    both.add({f"m-Q4_K_M-0000{number}-of-00002.gguf": WEIGHTS for number in (1, 2)})
    both.fetch()
    done = [one.done for one in both.received]
    assert done == sorted(done)
    assert (done[-1], both.received[-1].total) == (2 * len(WEIGHTS), 2 * len(WEIGHTS))


def test_one_hub_is_enough(both: Hubs) -> None:
    both.hugging_face.add_hugging_face("a/b", GGUF)
    both.fetch()
    assert both.here == {"m-Q4_K_M.gguf": WEIGHTS}


def test_a_prefix_asks_that_hub_alone(both: Hubs) -> None:
    both.add(GGUF)
    both.fetch("hf:a/b")
    assert both.modelscope.tokens == []


def test_cut_at_a_third_it_goes_on_there(both: Hubs) -> None:
    both.modelscope.add_modelscope("a/b", GGUF)
    third = len(WEIGHTS) * 3 // 10
    both.modelscope.breaks_after = third
    assert fails(both).code is Code.MODEL_FETCH_FAILED
    assert both.download().missing() is not None
    both.modelscope.breaks_after = None
    both.fetch()
    assert both.modelscope.begins("/models/a/b/resolve/master/m-Q4_K_M.gguf") == [0, third]


def test_what_was_listed_once_is_not_asked_again(both: Hubs) -> None:
    both.add(GGUF)
    both.modelscope.breaks_after = both.hugging_face.breaks_after = 1000
    fails(both)
    both.modelscope.breaks_after = None
    for server in (both.modelscope, both.hugging_face):
        server.refused["/api"] = (503, {})
    both.fetch()
    assert both.here == {"m-Q4_K_M.gguf": WEIGHTS}


def test_a_slow_source_is_left_for_the_next(both: Hubs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "STALL_SECONDS", 0.5)
    both.add(GGUF)
    both.modelscope.slow, both.hugging_face.delay = 2_000, 0.4
    made = both.download()
    made.download(both.received.append, lambda: False)
    assert both.here == {"m-Q4_K_M.gguf": WEIGHTS}
    assert both.received[-1].given_up == (both.modelscope.url.removeprefix("http://"),)


def test_another_file_of_one_hub_is_replaced_by_the_other_hubs(both: Hubs) -> None:
    both.add(GGUF)
    both.modelscope.files["/models/a/b/resolve/master/m-Q4_K_M.gguf"] = bytes(len(WEIGHTS))
    both.fetch()
    assert both.here == {"m-Q4_K_M.gguf": WEIGHTS}


def test_a_wrong_checksum_everywhere_is_damage(both: Hubs) -> None:
    both.add(GGUF)
    both.modelscope.files["/models/a/b/resolve/master/m-Q4_K_M.gguf"] = bytes(len(WEIGHTS))
    both.hugging_face.files["/a/b/resolve/main/m-Q4_K_M.gguf"] = bytes(len(WEIGHTS))
    assert fails(both).code is Code.MODEL_FILE_DAMAGED
    assert both.here == {}


def test_a_small_file_is_checked_by_the_id_git_gives_it(both: Hubs) -> None:
    both.hugging_face.add_hugging_face("a/b", FOLDER)
    changed = bytes(len(FOLDER["config.json"]))
    both.hugging_face.files["/a/b/resolve/main/config.json"] = changed
    assert fails(both).code is Code.MODEL_FILE_DAMAGED


def test_hubs_that_differ_are_not_mixed(both: Hubs) -> None:
    both.modelscope.add_modelscope("a/b", GGUF)
    both.hugging_face.add_hugging_face("a/b", {"m-Q4_K_M.gguf": bytes(len(WEIGHTS))})
    both.fetch()
    assert both.hugging_face.begins("/a/b/resolve/main/m-Q4_K_M.gguf") == []


def test_a_repository_that_was_changed_meanwhile_is_listed_anew(both: Hubs) -> None:
    both.add(GGUF)
    both.modelscope.breaks_after = both.hugging_face.breaks_after = 1000
    fails(both)
    both.modelscope.breaks_after = both.hugging_face.breaks_after = None
    both.add({"m-Q4_K_M.gguf": WEIGHTS[::-1]})
    both.fetch()
    assert both.here == {"m-Q4_K_M.gguf": WEIGHTS[::-1]}


def test_a_repository_that_no_hub_has_is_not_found(both: Hubs) -> None:
    both.hugging_face.refused["/api"] = (401, {"X-Error-Code": "RepoNotFound"})
    error = fails(both)
    assert (error.code, error.detail["repository"]) == (Code.HUB_NOT_FOUND, "a/b")


def test_a_file_that_the_repository_has_not_is_not_found(both: Hubs) -> None:
    both.add(GGUF)
    error = fails(both, "a/b/none.gguf")
    assert (error.code, error.detail["repository"]) == (Code.HUB_NOT_FOUND, "a/b/none.gguf")


@pytest.mark.parametrize("status", [401, 403])
def test_a_gated_repository_reports_it(both: Hubs, status: int) -> None:
    both.hugging_face.refused["/api"] = (status, {"X-Error-Code": "GatedRepo"})
    error = fails(both)
    assert error.code is Code.HUB_GATED
    assert error.detail["hub"] == both.hugging_face.url.removeprefix("http://")


@pytest.mark.parametrize(
    ("status", "code"), [(404, Code.HUB_NOT_FOUND), (401, Code.HUB_GATED), (403, Code.HUB_GATED)]
)
def test_files_refused_after_the_listing_give_so_too(
    both: Hubs, status: int, code: InferenceErrorCode
) -> None:
    both.hugging_face.add_hugging_face("a/b", GGUF)
    both.hugging_face.refused["/a/b"] = (status, {})
    assert fails(both).code is code


def test_hubs_that_cannot_be_asked_may_be_tried_again(both: Hubs) -> None:
    both.modelscope.refused["/"] = both.hugging_face.refused["/"] = (503, {})
    error = fails(both)
    assert (error.code, error.retryable) == (Code.MODEL_FETCH_FAILED, True)


def test_a_repository_without_a_model_is_unsuitable(both: Hubs) -> None:
    both.add({"README.md": b"a data set"})
    error = fails(both)
    assert (error.code, error.detail["unsuitable"]) == (Code.MODEL_UNSUITABLE, "no_weights")


def test_the_disk_is_looked_at_for_all_files_before_the_first(
    both: Hubs, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage(NamedTuple):
        free: int

    both.add({f"m-Q4_K_M-0000{number}-of-00002.gguf": WEIGHTS for number in (1, 2)})
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=len(WEIGHTS) + 1000))
    assert fails(both).code is Code.DISK_FULL
    assert both.here == {}
    assert both.modelscope.begins("/models/a/b/resolve/master/m-Q4_K_M-00001-of-00002.gguf") == []


def test_deleting_leaves_nothing_and_touches_nothing_else(both: Hubs) -> None:
    both.add(GGUF)
    made = both.fetch()
    other = both.folder / "a--b" / "own.gguf"
    other.write_bytes(b"the owner's")
    made.delete()
    assert [file.name for file in both.folder.rglob("*") if file.is_file()] == ["own.gguf"]
    other.unlink()
    both.fetch().delete()
    assert [*both.folder.iterdir()] == []


def test_only_what_is_not_whole_is_deleted_if_that_was_meant(both: Hubs) -> None:
    both.add(GGUF)
    both.modelscope.breaks_after = both.hugging_face.breaks_after = 1000
    fails(both)
    both.download().delete(partial_only=True)
    assert [*both.folder.iterdir()] == []
    both.modelscope.breaks_after = None
    both.fetch().delete(partial_only=True)
    assert both.here == {"m-Q4_K_M.gguf": WEIGHTS}


def test_an_offered_model_needs_no_listing(both: Hubs) -> None:
    entry = find_offered("qwen3-vl-4b")
    assert entry is not None
    made = ModelDownload(wanted_of_offer(entry), both.folder, both.endpoints)
    missing = made.missing()
    assert missing is not None
    assert (missing.done, missing.total) == (0, entry.size)
    assert made.loaded_path() == both.folder / "qwen3-vl-4b" / entry.files[0].file
