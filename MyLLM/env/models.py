"""Model specs."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from chat.errors.model_reasons import reason
from inference import ModelSpecError, UnsuitableSpecError, check_spec
from MyLLM.env.typed import Typed


def models(typed: Typed) -> tuple[str, ...]:
    """At least one. Raises `ImproperlyConfigured` for an unknown one."""
    if not typed.items:
        raise ImproperlyConfigured(
            f"{typed.name} 是空的：请至少写一个模型。 (name at least one model)"
        )
    for spec in typed.items:
        _check(typed.name, spec)
    return typed.items


def _check(name: str, spec: str) -> None:
    try:
        check_spec(spec)
    except UnsuitableSpecError as error:
        chinese = reason(error.found, chinese=True)
        raise ImproperlyConfigured(f"{name}：{spec} 不能用来聊天：{chinese}。 ({error})") from None
    except ModelSpecError as error:
        raise ImproperlyConfigured(f"{name}：不认识的模型。 ({error})") from None
