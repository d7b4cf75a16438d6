"""Every provider, by name. A new one is a file beside this one and a line below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from catalog.ports import ProductIndex, Provider
from catalog.providers.local import LocalProvider


@dataclass(frozen=True, slots=True)
class Resources:
    """What providers are built from."""

    index: ProductIndex


Build = Callable[[Resources], Provider | None]
"""Makes a provider, or None where it is not set up (a shop without its key)."""

PROVIDERS: Mapping[str, Build] = MappingProxyType(
    {
        LocalProvider.name: lambda resources: LocalProvider(resources.index),
    }
)


def build_providers(resources: Resources, providers: Mapping[str, Build] = PROVIDERS) -> tuple[Provider, ...]:
    """All providers that are set up, in the order of the registry."""
    return tuple(_built(build(resources) for build in providers.values()))


def _built(providers: Iterable[Provider | None]) -> Iterable[Provider]:
    return (provider for provider in providers if provider is not None)
