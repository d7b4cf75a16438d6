"""Turns and jobs as the web chat's protocol writes them (docs/web-chat.md)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.dialogue import names
from bot.dialogue.language import speaking
from storage.records import JobRecord, QueuePlace, TurnRecord


def turn_view(turn: TurnRecord) -> dict[str, Any]:
    """A turn for the browser: media keys become addresses."""
    body = turn.body
    return {
        "id": str(turn.id),
        "seq": turn.seq,
        "rev": turn.rev,
        "author": turn.author,
        "at": turn.created_at.isoformat().replace("+00:00", "Z"),
        "event": turn.event_id,
        "text": body["text"],
        "lang": body.get("lang"),
        "choices": body["choices"],
        "products": [_product_view(product, body.get("lang")) for product in body["products"]],
        "pictures": [
            {"url": media_url(p["media"]), "alt": p["alt"], "role": p["role"], "width": None, "height": None}
            for p in body["pictures"]
        ],
        "job": body["job"],
    }


def _product_view(product: dict[str, Any], language: str | None) -> dict[str, Any]:
    with speaking(language):
        colours = [names.value(colour) for colour in product["color"]]
    view = {**product, "picture": media_url(product["picture"]), "color_names": colours}
    until = product.get("fresh_until")
    if until is not None and datetime.fromisoformat(until) <= datetime.now(UTC):
        # What a shop told a while ago is not said again without asking it.
        view |= {"price_minor": None, "about_minor": None}
    return view


def job_view(job: JobRecord, place: QueuePlace) -> dict[str, Any]:
    """A job's progress for the browser."""
    return {
        "id": str(job.id),
        "status": job.status,
        "position": place.ahead,
        "eta_s": round(place.eta_s, 1),
        "stage": job.stage,
        "fraction": job.fraction,
        "refining": job.refining,
        "sketch": None if job.sketch is None else media_url(job.sketch),
    }


def live_view(known: dict[str, Any], told: dict[str, Any] | None) -> dict[str, Any]:
    """A job's progress with what its worker told since, unless it went on to another one."""
    if told is None or told["refining"] != known["refining"]:
        return known
    sketch = known["sketch"] if told["sketch"] is None else media_url(told["sketch"])
    return {**known, "status": "running", "position": 0, "eta_s": 0.0, **told, "sketch": sketch}


def media_url(key: str) -> str:
    """Where the browser finds a blob."""
    return f"/media/{key}"
