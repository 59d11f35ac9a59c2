"""The configurations for vLLM and SGLang, as far as their text can be checked here: related values
are equal. Their own schemas were checked by hand (docs/several-machines.md).
"""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.live.live_server import ROOT

FOLDER = ROOT / "deploy" / "several-machines"
PAGE = (ROOT / "docs" / "several-machines.md").read_text(encoding="utf-8")
NAME = "qwen3-8b"


def read(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((FOLDER / name).read_text(encoding="utf-8")))


def of_kind(kind: str) -> list[dict[str, Any]]:
    return [one for one in read("kubernetes.yaml") if one["kind"] == kind]


def test_the_page_names_every_configuration() -> None:
    assert all(file.name in PAGE for file in FOLDER.iterdir())


@pytest.mark.parametrize("engine", ["vllm", "sglang"])
def test_a_compose_file_serves_the_name_that_myllm_requests(engine: str) -> None:
    (file,) = read(f"{engine}.compose.yaml")
    service = file["services"][engine]
    assert f"--served-model-name={NAME}" in service["command"]
    (ports,) = service["ports"]
    outside, inside = ports.split(":")
    assert f"127.0.0.1:{inside}/health" in service["healthcheck"]["test"][-1]
    head = (FOLDER / f"{engine}.compose.yaml").read_text(encoding="utf-8").split("services:")[0]
    assert f":{outside}/v1#{NAME}" in head


@pytest.mark.parametrize("engine", ["vllm", "sglang"])
def test_no_server_starts_without_a_key(engine: str) -> None:
    text = (FOLDER / f"{engine}.compose.yaml").read_text(encoding="utf-8")
    assert re.search(rf"\${{{engine.upper()}_API_KEY:\?", text)
    assert f"{engine.upper()}_API_KEY=" in PAGE


def test_every_service_finds_the_pods_and_their_port() -> None:
    (pods,) = of_kind("StatefulSet")
    labels = pods["spec"]["template"]["metadata"]["labels"]
    (container,) = pods["spec"]["template"]["spec"]["containers"]
    names = {port["name"] for port in container["ports"]}
    services = of_kind("Service")
    assert pods["spec"]["serviceName"] in {one["metadata"]["name"] for one in services}
    assert pods["spec"]["selector"]["matchLabels"] == labels
    for service in services:
        assert service["spec"]["selector"] == labels
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= names


@pytest.mark.parametrize("probe", ["startupProbe", "readinessProbe", "livenessProbe"])
def test_every_probe_asks_the_engine_for_its_health(probe: str) -> None:
    (pods,) = of_kind("StatefulSet")
    (container,) = pods["spec"]["template"]["spec"]["containers"]
    assert container[probe]["httpGet"] == {"path": "/health", "port": "http"}
    assert probe in PAGE


def test_the_replicas_addresses_are_those_of_the_pods() -> None:
    (pods,) = of_kind("StatefulSet")
    count, service = pods["spec"]["replicas"], pods["spec"]["serviceName"]
    addresses = "|".join(f"http://vllm-{at}.{service}:8000/v1" for at in range(count))
    assert f"{addresses}#{NAME}" in PAGE
    (outside,) = [one for one in of_kind("Service") if one["spec"].get("type") == "NodePort"]
    assert str(outside["spec"]["ports"][0]["nodePort"]) in PAGE


def test_ray_serves_the_same_name_with_replicas_that_are_checked() -> None:
    (file,) = read("ray-serve.yaml")
    (application,) = file["applications"]
    (model,) = application["args"]["llm_configs"]
    assert model["model_loading_config"]["model_id"] == NAME
    assert model["deployment_config"]["autoscaling_config"]["min_replicas"] == 2
    assert model["deployment_config"]["health_check_period_s"] == 10
