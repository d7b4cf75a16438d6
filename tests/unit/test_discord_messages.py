"""What a turn becomes on Discord, and how the channel reads its settings."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.discord import texts
from bot.channels.discord.rendering import cut, progress_text, show, shows_person
from bot.channels.discord.server import DiscordError, shards_of
from bot.dialogue.language import LANGUAGES, speaking


def _body(**more: Any) -> dict[str, Any]:
    return {"text": "Hello", "choices": [], "products": [], "pictures": [], "job": None, **more}


def _card(number: int, **more: Any) -> dict[str, Any]:
    card = {
        "id": f"item-{number}",
        "title": f"Shirt {number}",
        "category": "shirt",
        "part": "upper",
        "picture": "k",
    }
    rest = {"color": ["white"], "price_minor": None, "currency": None, "brand": None, "source": None}
    return {**card, **rest, "url": None, "credit": None, **more}


def _choices(count: int) -> list[dict[str, str]]:
    return [{"label": f"Choice {n}", "action": f"say:choice {n}"} for n in range(count)]


def test_five_choices_are_buttons_and_the_others_a_list() -> None:
    rows = show(_body(choices=_choices(8))).components
    assert [len(row["components"]) for row in rows] == [5, 1, 1]
    assert [option["value"] for option in rows[1]["components"][0]["options"]] == [
        f"say:choice {n}" for n in (5, 6, 7)
    ]
    assert rows[2]["components"][0]["label"] == texts.OWN_WORDS()


def test_a_page_of_items_has_lists_to_try_and_save_in_place_of_their_buttons() -> None:
    cards = [_card(1, price_minor=99900, currency="INR"), _card(2, part=None), _card(3)]
    tries = [{"label": "Try 1", "action": "try:item-1"}, {"label": "More", "action": "more"}]
    shown = show(_body(products=cards, choices=tries))
    first, second, buttons, own = (row["components"] for row in shown.components)
    assert [option["value"] for option in first[0]["options"]] == ["try:item-1", "try:item-3"]
    assert [option["value"] for option in second[0]["options"]] == ["save:item-1", "save:item-2", "save:item-3"]
    assert [button["custom_id"] for button in buttons] == ["fc:more"]
    assert [button["label"] for button in own] == [texts.OWN_WORDS(), texts.OTHER_BUDGET()]
    assert shown.embeds[0]["title"] == "1. Shirt 1"
    assert "₹999" in shown.embeds[0]["description"]
    assert shown.product is None


def test_twelve_items_are_ten_cards_and_all_of_them_in_the_lists() -> None:
    shown = show(_body(products=[_card(n) for n in range(1, 13)]))
    assert len(shown.embeds) == len(shown.files) == 10
    assert len(shown.components[0]["components"][0]["options"]) == 12
    assert "2 more" in shown.content


def test_a_result_can_be_shared_from_a_server_and_shows_the_person() -> None:
    body = _body(pictures=[{"media": "a", "alt": "You", "role": "result"}], products=[_card(1)])
    assert shows_person(body)
    assert shows_person(_body(job="some-job"))
    assert not shows_person(_body(products=[_card(1)]))
    assert show(body, sharing=True).components[-1]["components"][0]["custom_id"] == "fc-share"
    assert show(body, sharing=False).components == []
    assert [file.alt for file in show(body).files] == ["You", "Shirt 1"]


def test_a_link_that_is_none_of_the_web_is_not_put_on_a_card() -> None:
    [embed] = show(_body(products=[_card(1, url="javascript:alert(1)")])).embeds
    assert "url" not in embed


def test_long_words_are_cut_behind_a_sentence() -> None:
    text = "A sentence. " * 300
    assert cut(text, 2000).endswith("sentence. …")
    assert len(cut(text, 2000)) <= 2000
    assert len(cut("x" * 5000, 2000)) <= 2000
    assert cut("short", 2000) == "short"
    assert show(_body(text="")).content, "Discord takes no message without anything in it"


@pytest.mark.parametrize(
    ("status", "ahead", "fraction", "expected"),
    [
        ("queued", 0, 0.0, "I start right now"),
        ("queued", 1, 0.0, "One is ahead"),
        ("queued", 3, 0.0, "3 are ahead"),
        ("running", 0, 0.5, "▰▰▰▰▰▱▱▱▱▱ 50%"),
    ],
)
def test_progress_is_told_in_words_and_a_bar(status: str, ahead: int, fraction: float, expected: str) -> None:
    assert expected in progress_text("The shirt", status, ahead, 8.0, fraction)


def test_descriptions_fit_in_every_language() -> None:
    for language in LANGUAGES:
        with speaking(language):
            assert all(0 < len(text()) <= 100 for text in (*texts.COMMANDS.values(), *texts.OPTIONS.values()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [(None, (None, None)), ("4", (None, 4)), ("0-1/4", ([0, 1], 4)), ("0,2-3/4", ([0, 2, 3], 4))],
)
def test_shards_are_read(text: str | None, expected: tuple[list[int] | None, int | None]) -> None:
    assert shards_of(text) == expected


@pytest.mark.parametrize("text", ["", "0", "four", "4/4", "-/4", "1-/4x"])
def test_shards_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(DiscordError, match="FASHIONCORE_DISCORD_SHARDS"):
        shards_of(text)
