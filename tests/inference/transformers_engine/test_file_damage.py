"""One file of a folder damaged in one way: loading names that file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM

from inference.errors import InferenceError, InferenceErrorCode
from inference.transformers_engine.loading.loader import load
from inference.transformers_engine.loading.placement import Placement
from tests.inference.transformers_engine.small_folder import (
    change_json,
    save_small_folder,
    to_older_tokenizer,
)

Damage = Callable[[Path], object]

TOKENS, GENERATION, CONFIG = "tokenizer_config.json", "generation_config.json", "config.json"
JINJA, WEIGHTS, INDEX = "chat_template.jinja", "model.safetensors", "model.safetensors.index.json"
SHARD, PICKLED = "model-00002-of-00007.safetensors", "pytorch_model.bin"
TEMPLATE = "{% for m in messages %}{{ m.content }}{% endfor %}"


def put(content: str | bytes) -> Damage:
    octets = content.encode() if isinstance(content, str) else content
    return lambda file: file.write_bytes(octets)


def cut(length: int) -> Damage:
    return lambda file: file.write_bytes(file.read_bytes()[:length])


def values(**changes: object) -> Damage:
    return lambda file: change_json(file, **changes)


def gone(file: Path) -> None:
    file.unlink()


def without_jinja(damage: Damage) -> Damage:
    def both(file: Path) -> None:
        (file.parent / JINJA).unlink()
        damage(file)

    return both


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Whole folders of four kinds, by their names."""
    root = tmp_path_factory.mktemp("kinds")
    save_small_folder(root / "new")
    for kind in ("older", "sharded", "pickled"):
        shutil.copytree(root / "new", root / kind)
    to_older_tokenizer(root / "older")
    model = AutoModelForCausalLM.from_pretrained(root / "new")
    (root / "sharded" / WEIGHTS).unlink()
    model.save_pretrained(root / "sharded", max_shard_size="60KB")
    (root / "pickled" / WEIGHTS).unlink()
    torch.save(model.state_dict(), root / "pickled" / PICKLED)
    return root


def copied(kinds: Path, kind: str, place: Path) -> Path:
    return Path(shutil.copytree(kinds / kind, place / "Tiny"))


def refusal(folder: Path) -> InferenceError:
    with pytest.raises(InferenceError) as raised:
        load(folder, Placement(), lambda _: None)
    return raised.value


@pytest.mark.parametrize("kind", ["new", "older", "sharded", "pickled"])
def test_a_whole_folder_of_each_kind_loads(kinds: Path, kind: str) -> None:
    assert load(kinds / kind, Placement(), lambda _: None).batchable


DAMAGES: list[tuple[str, str, Damage]] = [
    ("new", JINJA, put("")),
    ("new", JINJA, put(b"\xff\xfe{{")),
    ("new", JINJA, put("{% for m in messages %}")),
    ("new", "chat_template.json", without_jinja(values(chat_template=5))),
    ("new", "chat_template.json", without_jinja(values(other="x"))),
    ("new", "chat_template.json", without_jinja(values(chat_template="{% for"))),
    ("new", TOKENS, put(b'{"a": "\xff"}')),
    ("new", TOKENS, without_jinja(values(chat_template=[{"name": "default"}]))),
    ("new", TOKENS, without_jinja(values(chat_template=[{"name": "rag", "template": "x"}]))),
    ("new", TOKENS, without_jinja(values(chat_template=7))),
    ("new", TOKENS, without_jinja(values(chat_template="{{ messages.absent.more }}"))),
    ("new", TOKENS, values(eos_token=7)),
    ("new", TOKENS, values(tokenizer_class=7)),
    ("new", TOKENS, values(added_tokens_decoder=[7])),
    ("new", TOKENS, values(added_tokens_decoder={"x": {"content": "a"}})),
    ("new", TOKENS, values(model_max_length="long")),
    ("new", "tokenizer.json", put("")),
    ("new", "tokenizer.json", put("{}")),
    ("new", "tokenizer.json", cut(3000)),
    ("new", "special_tokens_map.json", values(eos_token=7)),
    ("new", "special_tokens_map.json", values(eos_token=[7])),
    ("new", "special_tokens_map.json", values(eos_token={"content": 7})),
    ("new", "special_tokens_map.json", values(eos_token={"content": "x", "lstrip": "no"})),
    ("new", "added_tokens.json", values(a="b")),
    ("older", "vocab.json", put("")),
    ("older", "vocab.json", put("{}")),
    ("older", "vocab.json", put('{"a": "b"}')),
    ("older", "vocab.json", values(a=-1)),
    ("older", "merges.txt", put("")),
    ("older", "merges.txt", put(b"\xff\xfe\n")),
    ("older", "merges.txt", put("abc\n")),
    ("older", "merges.txt", put("zz yy\n")),
    ("new", GENERATION, values(temperature="hot")),
    ("new", GENERATION, values(temperature=[0.5])),
    ("new", GENERATION, values(temperature=-1)),
    ("new", GENERATION, put('{"temperature": NaN}')),
    ("new", GENERATION, values(top_k="50")),
    ("new", GENERATION, values(top_p=1.5)),
    ("new", GENERATION, values(repetition_penalty=0)),
    ("new", GENERATION, values(do_sample="yes")),
    ("new", GENERATION, values(eos_token_id="</s>")),
    ("new", GENERATION, values(eos_token_id=[0, "</s>"])),
    ("new", GENERATION, values(bos_token_id="<s>")),
    ("new", CONFIG, values(hidden_size="big")),
    ("new", CONFIG, values(num_attention_heads=None)),
    ("new", CONFIG, values(num_attention_heads=0)),
    ("new", CONFIG, values(vocab_size=10)),
    ("new", CONFIG, values(hidden_size=32)),
    ("new", CONFIG, values(hidden_act="strange")),
    ("new", CONFIG, values(dtype="strange")),
    ("new", CONFIG, values(rope_parameters={"rope_type": "strange"})),
    ("new", CONFIG, values(model_type=["llama"])),
    ("new", CONFIG, values(quantization_config="4 bit")),
    ("new", CONFIG, values(auto_map={"AutoConfig": 5})),
    ("new", WEIGHTS, put("")),
    ("new", WEIGHTS, cut(1000)),
    ("new", WEIGHTS, cut(200_000)),
    ("new", WEIGHTS, put("version https://git-lfs.github.com/spec/v1\n")),
    ("sharded", INDEX, put("{}")),
    ("sharded", INDEX, values(weight_map=[])),
    ("sharded", SHARD, put("")),
    ("sharded", SHARD, cut(900)),
    ("pickled", PICKLED, put("")),
    ("pickled", PICKLED, cut(100_000)),
    ("pickled", PICKLED, put("<html>")),
]


