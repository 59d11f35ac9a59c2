"""What can be installed at its first use."""

from __future__ import annotations

from hosting.extras.extra import EXTRAS, Extra, find_extra


def test_the_hubs_clients_are_an_extra_with_pinned_versions() -> None:
    hubs = find_extra("hubs")
    assert hubs is not None
    pins = hubs.requirements.read_text(encoding="utf-8")
    assert "huggingface-hub==2.4.0" in pins
    assert "modelscope-hub==0.5.1" in pins
    assert find_extra("nothing") is None


def test_every_extra_has_its_requirements() -> None:
    assert all(extra.requirements.is_file() and extra.megabytes for extra in EXTRAS)


def test_it_is_installed_once_all_its_modules_exist(extra: Extra) -> None:
    assert not extra.is_installed
    there = Extra("json", ("json", "asyncio"), extra.requirements, 1, "", "")
    assert there.is_installed
