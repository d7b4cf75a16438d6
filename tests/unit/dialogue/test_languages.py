"""Talking in another language: everything that is said is in it, and written as it is written there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from babel.messages.catalog import Message as Entry

from bot.dialogue import labels, names, own, replies
from bot.dialogue.language import (
    ENGLISH,
    LANGUAGES,
    duration,
    language_of,
    listed,
    percent,
    speaking,
    spoken,
)
from bot.dialogue.prices import price_text
from bot.dialogue.state import ConversationState
from bot.dialogue.types import (
    OWN,
    LinkedElsewhere,
    LinkFailed,
    Message,
    PhotoRefused,
    Started,
    TryOnFailed,
    TryOnFinished,
    UnsupportedReceived,
)
from bot.locale.__main__ import catalogue, forms_of
from bot.refusals import said, told
from catalog.errors import CatalogError
from pipeline.errors import GarmentError, IntakeError
from storage.errors import MediaMissing
from tests.unit.dialogue.world import CODE, OTHER, PHOTO, RESULT, SHIRT, STOCK, TEE, World

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
FSI, PDI = "\u2068", "\u2069"


# --- nothing of another language -------------------------------------------------------------------------


@cache
def english_pieces(language: str) -> list[str]:
    """What stands between the placeholders of English sentences that this language says otherwise."""

    def pieces(entry: Entry) -> Iterator[str]:
        ids = (entry.id,) if isinstance(entry.id, str) else entry.id
        for piece in (piece.strip() for one in ids for piece in re.split(r"\{\w+\}", one)):
            if len(piece) > 7 and not any(piece in form for form in forms_of(entry)):
                yield piece

    return sorted({piece for entry in catalogue(language) if entry.id for piece in pieces(entry)})


def story(language: str) -> World:
    """A conversation through most of what the stylist can say, by buttons and by the language's own examples."""
    # Titles are the shop's, and stay what they are.
    stock = tuple(replace(card, title=f"Modell {n}") for n, card in enumerate(STOCK, 1))
    world = World(stock=stock)
    world.state = ConversationState(app_language=language)
    world.tell(Started())
    for action in (
        "privacy",
        "consent:no",
        "help",
        "more",
        "back",
        "colors",
        "saved",
        "cancel",
        "retry",
        "status",
    ):
        world.press(action)
    world.send(PHOTO)
    world.press("consent:yes")
    world.relaxed = ("color", "price")
    world.press("say:shirt")
    world.relaxed = ()
    world.press(f"try:{SHIRT.id}")
    for action in ("status", f"try:{SHIRT.id}", "another", "cancel"):
        world.press(action)
    world.press(f"retry:{SHIRT.id}")
    world.finish(world.last_job, replace(SHIRT, title="Modell 1"))
    for action in (
        "say:white t-shirt",
        "more",
        "more",
        "colors",
        f"save:{SHIRT.id}",
        "saved",
        f"unsave:{SHIRT.id}",
    ):
        world.press(action)
    for text in (
        "say:compare 1 and 2", "say:how much is 1", "say:tell me about 1", "say:try the 9th", "say:buy 1",
        "say:i like it", "say:i do not like it", "say:thanks", "say:bye", "say:hello", "say:what is the weather",
        "say:forget that", "say:what suits me", "say:i wear size M", "say:send me a weekly digest",
        "say:purple dress", "say:new photo", "say:yes", "say:no",
    ):  # fmt: skip
        world.press(text)
    for topic in ("size", "budget", "gender", "currency", "language", "tastes"):
        world.press(f"profile:{topic}")
    for text in (
        "say:my size is L",
        "say:i hate yellow",
        "say:i love linen",
        "say:my budget is 2000 rupees",
        "say:undo",
    ):
        world.press(text)
    world.press("profile")
    world.press("say:forget my size")
    for text in (
        "say:white t-shirt", "say:what goes with 1", "say:build me an outfit under 5000", "say:which one suits me",
        "say:will 1 fit me", "say:complete the look", "say:too baggy",
    ):  # fmt: skip
        world.press(text)
    world.send(TEE)
    world.people = 3
    world.send(OTHER)
    world.press("who:9")
    world.press("who:2")
    world.press("erase")
    world.press("erase:no")
    world.press("link")
    world.open_codes[CODE] = "discord"
    world.hear(CODE)
    world.press("link:yes")
    for action in ("privacy", "unlink", "unlink:no", "nonsense", "photo", "photo-tips", "reset", "similar:gone"):
        world.press(action)
    for what in (*replies.UNSUPPORTED, "poll"):
        world.tell(UnsupportedReceived(what))
    world.tell(LinkedElsewhere("telegram"))
    world.tell(LinkFailed(""))
    world.tell(PhotoRefused("no_person", ""))
    world.tell(TryOnFailed("none", replace(SHIRT, title="Modell 1"), "gave_up", ""))
    world.tell(TryOnFinished("none", replace(SHIRT, title="Modell 1"), PHOTO, RESULT))
    world.press("erase")
    world.press("erase:yes")
    return world


def everything_in(message: Message) -> str:
    parts = [message.text, *(c.label for c in message.choices), *(p.alt for p in message.pictures)]
    return "\n".join([*parts, *(card.source or "" for card in message.products)])


