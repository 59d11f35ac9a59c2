"""Which files of a repository are downloaded."""

from __future__ import annotations

from inference.catalog.choice import choose_files
from inference.catalog.hub_file import RemoteFile


def files(*paths: str) -> list[RemoteFile]:
    return [RemoteFile(path, 1000 + number, None) for number, path in enumerate(paths)]


def chosen(*paths: str, wanted: tuple[str, ...] = (), with_code: bool = False) -> list[str]:
    found = choose_files(files(*paths), wanted, with_code=with_code)
    return [file.path for file in found]


def test_the_usual_quantisation_is_preferred() -> None:
    names = ("m-Q8_0.gguf", "m-Q4_K_M.gguf", "m-F16.gguf", "m-IQ4_XS.gguf")
    assert chosen(*names) == ["m-Q4_K_M.gguf"]
    assert chosen(*(name.lower() for name in names)) == ["m-q4_k_m.gguf"]
    assert chosen("a-F16.gguf", "a-Q8_0.gguf") == ["a-Q8_0.gguf"]


def test_gguf_is_preferred_to_a_folder() -> None:
    assert chosen("config.json", "model.safetensors", "a.gguf") == ["a.gguf"]


def test_all_parts_of_a_file_belong_together() -> None:
    parts = [f"Q4_K_M/m-Q4_K_M-0000{number}-of-00003.gguf" for number in (3, 1, 2)]
    assert chosen(*parts) == sorted(parts)
    assert chosen(*parts, wanted=(parts[2],)) == sorted(parts)
    assert chosen(*parts[:2]) == []


def test_a_projector_is_no_model() -> None:
    assert chosen("mmproj-F16.gguf", "m-F32.gguf") == ["m-F32.gguf"]
    assert chosen("Foo-VL-7B-mmproj-Q8_0.gguf", "Foo-VL-7B-F32.gguf") == ["Foo-VL-7B-F32.gguf"]


def test_what_is_wanted_comes_in_that_order() -> None:
    names = ("a.gguf", "mmproj.gguf", "sub/b.gguf")
    assert chosen(*names, wanted=("b.gguf", "mmproj.gguf")) == ["sub/b.gguf", "mmproj.gguf"]
    assert chosen(*names, wanted=("c.gguf",)) == []


FOLDER = (
    "config.json",
    "generation_config.json",
    "model-00001-of-00002.safetensors",
    "model-00002-of-00002.safetensors",
    "model.safetensors.index.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "merges.txt",
    "vocab.json",
    "chat_template.jinja",
)


def test_a_folder_has_its_weights_configuration_and_tokenizer() -> None:
    found = chosen(*FOLDER, "README.md", "original/consolidated.pth", ".gitattributes")
    assert set(found) == set(FOLDER)
    assert found[0] == "config.json"


def test_nothing_that_python_would_run_is_taken_unasked() -> None:
    names = (*FOLDER, "modeling_x.py", "pytorch_model.bin", "training_args.bin", "a.pkl")
    assert set(chosen(*names)) == set(FOLDER)
    assert set(chosen(*names, with_code=True)) == {*FOLDER, "modeling_x.py"}


def test_pickled_weights_are_the_last_resort() -> None:
    assert chosen("config.json", "pytorch_model.bin") == ["config.json", "pytorch_model.bin"]


def test_one_whole_file_of_weights_is_enough() -> None:
    names = ("config.json", "model.safetensors", "model.fp16.safetensors")
    assert chosen(*names) == ["config.json", "model.safetensors"]


def test_what_holds_no_model_has_nothing() -> None:
    assert chosen("README.md", "adapter_model.safetensors", "adapter_config.json") == []


def test_names_that_leave_the_folder_are_left_out() -> None:
    assert choose_files(files("../../.bashrc.gguf", "a/..\\b.gguf"), ["..\\b.gguf"]) == []
