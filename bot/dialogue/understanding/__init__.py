"""Reads what people write into a frame: one intent, slots, and what words were left. No network, no model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.dialogue.types import Context, Frame
from bot.dialogue.understanding.reading import Reading, read_message
from bot.dialogue.understanding.slots import read_slots, rest_of
from bot.dialogue.wishes import FILTERS

__all__ = ["understand", "understand_lines"]

_FIRST = (
    "delete_data", "digest_unsubscribe", "digest_update", "digest_subscribe", "email_results", "set_photo",
    "tryon_status", "tryon_retry", "unsave", "show_saved", "compare", "similar", "advice", "save", "buy", "tryon",
)  # fmt: skip
"""Cues that decide by themselves, the most particular first."""

_WITHOUT_FACETS = ("reset", "cancel", "back", "more", "details", "feedback_negative", "feedback_positive", "help")
"""Cues that decide unless the message also names clothes."""

_SMALL_TALK = ("thanks", "goodbye", "greet", "out_of_scope")
_FILTERS = frozenset((*FILTERS, "rel", "remove"))


def understand(text: str, context: Context) -> Frame:
    """The frame of a message. Raises nothing; what means nothing is out_of_scope."""
    reading = read_message(text)
    slots, taken = read_slots(reading, context)
    rest = rest_of(reading, taken)
    intent = _intent(reading, slots, rest, context)
    if intent == "delete_data":
        slots = {"scope": "photos" if "set_photo" in reading.cues or "photo" in reading.row else "all"}
    if intent in {"affirm", "deny", "greet", "thanks", "goodbye", "help", "reset", "delete_data"}:
        slots.pop("ref", None)
    return Frame(intent, slots, rest=rest)


def _intent(reading: Reading, slots: Mapping[str, Any], rest: tuple[str, ...], context: Context) -> str:
    cues = reading.cues
    filters = _FILTERS & slots.keys()
    if (
        context.asked in {"email", "size", "budget", "gender", "photo"}
        and (slots or "unsure" in cues)
        and not cues & {*_FIRST}
    ):
        return "provide"
    if context.asked == "confirm" or context.state == "ask":
        for answer in ("deny", "affirm"):
            if answer in cues and not cues & {"delete_data", "help"}:
                return answer
    if "url" in slots:
        return "tryon" if "tryon" in cues else "add_link"
    for cue in _FIRST:
        if cue in cues:
            return _particular(cue, cues, filters, slots, context)
    if not filters:
        for cue in _WITHOUT_FACETS:
            if cue in cues:
                return cue
    return _about_clothes(reading, slots, rest, context, filters)


def _particular(
    cue: str, cues: frozenset[str], filters: frozenset[str], slots: Mapping[str, Any], context: Context
) -> str:
    """A try-on of clothes that are not on screen is a search for them."""
    named = "category" in filters or "color" in filters
    if cue == "tryon" and named and not slots.get("ref") and not context.shown:
        return "search"
    if cue == "save" and "search" in cues and named:
        return "search"
    return cue


def _about_clothes(
    reading: Reading,
    slots: Mapping[str, Any],
    rest: tuple[str, ...],
    context: Context,
    filters: frozenset[str],
) -> str:
    cues = reading.cues
    if filters:
        if "set_profile" in cues and not filters & {"category"}:
            return "set_profile"
        return (
            "refine"
            if context.shown and not filters >= {"category", "color"} and _narrows(slots, context)
            else "search"
        )
    if slots.get("ref") and context.shown:
        return "tryon"
    for answer in ("affirm", "deny"):
        if answer in cues:
            return answer
    for cue in ("set_profile", *_SMALL_TALK):
        if cue in cues:
            return cue
    if "search" in cues or (rest and len(rest) <= 4):
        return "search"
    return "out_of_scope"


def _narrows(slots: Mapping[str, Any], context: Context) -> bool:
    """Whether the message changes what is on screen; another kind of garment starts anew."""
    category = slots.get("category")
    return not category or list(category) == list(context.query.get("category", category))


def understand_lines(lines: Iterable[str]) -> Iterator[str]:
    """JSON Lines in (`id`, `context`, `text`), JSON Lines out (`id`, `intent`, `slots`, optional `also`).

    A line that is no such object becomes `{"id", "error"}`; the others are answered all the same.
    """
    for line in lines:
        if not line.strip():
            continue
        identity: Any = None
        try:
            asked = json.loads(line)
            identity = asked.get("id")
            frame = understand(str(asked["text"]), _context(asked.get("context") or {}))
        except (ValueError, AttributeError, KeyError, TypeError) as error:
            yield json.dumps({"id": identity, "error": f"not a message: {error}"}, ensure_ascii=False)
            continue
        answer: dict[str, Any] = {"id": identity, "intent": frame.intent, "slots": frame.slots}
        if frame.also:
            answer["also"] = list(frame.also)
        yield json.dumps(answer, ensure_ascii=False)


def _context(data: Mapping[str, Any]) -> Context:
    return Context(
        state=str(data.get("state", "idle")),
        query=dict(data.get("query") or {}),
        shown=int(data.get("shown") or 0),
        page=int(data.get("page") or 1),
        focus=data.get("focus") if isinstance(data.get("focus"), dict) else None,
        asked=data.get("asked"),
        digest=data.get("digest") if isinstance(data.get("digest"), dict) else None,
    )
