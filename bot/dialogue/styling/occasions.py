"""How dressy and how warm a piece is, and how far that suits an occasion and a season."""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogue.types import ProductCard
from catalog.taxonomy import ancestors

_FORMALITY = {
    "t-shirt": 0.5, "tank top": 0.3, "crop top": 0.5, "bodysuit": 1.0, "hoodie": 0.2, "sweatshirt": 0.3,
    "top": 1.0,
    "polo": 1.2, "shirt": 2.0, "blouse": 2.2, "tunic": 1.5, "kurta": 2.0, "sweater": 1.3, "cardigan": 1.4,
    "jacket": 1.2, "outerwear": 1.3, "coat": 2.0, "blazer": 2.7, "vest": 1.6, "cape": 2.0,
    "bottoms": 1.2, "trousers": 1.8, "jeans": 1.4, "leggings": 0.3, "shorts": 0.2, "skirt": 1.7,
    "one-piece": 1.8, "dress": 2.1, "jumpsuit": 1.7, "dungarees": 0.4, "suit": 3.0, "co-ord set": 1.6,
    "lehenga": 3.0, "sari": 2.8, "salwar suit": 2.4, "sherwani": 3.0,
}  # fmt: skip
"""0 is for the sofa, 3 for a wedding."""

_DRESSIER = {
    "silk": 0.6, "satin": 0.6, "velvet": 0.6, "lace": 0.5, "chiffon": 0.4, "georgette": 0.4, "tulle": 0.5,
    "wool": 0.2,
    "cashmere": 0.3, "denim": -0.5, "fleece": -0.8, "jersey": -0.3, "graphic": -0.8, "camouflage": -0.8,
    "tie-dye": -0.7, "embroidered": 0.3, "ripped": -0.8, "distressed": -0.8, "sequin": 0.7, "tailored": 0.5,
    "formal": 0.8, "evening": 0.8, "oversized": -0.3, "cargo": -0.5, "joggers": -1.0, "track": -1.0,
}  # fmt: skip

OCCASIONS = {
    "wedding": 3.0, "formal": 2.8, "cocktail": 2.7, "reception": 2.7, "engagement": 2.6, "prom": 2.8,
    "sangeet": 2.6,
    "diwali": 2.4, "eid": 2.5, "mehendi": 2.3, "haldi": 2.0, "puja": 2.2, "durga puja": 2.3, "navratri": 2.3,
    "karwa chauth": 2.5, "rakhi": 2.1, "pongal": 2.2, "onam": 2.2, "quinceanera": 2.7, "communion": 2.4,
    "baptism": 2.4,
    "festive": 2.4, "funeral": 2.4, "theater": 2.2, "interview": 2.4, "graduation": 2.3, "anniversary": 2.2,
    "new year": 2.2, "church": 2.1, "party": 2.1, "office": 2.1, "meeting": 2.2, "date": 2.0, "dinner": 2.1,
    "christmas": 1.9, "birthday": 1.8, "farewell": 1.8, "lunch": 1.5, "brunch": 1.4, "concert": 1.0,
    "festival": 1.0,
    "picnic": 0.8, "casual": 0.8, "college": 0.8, "school": 0.9, "travel": 0.8, "vacation": 0.8, "beach": 0.4,
    "hiking": 0.3, "home": 0.2, "ski": 0.3, "gym": 0.0, "sports": 0.0, "running": 0.0, "yoga": 0.1,
}  # fmt: skip

_WARMTH = {
    "coat": 3.0, "jacket": 2.0, "outerwear": 2.3, "blazer": 1.6, "sweater": 2.2, "sweatshirt": 2.0, "hoodie": 2.0,
    "cardigan": 1.7, "shorts": 0.2, "tank top": 0.2, "crop top": 0.3, "t-shirt": 0.6, "dress": 0.9, "skirt": 0.8,
}  # fmt: skip
_WARMER = {
    "wool": 1.0, "cashmere": 0.9, "fleece": 1.0, "velvet": 0.6, "corduroy": 0.6, "tweed": 0.9, "leather": 0.5,
    "puffer": 1.0, "quilted": 0.7, "padded": 0.9, "linen": -0.7, "chiffon": -0.4, "lightweight": -0.6,
    "sleeveless": -0.5,
}  # fmt: skip

SEASONS = {"summer": 0.4, "spring": 1.2, "monsoon": 1.2, "autumn": 1.8, "winter": 2.6}


def _kind(card: ProductCard, table: dict[str, float], usual: float) -> float:
    return next((table[c] for c in (card.category, *ancestors(card.category)) if c in table), usual)


def _plus(card: ProductCard, table: dict[str, float]) -> float:
    words = {*card.material, card.pattern or "", *card.title.casefold().replace("-", " ").split()}
    return sum(value for word, value in table.items() if word in words)


def formality(card: ProductCard) -> float:
    """0..3: for the sofa, for a wedding."""
    return min(3.0, max(0.0, _kind(card, _FORMALITY, 1.2) + _plus(card, _DRESSIER)))


def warmth(card: ProductCard) -> float:
    """0..3: for the beach, for the snow."""
    return min(3.0, max(0.0, _kind(card, _WARMTH, 1.1) + _plus(card, _WARMER)))


def suits(cards: Iterable[ProductCard], wishes: Iterable[str]) -> float:
    """How far these pieces together suit occasions and seasons, 0..1; unknown words say nothing."""
    worn = list(cards)
    dressy = sum(map(formality, worn)) / max(len(worn), 1)
    # What is worn on top decides how warm it is.
    warm = max(map(warmth, worn), default=1.0)
    parts = [1 - abs(dressy - OCCASIONS[wish]) / 3 for wish in wishes if wish in OCCASIONS]
    parts += [1 - abs(warm - SEASONS[wish]) / 3 for wish in wishes if wish in SEASONS]
    return sum(parts) / len(parts) if parts else 0.7
