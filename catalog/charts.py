"""A shop's size chart: for each size the measures it is made for, in centimetres."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from catalog.types import SizeChart

MAX_SIZES = 20
MAX_BYTES = 4000
INCH_CM = 2.54

_MEASURES = {
    "chest": "chest_cm", "bust": "chest_cm", "waist": "waist_cm", "hip": "hips_cm", "hips": "hips_cm",
    "inseam": "inseam_cm", "inside leg": "inseam_cm", "height": "height_cm",
}  # fmt: skip
_BELIEVABLE_CM = (20.0, 260.0)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def size_chart(value: object) -> SizeChart:
    """The chart in a feed's cell: {"M": {"chest_cm": [96, 101], "waist_in": "32-34"}}, as JSON or as its text.

    Measures that are not known or not believable are left out; what is no chart at all is an empty one.
    """
    if isinstance(value, str) and len(value) <= MAX_BYTES:
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    if not isinstance(value, Mapping):
        return {}
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for size, row in list(value.items())[:MAX_SIZES]:
        if isinstance(row, Mapping):
            spans = {
                name: span for key, cell in row.items() if (name := _name(str(key))) and (span := _span(key, cell))
            }
            if spans:
                found[str(size).strip().upper()[:12]] = spans
    return found


def _name(key: str) -> str | None:
    words = key.strip().lower().replace("-", " ").replace("_", " ")
    return _MEASURES.get(re.sub(r"\s*(?:cm|in|inch|inches)$", "", words))


def _span(key: object, cell: object) -> tuple[float, float] | None:
    numbers = [float(text.replace(",", ".")) for text in _NUMBER.findall(json.dumps(cell, default=str))[:2]]
    if not numbers:
        return None
    unit = INCH_CM if re.search(r"[\s_-](?:in|inch|inches)$", str(key).strip().lower()) else 1.0
    low, high = sorted((numbers[0] * unit, numbers[-1] * unit))
    believable = low >= _BELIEVABLE_CM[0] and high <= _BELIEVABLE_CM[1]
    return (round(low, 1), round(high, 1)) if believable else None
