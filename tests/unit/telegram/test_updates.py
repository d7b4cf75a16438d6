"""What an update of Telegram means."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from bot.channels.telegram.updates import Incoming, Me, Moved, Paid, read
from bot.handling import OTHER, PHOTO, PRESS, START, TEXT

ME = Me(7, "stylist_bot", hears_all=False)
CURIOUS = Me(7, "stylist_bot", hears_all=True)
ANN = {"id": 42, "is_bot": False, "first_name": "Ann"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Ann"}
GROUP = {"id": -100, "type": "supergroup", "title": "Friends"}
SIZES = [
    {"file_id": f"f{side}", "file_unique_id": f"u{side}", "width": side, "height": side // 2, "file_size": side}
    for side in (90, 320, 800)
]


def meaning(me: Me = ME, chat: dict[str, Any] = PRIVATE, **content: Any) -> Incoming | Moved | Paid | None:
    message = {"message_id": 5, "date": 1, "chat": chat, "from": ANN, **content}
    update = Update.de_json({"update_id": 1, "message": message}, None)
    return read(update, me)


def event(*args: Any, **kwargs: Any) -> Incoming:
    found = meaning(*args, **kwargs)
    assert isinstance(found, Incoming)
    return found


def test_the_largest_size_of_a_photo_is_taken() -> None:
    found = event(photo=SIZES, caption="a white shirt")
    assert found.kind == PHOTO
    assert found.payload["attachments"][0]["file_id"] == "f800"
    assert found.payload["text"] == "a white shirt"
    assert found.small


def test_a_picture_sent_as_a_file_is_a_photo_and_another_file_is_not() -> None:
    document = {"file_id": "d", "file_unique_id": "u", "mime_type": "image/png", "file_name": "me.png"}
    assert event(document=document).kind == PHOTO
    assert (
        event(document={**document, "mime_type": "application/pdf", "file_name": "a.pdf"}).payload["what"]
        == "file"
    )
    animation = {"file_id": "a", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}
    assert event(document={**document, "mime_type": "video/mp4"}, animation=animation).kind == OTHER


@pytest.mark.parametrize(
    ("text", "kind", "payload"),
    [
        ("/start", START, {}),
        ("/start try_red-dress-1", PRESS, {"action": "try:red-dress-1"}),
        ("/start try_white-tee_black-jeans", PRESS, {"action": "try:white-tee+black-jeans"}),
        ("/start photo", PRESS, {"action": "photo"}),
        ("/start " + "x" * 64, START, {}),
        ("/help", PRESS, {"action": "help"}),
        ("/forget", PRESS, {"action": "erase"}),
        ("/search red dress", TEXT, {"text": "red dress"}),
        ("/search@stylist_bot red dress", TEXT, {"text": "red dress"}),
        ("/link 7KQ4-9XWM", TEXT, {"text": "link 7KQ4-9XWM"}),
        ("red dress", TEXT, {"text": "red dress"}),
        ("a\x00b", TEXT, {"text": "ab"}),
    ],
)
def test_words_and_commands(text: str, kind: str, payload: dict[str, Any]) -> None:
    found = event(text=text)
    assert found.kind == kind
    assert payload.items() <= found.payload.items()


def test_a_link_to_an_outfit_tries_all_of_it_on_for_whoever_follows_it() -> None:
    link = ME.try_link(["white-tee", "black-jeans"])
    assert link is not None
    found = event(text=f"/start {link.partition('?start=')[2]}")
    assert (found.kind, found.payload["action"]) == (PRESS, "try:white-tee+black-jeans")


@pytest.mark.parametrize("products", [["a" * 40, "b" * 40], ["own:0123456789ab"]])
def test_there_is_no_link_that_telegram_would_cut_or_that_leads_to_what_is_somebodys_own(
    products: list[str],
) -> None:
    assert ME.try_link(products) is None


def test_a_command_for_another_bot_is_not_ours() -> None:
    assert meaning(text="/help@other_bot") is None
    assert meaning(chat=GROUP, text="/help@other_bot") is None


def test_in_a_group_only_what_is_meant_for_us_counts() -> None:
    assert meaning(chat=GROUP, text="nice weather") is None
    assert event(chat=GROUP, text="@Stylist_Bot, red dress").payload["text"] == "red dress"
    assert meaning(chat=GROUP, text="@stylist_bot2 red dress") is None
    assert event(chat=GROUP, text="/help@stylist_bot").kind == PRESS


def test_a_plain_command_counts_only_when_telegram_shows_us_nothing_else() -> None:
    assert event(chat=GROUP, text="/help").kind == PRESS
    assert meaning(CURIOUS, chat=GROUP, text="/help") is None


def test_a_topic_is_part_of_the_address() -> None:
    found = event(chat=GROUP, text="@stylist_bot hi", message_thread_id=9, is_topic_message=True)
    assert found.place.address == "-100/9:42"
    assert event(chat=GROUP, text="@stylist_bot hi", message_thread_id=9).place.address == "-100:42"


def test_what_came_by_ourselves_or_by_bots_is_left_alone() -> None:
    bot = {"id": 7, "is_bot": True, "first_name": "Stylist"}
    assert meaning(text="red dress", via_bot=bot) is None
    by_a_bot: dict[str, Any] = {"text": "hello", "from": bot}
    assert meaning(**by_a_bot) is None


def test_a_group_that_moves_and_payments() -> None:
    assert meaning(chat=GROUP, migrate_to_chat_id=-1007) == Moved(-100, -1007)
    paid = {
        "currency": "XTR",
        "total_amount": 50,
        "invoice_payload": "pack:10:50:42",
        "telegram_payment_charge_id": "c",
        "provider_payment_charge_id": "p",
    }
    found = meaning(successful_payment=paid)
    assert isinstance(found, Paid)
    assert (found.charge, found.stars, found.back) == ("c", 50, False)


def test_an_unknown_kind_of_update_means_nothing() -> None:
    assert read(Update.de_json({"update_id": 3, "something_new": {"a": 1}}, None), ME) is None