@pytest.mark.parametrize("language", OTHERS)
def test_a_conversation_in_one_language_has_no_english_in_it(language: str) -> None:
    world = story(language)
    assert len(world.said) > 80
    for message in world.said:
        assert message.lang == language
        whole = everything_in(message)
        left = [piece for piece in english_pieces(language) if piece in whole]
        assert not left, (language, left, whole)


def test_the_last_words_before_everything_is_gone_are_in_the_persons_language() -> None:
    world = World()
    world.state = ConversationState(language="fr", app_language="de")
    world.press("erase")
    last = world.press("erase:yes")
    assert last.lang == "fr"
    assert world.state.language is None


# --- as it is written there ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "₹1,299 | €49.90 | CHF 12"),
        ("hi", "₹1,299 | €49.90 | CHF 12"),
        ("de", "1.299 ₹ | 49,90 € | 12 CHF"),
        ("fr", "1 299 ₹ | 49,90 € | 12 CHF"),
        ("pt", "₹ 1.299 | € 49,90 | CHF 12"),
        ("ar", "1,299 ₹ | 49.90 € | 12 CHF"),
    ],
)
def test_a_price_is_written_as_shops_there_write_it(language: str, expected: str) -> None:
    cards = [
        replace(SHIRT, price_minor=minor, currency=c)
        for minor, c in ((129900, "INR"), (4990, "EUR"), (1200, "CHF"))
    ]
    with speaking(language):
        found = " | ".join(price_text(card) or "" for card in cards)
    assert re.sub("[\u00a0\u202f]", " ", found).replace("\u200f", "") == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "42% | 2 minutes | a, b and c"),
        ("de", "42 % | 2 Minuten | a, b und c"),
        ("hi", "42% | 2 मिनट | a, b और c"),
    ],
)
def test_shares_waits_and_lists_are_written_by_the_languages_rules(language: str, expected: str) -> None:
    with speaking(language):
        found = " | ".join((percent(0.42), duration(120), listed(["a", "b", "c"])))
    assert found.replace("\u00a0", " ") == expected


def test_names_in_a_sentence_from_right_to_left_keep_their_own_direction() -> None:
    with speaking("ar"):
        sentence = replies.PRICE(title="Nike Air (2)", price="$5")
        assert f"{FSI}Nike Air (2){PDI}" in sentence
        assert f"{FSI}$5{PDI}" in sentence
        assert f"{FSI}Discord{PDI}" in listed(["Telegram", "Discord"])
    with speaking("fr"):
        assert FSI not in replies.PRICE(title="Nike", price="$5")


def test_arabic_counts_in_six_ways() -> None:
    with speaking("ar"):
        assert len({replies.FOUND(count=n) for n in (0, 1, 2, 3, 11, 100)}) == 6


def test_colours_and_clothes_are_called_as_there() -> None:
    with speaking("de"):
        assert names.value("dark blue") == "dunkelblau"
        assert own.title(("blue",), "t-shirt") == "T-Shirt, blau"
        assert own.title((), "dress") == "Kleid"


def test_an_item_of_ones_own_says_whose_it_is_in_the_language() -> None:
    world = World()
    world.state = ConversationState(app_language="es", consent=world.policy.consent_version, photo=PHOTO)
    shown = world.send(TEE).products
    assert [card.source for card in shown] != [OWN]
    with speaking("es"):
        assert [card.source for card in shown] == [labels.OWN_PICTURE()]


# --- which language --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (("pt-BR",), "pt"), (("hi-Latn-IN",), "hi-Latn"), (("hi_IN.UTF-8",), "hi"),
        (("HI-LATN",), "hi-Latn"),
        (("zh-CN", "de_AT"), "de"), ((None, ""), None), (("english",), None),
    ],
)  # fmt: skip
def test_a_tag_is_the_nearest_language_of_ours(tags: tuple[str | None, ...], expected: str | None) -> None:
    assert language_of(*tags) == expected


def test_speaking_ends_where_it_ends() -> None:
    with speaking("de"):
        with speaking("tlh"):
            assert spoken() == ENGLISH
        assert spoken() == "de"
    assert spoken() == ENGLISH


# --- what others say -------------------------------------------------------------------------------------


def test_what_pipeline_shops_and_storage_refuse_is_said_in_the_language() -> None:
    with speaking("de"):
        assert told(
            GarmentError(
                "several_things",
                "There are several things in this picture. Please send one that shows only the garment.",
            )
        ).startswith("Auf diesem Bild")
        assert "ein Video" in told(
            IntakeError(
                "unsupported_format",
                "This is {kind}, which I can't open. Send a photo as JPEG, PNG, WebP or HEIC.",
                kind="a video",
            )
        )
        assert "größer als 20 MB" in told(
            IntakeError(
                "x",
                "This file is larger than {max_megabytes} MB. Send a smaller copy, or a screenshot of it.",
                max_megabytes=20,
                max_megapixels=50,
            )
        )
        assert told(MediaMissing("k")).startswith("Dieses Bild")


def test_a_name_that_a_shop_gave_is_not_translated() -> None:
    sentence = "{title} is nothing that I can put on a photo; I do tops, trousers, skirts and dresses."
    with speaking("de"):
        assert told(CatalogError("link_not_worn", sentence, title="Help")).startswith("Help kann ich nicht")


def test_a_sentence_that_no_catalogue_has_stays_as_it_is() -> None:
    with speaking("de"):
        assert said("From {another} version.") == "From {another} version."
        assert said("") == ""
