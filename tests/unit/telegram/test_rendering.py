"""A turn as messages of Telegram."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import words
from bot.channels.telegram.places import Place, place_of
from bot.channels.telegram.rendering import MAIN, Album, Piece, cut, escaped, render, shop_link
from bot.channels.telegram.updates import Me
from bot.dialogue.types import Choice, Message, Picture, ProductCard
from bot.messages import body_of

TURN = UUID(int=7)
ME = Me(1, "stylist_bot", hears_all=False, inline=True)
ALONE, GROUP = Place(42, 42), Place(-100, 42, 5)


def card(number: int, **more: Any) -> ProductCard:
    return ProductCard(f"item-{number}", f"Shirt <{number}>", "shirt", "upper", f"picture{number}", **more)


def plan_of(message: Message, place: Place = ALONE, there: set[str] | None = None) -> tuple[Any, ...]:
    body = body_of(message)
    known = {p["picture"] for p in body["products"]} | {p["media"] for p in body["pictures"]}
    return render(TURN, body, place, ME, known if there is None else there).messages


def test_several_items_are_an_album_and_the_buttons_stand_below_it() -> None:
    message = Message(
        "Two", (Choice("Try 1", "try:item-1"),), (card(1, price_minor=129900, currency="INR"), card(2))
    )
    album, piece = plan_of(message)
    assert isinstance(album, Album)
    assert [shot.caption for shot in album.shots] == ["1. Shirt &lt;1&gt; · ₹1,299", "2. Shirt &lt;2&gt;"]
    assert [shot.product_id for shot in album.shots] == ["item-1", "item-2"]
    assert isinstance(piece, Piece)
    assert piece.part == MAIN
    assert piece.keyboard is not None


def test_numbers_stay_those_of_the_list_when_a_picture_is_gone() -> None:
    message = Message("Three", (), (card(1), card(2), card(3)))
    album, _ = plan_of(message, there={"picture1", "picture3"})
    assert [shot.caption[:2] for shot in album.shots] == ["1.", "3."]


def test_one_item_is_one_message_with_the_way_to_the_shop() -> None:
    (piece,) = plan_of(Message("This one", (), (card(1, url="https://shop.example/1"),)))
    assert piece.shot.media == "picture1"
    assert piece.keyboard.inline_keyboard[0][0].url == "https://shop.example/1"


def test_words_too_long_for_a_caption_stand_below_their_picture() -> None:
    picture, piece = plan_of(Message("x" * 1100, (), (card(1),)))
    assert picture.text == ""
    assert piece.shot is None


def test_pictures_of_a_person_never_go_into_a_group_unless_shared() -> None:
    shown = (Picture("a", "", "before"), Picture("b", "", "result"))
    private, told = plan_of(Message("Here you are", (), (card(1),), shown), GROUP)
    assert private.place == ALONE
    assert private.shot.media == "b"
    assert told.place == GROUP
    assert told.text == words.SENT_PRIVATELY()
    body = {**body_of(Message("Look", (), (), shown[1:])), "shared": True}
    (shared,) = render(TURN, body, GROUP, ME, {"b"}).messages
    assert shared.place == GROUP


def test_a_result_offers_to_compare_and_to_share() -> None:
    shown = (Picture("a", "", "before"), Picture("b", "", "result"))
    (piece,) = plan_of(Message("Here you are", (), (), shown))
    labels = [button.text for button in piece.keyboard.inline_keyboard[0]]
    assert labels == [words.COMPARED(), words.SHARE()]


@given(st.text(max_size=9000))
def test_no_text_is_too_long_or_breaks_the_markup(text: str) -> None:
    assert len(cut(text)) <= 4096
    assert "<" not in escaped(text)


@given(st.integers(1, 2**52), st.integers(-(2**52), -1), st.none() | st.integers(1, 2**31))
def test_an_address_leads_back_to_its_place(account: int, chat: int, thread: int | None) -> None:
    place = Place(chat, account, thread)
    assert place_of(place.address) == place
    assert place_of(place.alone().address) == Place(account, account)


def test_only_links_that_telegram_opens_become_buttons() -> None:
    assert shop_link("https://shop.example/x") == "https://shop.example/x"
    assert shop_link("javascript:alert(1)") is None
    assert shop_link("http://localhost/x") is None
    assert shop_link(None) is None
