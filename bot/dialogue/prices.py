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
    """ "₹1,299" or "₹1,299 (≈ €15)" as the language spoken now writes it, without idle zeros; None when it is not
    known.
    """
    if card.price_minor is None or card.currency is None:
        return None
    text = _minor_text(card.price_minor, card.currency)
    if card.about_minor is None or card.about_currency is None:
        return text
    return f"{text} (≈\N{NO-BREAK SPACE}{_minor_text(card.about_minor, card.about_currency)})"


def _minor_text(minor: int, currency: str) -> str:
    return amount_text(Decimal(minor) / 10 ** decimals(currency), currency)


def amount_text(amount: Decimal, currency: str | None) -> str:
    """The same of an amount in whole units; without a currency only the number."""
    rules = in_locale()
    digits = 0 if amount == int(amount) else decimals(currency) if currency else 2
    pattern = copy(rules.currency_formats["standard"] if currency else rules.decimal_formats[None])
    pattern.frac_prec = (digits, digits)
    text = pattern.apply(amount, rules, currency=currency, currency_digits=False)
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
