"""Labelled messages and the figures of an understanding over them.

`messages.txt` is ours; `strangers.jsonl` was written by people who had not seen the lexicon, and was learned from;
`unread.jsonl` was written by such people too, and nobody looked at it to improve anything.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bot.dialogue.understanding import understand, understand_lines
from bot.dialogue.understanding.lines import context_from
from bot.dialogue.understanding.text import bag

SOFT = frozenset(["style", "feature", "match", "body", "height", "problem", "attribute", "topic"])
"""Slots that do not decide whether a turn is right."""
OURS = Path(__file__).with_name("messages.txt")
STRANGERS = Path(__file__).with_name("strangers.jsonl")
UNREAD = Path(__file__).with_name("unread.jsonl")
LANGUAGES = ("en", "hl", "hi", "es", "fr", "de", "pt", "ar")
"""`hl` is Hindi in Latin letters, hi-Latn in a frame."""

_QUERY = {"category": ["dress"], "color": ["red"], "gender": ["women"], "price_max": 2000, "currency": "INR"}
_STATES: dict[str, dict[str, Any]] = {
    "I": {"state": "idle"},
    "R": {"state": "results", "query": _QUERY, "shown": 5, "page": 1},
    "F": {"state": "item_focus", "query": _QUERY, "shown": 5, "page": 1, "focus": 3},
    "W": {"state": "tryon_running", "query": _QUERY, "shown": 5, "focus": 2},
    "D": {"state": "tryon_done", "query": _QUERY, "shown": 5, "focus": 2},
    "G": {"state": "idle", "digest": {"active": True, "cadence": "weekly"}},
}
_SCALARS = bag(
    """
    gender price_min price_max price_about currency sort rating_min discount_min count email cadence day time url
    attribute scope language photo unknown_answer
    """
)


@dataclass(frozen=True)
class Labelled:
    """A message with what it means."""

    text: str
    context: dict[str, Any]
    intent: str
    slots: dict[str, Any]
    language: str = "public"


@dataclass
class Figures:
    """Counts over messages; the rates are between 0 and 1."""

    messages: int = 0
    intents: int = 0
    turns: int = 0
    hit: int = 0
    found: int = 0
    wanted: int = 0
    wrong: list[str] = field(default_factory=list)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, message: Labelled, got: dict[str, Any]) -> None:
        """Add a message, of which this was understood."""
        wanted, found = pairs_of(message.slots), pairs_of(got.get("slots", {}))
        right = got.get("intent") == message.intent
        self.messages += 1
        self.intents += right
        self.turns += right and wanted == found
        self.hit += len(wanted & found)
        self.found += len(found)
        self.wanted += len(wanted)
        if not right:
            self.confused[message.intent, str(got.get("intent"))] += 1
        if not (right and wanted == found):
            self.wrong.append(
                f"{message.language} {message.text!r}: {message.intent} {message.slots} read as {got}"
            )

    @property
    def intent_rate(self) -> float:
        return self.intents / self.messages

    @property
    def turn_rate(self) -> float:
        return self.turns / self.messages

    @property
    def slot_f1(self) -> float:
        return 2 * self.hit / ((self.found + self.wanted) or 1)


def lines_of(path: Path) -> list[Labelled]:
    """The messages of a JSON lines file as the schema describes it, perhaps with `lang`."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Labelled(r["text"], r["context"], r["intent"], r["slots"], r.get("lang", "public")) for r in rows]


def ours() -> list[Labelled]:
    """Our own messages."""
    lines = OURS.read_text(encoding="utf-8").splitlines()
    return [_labelled(line) for line in lines if line.strip() and not line.startswith("#")]


def _labelled(line: str) -> Labelled:
    said, _, meant = line.rpartition(" => ")
    language, state, text = said.split(" ", 2)
    intent, *pairs = meant.split()
    kind, _, asked = state.partition(":")
    context = {"state": "ask", "asked": asked, "query": _QUERY} if kind == "A" else _STATES[kind]
    slots: dict[str, Any] = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        outer, _, inner = name.rpartition(".")
        target = slots.setdefault(outer, {}) if outer else slots
        scalar = outer == "rel" or (not outer and name in _SCALARS)
        values = value.replace("_", " ").split("|") if name != "sort" else [value]
        target[inner] = values[0] if scalar else values
    return Labelled(text, context, intent, slots, language)


def pairs_of(slots: dict[str, Any], prefix: str = "") -> set[tuple[str, str]]:
    """The hard (slot, value) pairs, nested names joined by dots."""
    found: set[tuple[str, str]] = set()
    for name, value in slots.items():
        if isinstance(value, dict):
            found |= pairs_of(value, f"{prefix}{name}.")
        elif name not in SOFT:
            found |= {(prefix + name, str(v)) for v in (value if isinstance(value, list) else [value])}
    return found


@cache
def _read(line: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(next(understand_lines([line])))
    return answer


def measure(messages: Iterable[Labelled]) -> Figures:
    """What the understanding makes of the messages."""
    figures = Figures()
    for message in messages:
        figures.count(message, _read(json.dumps({"context": message.context, "text": message.text})))
    return figures


def by_language(messages: Iterable[Labelled]) -> dict[str, Figures]:
    """The figures of each language."""
    rows = list(messages)
    return {
        name: measure(m for m in rows if m.language == name) for name in dict.fromkeys(m.language for m in rows)
    }


def by_intent(messages: Iterable[Labelled]) -> dict[str, Figures]:
    """The figures of each intent."""
    rows = list(messages)
    return {name: measure(m for m in rows if m.intent == name) for name in sorted({m.intent for m in rows})}


def languages_told(messages: Iterable[Labelled]) -> Counter[tuple[str, str]]:
    """How often the language of a message was told, was left open, or was told wrong: by (language, outcome)."""
    outcomes: Counter[tuple[str, str]] = Counter()
    for message in messages:
        told = understand(message.text, context_from({})).lang
        wanted = "hi-Latn" if message.language == "hl" else message.language
        outcomes[message.language, "open" if told is None else "told" if told == wanted else "wrong"] += 1
    return outcomes
