"""Which colours go together, and why. Colours are CIE Lab (D65); hues are placed on the painters' wheel.

The painters' wheel (Itten 1961) has red, orange, yellow, green, blue and violet at equal steps. CIE Lab has the
same hues in the same order at other angles: a hue is moved from one to the other by straight lines between them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cbrt, degrees, hypot
from typing import Literal

Lab = tuple[float, float, float]
"""Lightness 0..100, a (green to red), b (blue to yellow)."""

Relation = Literal["neutrals", "neutral", "tones", "neighbours", "opposites", "apart"]

_HEX = {
    "black": "1b1b1d", "jet": "141416", "jet black": "141416", "ebony": "2a2522", "onyx": "232427",
    "white": "f5f5f3", "off-white": "f1ece0", "ivory": "f4efdf", "cream": "f2e8cf", "ecru": "d9cdb0",
    "snow": "f8f8fa",
    "grey": "8a8b8d", "charcoal": "3f4246", "silver": "b9bbbe", "slate": "5f6b75", "ash": "a9aaa6",
    "heather grey": "9c9da1",
    "blue": "2f5fa8", "navy": "1f2a4d", "royal blue": "2b4fc0", "sky blue": "8ec3e8", "teal": "14777a",
    "turquoise": "35bdb6", "aqua": "66cdd6", "cobalt": "1f4aa8", "indigo": "3b3a7a", "cyan": "25b6d2",
    "steel blue": "4f7ea8", "azure": "3f93d8",
    "green": "3d8a4a", "mint": "a9e0c4", "olive": "6b6b35", "sage": "9caf8b", "khaki": "a89a6a", "lime": "a6d030",
    "emerald": "128a5d", "forest green": "26523a", "bottle green": "1d4a3a",
    "red": "c3272f", "burgundy": "6d1f2f", "crimson": "b3163a", "scarlet": "d42a1c", "coral": "f27d68",
    "cherry": "a51c34", "ruby": "9c1440",
    "yellow": "f0cc3c", "mustard": "cf9f2c", "lemon": "f4e45c", "gold": "c9a14a", "ochre": "c08a35",
    "orange": "ea7e25", "rust": "a94a22", "peach": "f6c0a0", "terracotta": "bd6246", "apricot": "f4b183",
    "tangerine": "f08a2a",
    "purple": "6c3f91", "lavender": "bfb2e0", "lilac": "c5a8d6", "violet": "7a4fb5", "mauve": "a888a4",
    "plum": "6b2f5a",
    "aubergine": "43233f",
    "pink": "ea94b0", "blush": "edc5c5", "rose": "d97a8c", "fuchsia": "d4268c", "magenta": "c6217f",
    "hot pink": "ee4d9b", "salmon": "f4957f", "dusty pink": "cf9ca2",
    "brown": "6a4630", "tan": "c29a6b", "camel": "b38e65", "chocolate": "4c2e20", "coffee": "5b4232",
    "bronze": "8a6335",
    "cognac": "92512b",
    "beige": "d9c7a8", "nude": "e0bfa6", "sand": "d3bd97", "taupe": "8d7f70", "oatmeal": "d8ccb6",
    "champagne": "e9d8b8",
}  # fmt: skip
"""What the catalogue's names of colours look like on cloth, chosen by eye; sRGB."""

_WHEEL = (
    (-45.0, -60.0), (32.0, 0.0), (60.0, 60.0), (96.0, 120.0), (145.0, 180.0), (235.0, 234.0), (285.0, 246.0),
    (315.0, 300.0), (392.0, 360.0),
)  # fmt: skip
"""Hue angles of CIE Lab and the places on the painters' wheel, degrees: violet, red, orange, yellow, green, blue.

Blues of one hue to the eye lie far apart in CIE Lab, hence two points for blue.
"""

GREY_CHROMA = 14.0
DEEP_LIGHTNESS, DEEP_CHROMA = 32.0, 30.0
EARTH_HUES, EARTH_CHROMA = (50.0, 102.0), 36.0
"""Neutrals: greys; deep colours such as navy; earth colours such as beige and tan."""

SAME_HUE, NEIGHBOUR, OPPOSITE = 22.0, 65.0, 140.0
"""Degrees apart on the wheel: up to, up to, from."""

