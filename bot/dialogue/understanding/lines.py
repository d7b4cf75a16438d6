"""The understanding over JSON lines, for programs: one message in, one frame out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from bot.dialogue.types import Context, Frame
from bot.dialogue.understanding.frames import understand

_FIELDS = frozenset(f.name for f in fields(Context))


def understand_lines(lines: Iterable[str]) -> Iterator[str]:
    """One JSON line out for each line in, in order; blank lines are left out. Nothing in them raises."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield json.dumps(understand_line(line, number), ensure_ascii=False)


def understand_line(line: str, number: int) -> dict[str, Any]:
    """`id`, `intent`, `slots` and perhaps `also`; for a bad line `id` and `error` with code and message."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return _error(None, "not_json", f"Line {number} is not JSON.")
    if not isinstance(data, dict):
        return _error(None, "not_an_object", f"Line {number} is not a JSON object.")
    text, context = data.get("text"), data.get("context", {})
    if not isinstance(text, str):
        return _error(data.get("id"), "no_text", f"Line {number} has no text.")
    if not isinstance(context, dict):
        return _error(data.get("id"), "bad_context", f"The context of line {number} is not an object.")
    try:
        frame = understand(text, context_from(context))
    except (TypeError, ValueError) as error:
        return _error(data.get("id"), "bad_context", f"The context of line {number} cannot be read: {error}")
    return {"id": data.get("id"), **_plain(frame)}


def context_from(data: dict[str, Any]) -> Context:
    """The context as the lines write it; unknown keys are left out, `focus` may be an item's number.

    Raises TypeError or ValueError for values of the wrong kind.
    """
    known = {k: v for k, v in data.items() if k in _FIELDS and v is not None}
    focus = known.get("focus")
    if focus is not None and not isinstance(focus, dict):
        known["focus"] = {"index": focus}
    for name in ("shown", "page"):
        if name in known:
            known[name] = int(known[name])
    for name in ("query", "digest"):
        if not isinstance(known.get(name, {}), dict):
            raise TypeError(f"{name} is not an object")
    return Context(**known)


def _plain(frame: Frame) -> dict[str, Any]:
    out: dict[str, Any] = {"intent": frame.intent, "slots": frame.slots}
    if frame.also:
        out["also"] = list(frame.also)
    return out


def _error(ident: Any, code: str, message: str) -> dict[str, Any]:
    return {"id": ident, "error": {"code": code, "message": message}}
