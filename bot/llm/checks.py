"""What `doctor` finds out about the language model."""

from __future__ import annotations

import asyncio
import time

from bot.bootstrap import model_endpoint
from bot.dialogue.types import Context
from bot.findings import Finding
from bot.llm.desk import PATIENCE_S
from bot.llm.endpoint import EndpointError
from bot.llm.frames import NotAFrame, frame_prompt, meaning_of
from bot.settings import BotSettings

_PROBE = "show me white t-shirts under 1000"
_LOADING_S = 60.0
"""A local server may load the model first."""


async def findings(settings: BotSettings, patience_s: float = _LOADING_S) -> list[Finding]:
    """Nothing when no model is set; asks it for the frame of a message of ours, which costs as much as any."""
    endpoint = model_endpoint(settings)
    if endpoint is None:
        if settings.openai_model is None:
            return []
        return [Finding("language model", False, "OPENAI_MODEL is set; set OPENAI_BASE_URL or OPENAI_API_KEY too")]
    what = f"language model {endpoint.model} at {endpoint.host}"
    began = time.monotonic()
    try:
        async with asyncio.timeout(patience_s):
            called = await endpoint.call(frame_prompt(_PROBE, Context()))
        meaning = meaning_of(called.arguments or "", _PROBE)
    except TimeoutError:
        return [Finding(what, False, f"no answer within {patience_s:g} s")]
    except EndpointError as error:
        return [Finding(what, False, str(error))]
    except NotAFrame:
        detail = "it answers, but calls no tool as asked; choose a model with tool calling"
        return [Finding(what, False, detail)]
    finally:
        await endpoint.close()
    took = time.monotonic() - began
    if took > PATIENCE_S:
        return [
            Finding(
                what, False, f"answered in {took:.1f} s; people are answered without it after {PATIENCE_S:g} s"
            )
        ]
    return [Finding(what, True, f"read a message as {meaning.wishes[0].intent!r} in {took:.1f} s")]