MUTED, VIVID = 40.0, 60.0
CONTRAST, EVEN = 35.0, 12.0
"""Chroma of calm and of strong colours; difference of lightness of clear lines and of one surface."""

_WORTH: dict[Relation, float] = {
    "neutrals": 0.85, "neutral": 0.95, "tones": 0.9, "neighbours": 0.85, "opposites": 0.8, "apart": 0.4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """How two colours stand to each other; `worth` 0..1 says how surely they go together."""

    relation: Relation
    worth: float
    muted: bool
    vivid: bool
    contrast: float


def lab_of(rgb: tuple[float, float, float]) -> Lab:
    """CIE Lab of sRGB in 0..1 (IEC 61966-2-1, CIE 15, white D65)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (cbrt(t) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _named() -> dict[str, Lab]:
    found = {}
    for name, code in _HEX.items():
        red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
        found[name] = lab_of((red, green, blue))
    return found


_LAB = _named()
_SHADES = {"dark": -20.0, "light": 22.0, "bright": 4.0}


def lab_named(name: str) -> Lab | None:
    """What a colour of the catalogue looks like ("dark blue"), or None for one that is no single colour."""
    if name in _LAB:
        return _LAB[name]
    shade, _, colour = name.partition(" ")
    if shade not in _SHADES or colour not in _LAB:
        return None
    light, a, b = _LAB[colour]
    paler = 1.3 if shade == "bright" else 0.75
    return min(97.0, max(6.0, light + _SHADES[shade])), a * paler, b * paler


def chroma(lab: Lab) -> float:
    """How colourful: 0 is grey."""
    return hypot(lab[1], lab[2])


def wheel(lab: Lab) -> float:
    """Where its hue stands on the painters' wheel, in degrees from red over orange and yellow."""
    hue = degrees(atan2(lab[2], lab[1])) % 360.0
    hue = hue - 360.0 if hue > 360.0 + _WHEEL[0][0] else hue
    for (low, start), (high, end) in pairwise(_WHEEL):
        if low <= hue <= high:
            return (start + (end - start) * (hue - low) / (high - low)) % 360.0
    return hue % 360.0


def is_neutral(lab: Lab) -> bool:
    """Whether it goes with every colour: greys, deep colours, earth colours."""
    colourful, hue = chroma(lab), degrees(atan2(lab[2], lab[1])) % 360.0
    deep = lab[0] <= DEEP_LIGHTNESS and colourful <= DEEP_CHROMA
    earth = EARTH_HUES[0] <= hue <= EARTH_HUES[1] and colourful <= EARTH_CHROMA
    return colourful <= GREY_CHROMA or deep or earth


def pair(one: Lab, other: Lab) -> Pair:
    """How these two stand to each other."""
    contrast, weakest = abs(one[0] - other[0]), min(chroma(one), chroma(other))
    muted = max(chroma(one), chroma(other)) < MUTED
    vivid = weakest >= VIVID
    relation = _relation(one, other)
    worth = _WORTH[relation]
    if relation in ("opposites", "apart"):
        worth += 0.1 * muted - 0.15 * vivid
    elif relation in ("neutrals", "tones") and contrast < EVEN:
        # Two greys, or two blues, that almost match look like a try at the same one.
        worth -= 0.2
    elif contrast > CONTRAST:
        worth += 0.05
    return Pair(relation, min(1.0, worth), muted, vivid, contrast)


def _relation(one: Lab, other: Lab) -> Relation:
    quiet = is_neutral(one) + is_neutral(other)
    if quiet:
        return "neutrals" if quiet == 2 else "neutral"
    apart = abs(wheel(one) - wheel(other))
    apart = min(apart, 360.0 - apart)
    if apart <= SAME_HUE:
        return "tones"
    if apart <= NEIGHBOUR:
        return "neighbours"
    return "opposites" if apart >= OPPOSITE else "apart"


def harmony(colours: Iterable[Lab]) -> float:
    """How surely all of these go together, 0..1: their pairs, the worst of them counted twice."""
    known = list(colours)
    worths = [pair(one, other).worth for at, one in enumerate(known) for other in known[:at]]
    return (sum(worths) + min(worths)) / (len(worths) + 1) if worths else 0.8