@pytest.mark.parametrize(
    ("kind", "name", "damage"),
    DAMAGES,
    ids=[f"{at}-{kind}-{name}" for at, (kind, name, _) in enumerate(DAMAGES)],
)
def test_the_damaged_file_is_named(
    kinds: Path, tmp_path: Path, kind: str, name: str, damage: Damage
) -> None:
    folder = copied(kinds, kind, tmp_path)
    damage(folder / name)
    error = refusal(folder)
    assert (error.code, error.detail["file"]) == (InferenceErrorCode.MODEL_FILE_DAMAGED, name)


@pytest.mark.parametrize(
    ("kind", "removed", "named"),
    [
        ("new", WEIGHTS, WEIGHTS),
        ("new", "tokenizer.json", "tokenizer.json"),
        ("new", CONFIG, CONFIG),
        ("older", "merges.txt", "merges.txt"),
        ("older", "vocab.json", "tokenizer.json"),
        ("sharded", SHARD, SHARD),
        ("sharded", INDEX, INDEX),
    ],
)
def test_the_missing_file_is_named(
    kinds: Path, tmp_path: Path, kind: str, removed: str, named: str
) -> None:
    folder = copied(kinds, kind, tmp_path)
    gone(folder / removed)
    error = refusal(folder)
    assert (error.code, error.detail["file"]) == (InferenceErrorCode.MODEL_FILE_MISSING, named)


def test_a_template_in_json_is_used(kinds: Path, tmp_path: Path) -> None:
    folder = copied(kinds, "new", tmp_path)
    (folder / JINJA).unlink()
    (folder / "chat_template.json").write_text(json.dumps({"chat_template": TEMPLATE}))
    loaded = load(folder, Placement(), lambda _: None)
    assert loaded.template.style.template is None
    assert loaded.tokenizer.chat_template == TEMPLATE


@pytest.fixture
def bare(kinds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a vocabulary, where no package for one is installed."""
    monkeypatch.setattr(
        "inference.transformers_engine.loading.vocabulary.find_spec", lambda _: None
    )
    folder = copied(kinds, "new", tmp_path)
    gone(folder / "tokenizer.json")
    return folder


@pytest.mark.parametrize(
    ("name", "content", "packages"),
    [
        ("tokenizer.model", b"\x0a\x0e\x0a\x05<unk>", "sentencepiece protobuf"),
        ("tokenizer.model", b"YQ== 0\nYg== 1\n", "tiktoken"),
        ("words.tiktoken", b"YQ== 0\n", "tiktoken"),
    ],
)
def test_a_vocabulary_that_needs_a_package_names_it(
    bare: Path, name: str, content: bytes, packages: str
) -> None:
    (bare / name).write_bytes(content)
    error = refusal(bare)
    assert error.code is InferenceErrorCode.BACKEND_NOT_INSTALLED
    assert error.detail["package"] == packages
    assert f"pip install {packages}" in str(error.detail["command"])
