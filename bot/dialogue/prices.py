"""Prices as people read them, and the arithmetic behind "cheaper"."""

from __future__ import annotations

import re
from copy import copy
from decimal import Decimal
from math import ceil, floor
from statistics import median_low

from bot.dialogue.language import in_locale
from bot.dialogue.types import ProductCard

# ISO 4217: currencies whose smallest unit is the unit itself, and those with thousandths.
_NO_DECIMALS = frozenset(
    (
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    )
)
_THREE_DECIMALS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])


def decimals(currency: str) -> int:
    """How many digits the smallest unit of the currency is behind the point."""
    return 0 if currency in _NO_DECIMALS else 3 if currency in _THREE_DECIMALS else 2


def price_text(card: ProductCard) -> str | None:
    """ "₹1,299" as the language spoken now writes it, without idle zeros; None when it is not known."""
    if card.price_minor is None or card.currency is None:
        return None
    digits = decimals(card.currency)
    shown = 0 if card.price_minor % 10**digits == 0 else digits
    rules = in_locale()
    pattern = copy(rules.currency_formats["standard"])
    pattern.frac_prec = (shown, shown)
    amount = Decimal(card.price_minor) / 10**digits
    text = pattern.apply(amount, rules, currency=card.currency, currency_digits=False)
    # CLDR's rule for letters beside digits, "CHF 49.90", which Babel does not follow.
    return re.sub(r"(?<=[^\W\d_])(?=\d)", "\N{NO-BREAK SPACE}", text)


def middle_price(cards: tuple[ProductCard, ...]) -> float | None:
    """The lower median price of the cards in units of their currency; None unless all have the same one."""
    priced = [(c.price_minor, c.currency) for c in cards if c.price_minor is not None and c.currency]
    currencies = {currency for _, currency in priced}
    if len(currencies) != 1:
        return None
    value = median_low([minor for minor, _ in priced]) / 10 ** decimals(currencies.pop())
    return float(int(value)) if value == int(value) else float(value)


def cheaper_than(price: float) -> float:
    """The highest whole price below this one."""
    return max(1.0, float(ceil(price) - 1))


def dearer_than(price: float) -> float:
    """The lowest whole price above this one."""
    return float(floor(price) + 1)
