"""Titles of shops in other languages have the same facets as English ones."""

from __future__ import annotations

import json

import pytest

from bot.dialogue.understanding.lexicon import facet_phrases
from bot.dialogue.understanding.text import words
from catalog.feeds import product_of_row
from catalog.query import query_from_slots
from catalog.taxonomy import GROWN_UP, is_a
from catalog.tongue_words import TABLES
from catalog.tongues import FACETS, canonical, tongue_of
from catalog.types import Product
from tests.data import TEST_DATA, needs_test_data


def product(title: str, **cells: str) -> Product:
    return product_of_row({"id": "1", "title": title, "image_link": "https://s.example/1.jpg", **cells}, "shop")


@pytest.mark.parametrize(
    ("title", "category", "color", "said"),
    [
        ("Vestido rojo de lino", "dress", "red", {"linen"}),
        ("Camisa azul marino a rayas hombre", "shirt", "navy", {"striped", "men"}),
        ("Jersey de lana gris oscuro", "sweater", "dark grey", {"wool"}),
        ("Robe rouge en lin", "dress", "red", {"linen"}),
        ("Sweat à capuche gris chiné homme", "hoodie", "grey", {"men"}),
        ("Rotes Leinenkleid für Damen", "dress", "red", {"linen", "women"}),
        ("Sommerkleid dunkelblau mit Blumen", "dress", "dark blue", {"floral"}),
        ("Calça jeans feminina preta", "jeans", "black", {"women"}),
        ("Vestido vermelho de algodão estampado floral", "dress", "red", {"cotton", "floral"}),
        ("Blusa de lã bege", "blouse", "beige", {"wool"}),
        ("فستان أحمر قطن نسائي", "dress", "red", {"cotton", "women"}),
        ("लाल सूती ड्रेस", "dress", "red", {"cotton"}),
    ],
)
def test_a_title_is_read_in_its_language(title: str, category: str, color: str, said: set[str]) -> None:
    found = product(title)
    assert (found.category, found.color) == (category, (color,))
    assert {*found.material, found.pattern, found.gender} - {None} == said


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("Robe chemise en denim", "dress"),
        ("Denim shirt dress", "dress"),
        ("Jeanshemd", "shirt"),
        ("Chemise à carreaux avec cravate", "shirt"),
        ("Overshirt", "other"),
    ],
)
def test_each_language_has_its_place_for_the_noun_that_counts(title: str, category: str) -> None:
    assert product(title).category == category


@pytest.mark.parametrize(
    "title", ["La Perla robe", "Rock band tee", "A-line rosa shirt dress", "Slip dress", "Hello"]
)
def test_a_title_of_which_english_knows_as_much_is_english(title: str) -> None:
    assert tongue_of(title).code == "en"


def test_other_columns_tell_the_language_too() -> None:
    found = product("Robe Lacoste", product_type="Vêtements > Femme > Robes", color="Bleu", gender="Femme")
    assert (found.category, found.color, found.gender) == ("dress", ("blue",), "women")


def test_values_of_columns_are_known_in_every_language() -> None:
    found = product("Slim fit jeans", color="Azul / Weiß", gender="Mujer", material="Baumwolle")
    assert (found.color, found.gender, found.material) == (("blue", "white"), "women", ("cotton",))
    assert canonical("color", "Azul Klein") is None


@needs_test_data
def test_english_titles_stay_english() -> None:
    garments = json.loads((TEST_DATA / "catalogue" / "index.json").read_text())
    assert {tongue_of(garment["name"]).code for garment in garments} == {"en"}


_SHOPS_SAY = {("de", "shirt")}
"""A German shop's "shirt" is a t-shirt; people mean either."""


def test_shops_and_people_mean_the_same_by_a_word() -> None:
    for code, table in TABLES.items():
        for line in table.strip().splitlines():
            value, _, phrases = line.partition(":")
            facet = next((name for name, values in FACETS.items() if value in values), None)
            assert facet or value in ("little", "light", "dark"), line
            for phrase in (phrase.strip(" =*") for phrase in phrases.split(",")) if facet else ():
                meant = _meant(phrase, facet or "")
                agrees = not meant or any(_same(value, other) for other in meant)
                assert agrees or (code, phrase) in _SHOPS_SAY, (code, phrase, value, meant)


def _meant(phrase: str, facet: str) -> tuple[str, ...]:
    """What the understanding takes a phrase for; nothing where it does not know it as such a facet."""
    slots: dict[str, list[str]] = {}
    for slot, value in facet_phrases().meanings.get(words(phrase), ()):
        slots.setdefault(slot, []).append(value)
    if facet not in slots:
        return ()
    if facet == "gender":
        return tuple(slots["gender"])
    found: tuple[str, ...] = getattr(query_from_slots("", slots), facet)
    return tuple(value for value in found if value in FACETS[facet])


def _same(value: str, meant: str) -> bool:
    return GROWN_UP.get(value, value) == GROWN_UP.get(meant, meant) or is_a(value, meant)
