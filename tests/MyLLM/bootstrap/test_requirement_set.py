from pathlib import Path

import pytest

from MyLLM.bootstrap import requirement_set
from MyLLM.bootstrap.pins import pinned_name
from MyLLM.bootstrap.requirement_set import requirements_for


@pytest.fixture(autouse=True)
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirement_set, "has_nvidia_gpu", lambda: False)


def names(*arguments: str, models: str = "") -> set[str]:
    pins = requirements_for(arguments, {"MYLLM_MODELS": models})
    return {pinned_name(pin) for pin in pins}


def test_serve_takes_the_light_set() -> None:
    assert "django" in names("serve")
    assert not names("serve") & {"torch", "daphne", "pytest"}


def test_serve_takes_torch_where_a_gpu_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirement_set, "has_nvidia_gpu", lambda: True)
    assert {"torch", "transformers", "accelerate"} <= names("serve")


def test_serve_takes_torch_for_a_hugging_face_folder(tmp_path: Path) -> None:
    assert "torch" not in names("serve", models=f"scripted, {tmp_path}")
    (tmp_path / "config.json").touch()
    assert "torch" in names("serve", models=f"scripted, {tmp_path}")


@pytest.mark.parametrize("command", ["serve", "runserver"])
@pytest.mark.parametrize(
    "named",
    [
        "models--Qwen--Qwen3-0.6B/snapshots/c1899de",
        "models--Qwen--Qwen3-0.6B/snapshots/c1899de/",
        "models--Qwen--Qwen3-0.6B/snapshots",
        "models--Qwen--Qwen3-0.6B",
        "models--Qwen--Qwen3-0.6B/",
        "link",
    ],
)
def test_servers_take_torch_for_an_entry_of_hugging_faces_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, named: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    entry = tmp_path / "models--Qwen--Qwen3-0.6B"
    snapshot, blob = entry / "snapshots" / "c1899de", entry / "blobs" / "a6344aa"
    snapshot.mkdir(parents=True)
    blob.parent.mkdir()
    blob.touch()
    (snapshot / "config.json").symlink_to(Path("../../blobs/a6344aa"))
    (tmp_path / "link").symlink_to(entry, target_is_directory=True)
    assert "torch" in names(command, models=f"{tmp_path}/{named}")
    assert "torch" in names(command, models=f'scripted,"~/{named}"')


@pytest.mark.parametrize("spec", ["Qwen/Qwen3-0.6B", "http://localhost:11434", "~nobody/x", "\0"])
def test_what_is_no_folder_asks_for_no_torch(spec: str) -> None:
    assert "torch" not in names("serve", models=spec)


def test_runserver_adds_daphne_alone() -> None:
    assert names("runserver") - names("serve") == {"daphne"}


def test_what_makes_certificates_and_keeps_keys_is_in_the_light_set() -> None:
    assert {"cryptography", "cffi", "pycparser"} <= names("serve")


def test_test_takes_the_tools() -> None:
    assert {"pytest", "ruff", "mypy"} <= names("test")


@pytest.mark.parametrize("arguments", [(), ("migrate",), ("help", "serve")])
def test_anything_else_takes_the_light_set(arguments: tuple[str, ...]) -> None:
    assert names(*arguments) == names("serve")


def test_a_gpu_is_known_by_its_tool(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("PATH", str(tmp_path))
    before = requirement_set.has_nvidia_gpu()
    tool = tmp_path / "nvidia-smi"
    tool.touch(mode=0o755)
    assert requirement_set.has_nvidia_gpu()
    assert before == Path("/proc/driver/nvidia/version").exists()
