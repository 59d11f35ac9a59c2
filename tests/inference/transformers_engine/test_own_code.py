"""Folders with program code: run only as its owner saw it, and answered through a tokenizer in
Python all the same.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from inference.config import EngineConfig
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationFinished, TextDelta
from inference.specs.registry import open_spec
from inference.transformers_engine.loading.loader import load
from inference.transformers_engine.loading.model_code import model_code
from inference.transformers_engine.loading.placement import Placement
from inference.types import Ability
from tests.inference.backends.contract import ignore, read, request, text_of
from tests.inference.transformers_engine.own_code import TOKENIZER, save_own_code
from tests.inference.transformers_engine.own_model import MODEL, save_own_model


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Own"
    made.mkdir()
    save_own_code(made)
    return made


def refusal(folder: Path, placement: Placement) -> InferenceError:
    with pytest.raises(InferenceError) as raised:
        load(folder, placement, lambda _: None)
    return raised.value


def allowed(folder: Path) -> Placement:
    return Placement(trusted_code=frozenset({model_code(folder).digest}))


async def test_what_was_allowed_runs_and_its_model_answers(folder: Path) -> None:
    digest = frozenset({model_code(folder).digest})
    config = EngineConfig((), folder.parent, slots=2, kv_tokens=512, trusted_code=digest)
    (model,) = open_spec(str(folder), config)
    await model.load(ignore)
    asked = request("你好，世界", max_new_tokens=40)
    events = await read(model.generate(asked))
    fitted = await model.fit(replace(asked, prompt_tokens=400))
    await model.close()
    assert isinstance(events[-1], GenerationFinished)
    assert events[-1].usage.prompt_tokens == len("你好，世界\n".encode())
    assert all(isinstance(event, TextDelta) and event.text for event in events[:-1])
    assert text_of(events)
    assert fitted.dropped_turns == 0
    assert Ability.REASONING not in model.card.abilities


def test_nothing_runs_without_being_allowed(folder: Path) -> None:
    (folder / "words.py").write_text('raise SystemExit("it ran")\n')
    assert refusal(folder, Placement()).code is InferenceErrorCode.REMOTE_CODE_UNTRUSTED


def test_code_that_changed_after_it_was_allowed_does_not_run(folder: Path) -> None:
    placement = allowed(folder)
    (folder / "names.py").write_text('raise SystemExit("it ran")\n')
    assert refusal(folder, placement).code is InferenceErrorCode.REMOTE_CODE_UNTRUSTED


def test_code_that_was_allowed_and_is_not_needed_does_not_run(folder: Path) -> None:
    """The tokenizer's class is one of transformers' own, so its is taken."""
    received = json.loads((folder / "tokenizer_config.json").read_text())
    received["tokenizer_class"] = "PreTrainedTokenizerFast"
    (folder / "tokenizer_config.json").write_text(json.dumps(received))
    (folder / "words.py").write_text('raise SystemExit("it ran")\n')
    with pytest.raises(InferenceError):
        load(folder, allowed(folder), lambda _: None)


def test_code_of_another_repository_is_never_fetched(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = {"auto_map": {"AutoTokenizer": ["someone/else--words.Bytes", None]}}
    (folder / "tokenizer_config.json").write_text(json.dumps(received))
    monkeypatch.setattr("socket.socket.connect", _no_network)
    for placement in (Placement(trust_remote_code=True), allowed(folder)):
        error = refusal(folder, placement)
        assert error.code is InferenceErrorCode.MODEL_UNSUITABLE
        assert error.detail["unsuitable"] == "code_elsewhere"
        assert error.detail["about"] == "someone/else"


@pytest.mark.parametrize(
    "broken",
    [
        TOKENIZER.replace("super().__init__(**kwargs)", "self.absent"),
        TOKENIZER.replace("def _tokenize(self, text, **kwargs):", "def _other(self):"),
        TOKENIZER.replace("return name(index)", "return self.absent[index]"),
    ],
)
def test_code_that_does_not_work_here_is_refused_when_loading(folder: Path, broken: str) -> None:
    (folder / "words.py").write_text(broken)
    error = refusal(folder, allowed(folder))
    assert error.code is InferenceErrorCode.MODEL_UNSUITABLE
    assert error.detail["unsuitable"] == "code_fails"
    assert error.detail["about"]


_FAULTS = {
    "a name that is gone": "from transformers.utils import is_torch_fx_available\n" + MODEL,
    "a module that is gone": "import transformers.onnx.gone\n" + MODEL,
    "a cache of tuples": MODEL
    + """
    def forward(self, input_ids=None, past_key_values=None, **kwargs):
        if past_key_values is not None and past_key_values.get_seq_length():
            past_key_values = past_key_values.to_tuples_of_tensors()
        return super().forward(input_ids, past_key_values=past_key_values, **kwargs)
""",
    "a method that generate no longer has": MODEL
    + """
    def prepare_inputs_for_generation(self, input_ids, **kwargs):
        return self.get_masks(input_ids)
""",
}


@pytest.mark.parametrize("fault", _FAULTS)
def test_a_model_written_for_another_transformers_is_refused_when_loading(
    tmp_path: Path, fault: str
) -> None:
    save_own_model(tmp_path / "Glm")
    (tmp_path / "Glm" / "modeling_glm.py").write_text(_FAULTS[fault])
    error = refusal(tmp_path / "Glm", allowed(tmp_path / "Glm"))
    assert error.code is InferenceErrorCode.MODEL_UNSUITABLE
    assert error.detail["unsuitable"] == "code_fails"
    assert error.detail["about"]


def test_a_package_that_code_imports_is_named(folder: Path) -> None:
    (folder / "words.py").write_text("import sentencepiece_of_another_name\n" + TOKENIZER)
    error = refusal(folder, allowed(folder))
    assert error.code is InferenceErrorCode.BACKEND_NOT_INSTALLED
    assert error.detail["package"] == "sentencepiece_of_another_name"


def test_a_whole_model_in_code_loads(tmp_path: Path) -> None:
    save_own_model(tmp_path / "Glm")
    assert not load(tmp_path / "Glm", allowed(tmp_path / "Glm"), lambda _: None).batchable


def test_a_missing_code_file_is_named(folder: Path) -> None:
    placement = allowed(folder)
    (folder / "names.py").unlink()
    error = refusal(folder, placement)
    assert error.code is InferenceErrorCode.MODEL_FILE_MISSING
    assert error.detail["file"] == "names.py"


def _no_network(*_: object) -> None:
    raise AssertionError("nothing may be fetched")
