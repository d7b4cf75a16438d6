"""What a language model brings: the labelled messages, understood without it and with it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.dialogue.types import Frame
from bot.dialogue.understanding import understand
from bot.dialogue.understanding.lines import context_from
from bot.llm.desk import PATIENCE_S, open_to_reading
from bot.llm.endpoint import Endpoint, EndpointError, Usage
from bot.llm.frames import NotAFrame, frame_of, frame_prompt, meaning_of
from tests.unit.dialogue.corpus import Figures, Labelled

AT_ONCE = 4


@dataclass
class Comparison:
    """Figures by language and altogether, and what asking took."""

    alone: dict[str, Figures] = field(default_factory=dict)
    helped: dict[str, Figures] = field(default_factory=dict)
    asked: int = 0
    unused: dict[str, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)

    def add(self, message: Labelled, alone: Frame, helped: Frame) -> None:
        """Count a message."""
        for figures, frame in ((self.alone, alone), (self.helped, helped)):
            got: dict[str, Any] = {"intent": frame.intent, "slots": frame.slots}
            for group in (message.language, "all"):
                figures.setdefault(group, Figures()).count(message, got)

    def as_markdown(self) -> str:
        """The table, and a line about the asking."""
        lines = ["| language | messages | turn right, alone | with the model | slot F1, alone | with the model |"]
        lines.append("|---|---|---|---|---|---|")
        for group in sorted(self.alone):
            one, two = self.alone[group], self.helped[group]
            rates = f"{one.turn_rate:.3f} | {two.turn_rate:.3f} | {one.slot_f1:.3f} | {two.slot_f1:.3f}"
            lines.append(f"| {group} | {one.messages} | {rates} |")
        ranked = sorted(self.seconds) or [0.0]
        p50, p95 = (ranked[min(len(ranked) - 1, int(len(ranked) * share))] for share in (0.5, 0.95))
        unused = ", ".join(f"{count} {why}" for why, count in sorted(self.unused.items())) or "none"
        lines.append(
            f"\nAsked about {self.asked} of them; answers not used: {unused}. p50 {p50:.2f} s, p95 {p95:.2f} s;"
            f" {self.usage.prompt} tokens read, {self.usage.answer} written."
        )
        return "\n".join(lines)


async def compare(messages: Iterable[Labelled], endpoint: Endpoint, patience_s: float = PATIENCE_S) -> Comparison:
    """Understand each message both ways; where the model is not asked or fails, both are one."""
    found, places = Comparison(), asyncio.Semaphore(AT_ONCE)

    async def one(message: Labelled) -> None:
        context = context_from(message.context)
        alone = understand(message.text, context)
        helped = alone
        if open_to_reading(alone) and (context.state != "ask" or context.asked == "photo"):
            async with places:
                found.asked += 1
                began = time.monotonic()
                try:
                    async with asyncio.timeout(patience_s):
                        called = await endpoint.call(frame_prompt(message.text, context))
                    found.usage += called.usage or Usage()
                    helped = frame_of(meaning_of(called.arguments or "", message.text), alone)
                except (TimeoutError, EndpointError, NotAFrame) as error:
                    why = str(error) or "too late"
                    found.unused[why] = found.unused.get(why, 0) + 1
                found.seconds.append(time.monotonic() - began)
        found.add(message, alone, helped)

    await asyncio.gather(*map(one, messages))
    return found
