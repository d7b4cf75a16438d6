"""What `doctor` finds out about the shops that are asked live."""

from __future__ import annotations

import time

from bot.findings import Finding
from bot.settings import BotSettings
from catalog.errors import ProviderError
from catalog.ports import LiveProvider, ProductIndex
from catalog.providers.registry import Resources, build_providers
from catalog.types import Query

_PROBE = Query(text="red dress", category=("dress",), color=("red",))


async def findings(settings: BotSettings, index: ProductIndex) -> list[Finding]:
    """Nothing when no shop is set up; otherwise each is asked once for a red dress."""
    found: list[Finding] = []
    for provider in build_providers(Resources(index, settings.shops)):
        if not isinstance(provider, LiveProvider):
            continue
        what, began = f"shop {provider.name}", time.monotonic()
        try:
            page = await provider.search(_PROBE, 1)
        except ProviderError as error:
            found.append(Finding(what, False, error.reason or error.user_message))
        else:
            found.append(Finding(what, True, f"{page.total} red dresses in {time.monotonic() - began:.1f} s"))
        finally:
            await provider.close()
    return found
