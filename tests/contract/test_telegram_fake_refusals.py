"""What no correct bot sends: the fake Bot API server refuses it in the real one's words and keeps a note."""

from __future__ import annotations

import io
import json
import os
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.data import needs_test_data
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.errors import FakeIsWrong
from tests.fakes.telegram.spec import description

pytestmark = [pytest.mark.anyio, needs_test_data]


def picture(size: tuple[int, int] = (64, 96)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, "JPEG")
    return stream.getvalue()


def button(**fields: Any) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": [[{"text": "x", **fields}]]}}


HELLO = {"chat_id": 1, "text": "hello"}
TWO_PHOTOS = [{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://b"}]

# what it is: (method, parameters, part of the answer)
MALFORMED: dict[str, tuple[str, dict[str, Any], str]] = {
    "an unknown parameter": ("sendMessage", {**HELLO, "colour": "red"}, "colour"),
    "an unknown field": ("sendMessage", {**HELLO, **button(callback_dat="y")}, "callback_dat"),
    "no text": ("sendMessage", {"chat_id": 1}, "message text is empty"),
    "an empty text": ("sendMessage", {"chat_id": 1, "text": "  "}, "message text is empty"),
    "no chat": ("sendMessage", {"text": "hello"}, "chat_id is empty"),
    "a long text": ("sendMessage", {"chat_id": 1, "text": "x" * 4097}, "message is too long"),
    "a wrong type": ("sendMessage", {**HELLO, "protect_content": "maybe"}, "protect_content"),
    "a parse mode of its own": ("sendMessage", {**HELLO, "parse_mode": "BBCode"}, "unsupported parse_mode"),
    "an unclosed tag": (
        "sendMessage",
        {"chat_id": 1, "text": "<b>x", "parse_mode": "HTML"},
        "can't parse entities",
    ),
    "an entity beyond the end": (
        "sendMessage",
        {**HELLO, "entities": [{"type": "bold", "offset": 3, "length": 9}]},
        "entity beyond the end",
    ),
    "too much callback data": ("sendMessage", {**HELLO, **button(callback_data="ü" * 33)}, "BUTTON_DATA_INVALID"),
    "empty callback data": ("sendMessage", {**HELLO, **button(callback_data="")}, "BUTTON_DATA_INVALID"),
    "a button without a deed": ("sendMessage", {**HELLO, **button()}, "Text buttons are unallowed"),
    "a button with two deeds": (
        "sendMessage",
        {**HELLO, **button(callback_data="y", url="https://a.example")},
        "exactly one",
    ),
    "a link that nobody can open": (
        "sendMessage",
        {**HELLO, **button(url="http://localhost/x")},
        "Wrong HTTP URL",
    ),
    "a file id from nowhere": ("sendPhoto", {"chat_id": 1, "photo": "AgACnope"}, "wrong remote file identifier"),
    "an album of one": ("sendMediaGroup", {"chat_id": 1, "media": TWO_PHOTOS[:1]}, "2-10 items"),
    "an album of eleven": ("sendMediaGroup", {"chat_id": 1, "media": TWO_PHOTOS[:1] * 11}, "2-10 items"),
    "an attachment that is not attached": (
        "sendMediaGroup",
        {"chat_id": 1, "media": TWO_PHOTOS},
        "Media not found",
    ),
    "an action of its own": ("sendChatAction", {"chat_id": 1, "action": "dance"}, "wrong parameter action"),
    "a reaction of its own": (
        "setMessageReaction",
        {"chat_id": 1, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "🦆"}]},
        "REACTION_INVALID",
    ),
    "a command in capitals": (
        "setMyCommands",
        {"commands": [{"command": "Style", "description": "Style me"}]},
        "BOT_COMMAND_INVALID",
    ),
    "a secret with a space": (
        "setWebhook",
        {"url": "https://a.example", "secret_token": "a b"},
        "secret token contains unallowed characters",
    ),
    "an update nobody knows": ("getUpdates", {"allowed_updates": ["gossip"]}, "gossip"),
    "an invoice in money without a provider": (
        "sendInvoice",
        {
            "chat_id": 1,
            "title": "t",
            "description": "d",
            "payload": "p",
            "currency": "EUR",
            "prices": [{"label": "l", "amount": 1}],
        },
        "PAYMENT_PROVIDER_INVALID",
    ),
    "a callback answer as long as a letter": (
        "answerCallbackQuery",
        {"callback_query_id": "1", "text": "x" * 201},
        "MESSAGE_TOO_LONG",
    ),
}

ORDINARY: dict[str, tuple[str, dict[str, Any], str]] = {
    "a chat that is not known": ("sendMessage", {"chat_id": 99, "text": "x"}, "chat not found"),
    "a message that is gone": ("editMessageText", {**HELLO, "message_id": 9}, "message to edit not found"),
    "somebody else's message": ("editMessageText", {**HELLO, "message_id": 1}, "message can't be edited"),
    "a reply to nothing": (
        "sendMessage",
        {**HELLO, "reply_parameters": {"message_id": 9}},
        "message to be replied not found",
    ),
    "a topic that is not there": ("sendMessage", {**HELLO, "message_thread_id": 9}, "message thread not found"),
    "a press that is long over": ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old"),
    "a charge that never was": (
        "refundStarPayment",
        {"user_id": 1, "telegram_payment_charge_id": "x"},
        "CHARGE_NOT_FOUND",
    ),
    "nothing to copy": (
        "copyMessage",
        {"chat_id": 1, "from_chat_id": 1, "message_id": 9},
        "message to copy not found",
    ),
}


@pytest.fixture
async def api(telegram: FakeTelegram) -> AsyncIterator[httpx.AsyncClient]:
    """Bare HTTP to the bot's methods; a person with the id 1 has written."""
    await telegram.person(1).write("hi")
    async with httpx.AsyncClient(base_url=f"{telegram.base}/bot{telegram.token}/", timeout=60) as client:
        yield client


@pytest.mark.parametrize("case", MALFORMED)
async def test_what_no_bot_may_send_is_refused_and_noted(
    telegram: FakeTelegram, api: httpx.AsyncClient, case: str
) -> None:
    method, params, reason = MALFORMED[case]
    answer = await api.post(method, json=params)
    assert answer.status_code == 400
    body = answer.json()
    assert (body["ok"], body["error_code"]) == (False, 400)
    assert body["description"].startswith("Bad Request: ")
    assert reason in body["description"]
    assert [one.method for one in telegram.violations] == [method]
    assert telegram.chat(1).from_bot == []


@pytest.mark.parametrize("case", ORDINARY)
async def test_what_happens_to_every_bot_is_refused_without_a_note(
    telegram: FakeTelegram, api: httpx.AsyncClient, case: str
) -> None:
    method, params, reason = ORDINARY[case]
    answer = await api.post(method, json=params)
    assert answer.status_code == 400
    assert reason in answer.json()["description"]
    telegram.assert_clean()


async def test_every_way_to_send_parameters_is_read(telegram: FakeTelegram, api: httpx.AsyncClient) -> None:
    keyboard = json.dumps(button(callback_data="y")["reply_markup"])
    fields = {"chat_id": "1", "text": "hello", "protect_content": "true", "reply_markup": keyboard}
    for answer in (
        await api.get("sendMessage", params=fields),
        await api.post("sendMessage", params=fields),
        await api.post("sendMessage", data=fields),
        await api.post("SENDMESSAGE", files={name: (None, value) for name, value in fields.items()}),
        await api.post("sendMessage", json={**HELLO, "protect_content": True, **button(callback_data="y")}),
    ):
        assert answer.json()["result"]["has_protected_content"] is True, answer.text
        assert answer.json()["result"]["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "y"
    telegram.assert_clean()


async def test_a_method_that_is_not_served_is_named(telegram: FakeTelegram, api: httpx.AsyncClient) -> None:
    unserved = await api.post("banChatMember", json={"chat_id": 1, "user_id": 2})
    unknown = await api.post("makeCoffee")
    assert (unserved.status_code, unknown.status_code) == (501, 404)
    assert [one.method for one in telegram.violations] == ["banChatMember", "makeCoffee"]


async def test_a_wrong_token_is_not_served(telegram: FakeTelegram) -> None:
    async with httpx.AsyncClient(base_url=telegram.base) as client:
        assert (await client.get("/bot12:AAwrong/getMe")).status_code == 401
        assert (await client.get("/botnonsense/getMe")).status_code == 404
        assert (await client.get("/file/bot12:AAwrong/photos/file_1.jpg")).status_code == 401


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "file must be non-empty"),
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (picture((64, 64))[:200], "IMAGE_PROCESS_FAILED"),
        (picture((2100, 100)), "PHOTO_INVALID_DIMENSIONS"),
        (picture((6000, 4100)), "PHOTO_INVALID_DIMENSIONS"),
        (picture() + bytes(10 * 1024 * 1024), "is too big for a photo"),
    ],
    ids=["empty", "noise", "cut off", "narrow", "huge", "heavy"],
)
async def test_a_photo_must_be_one(
    telegram: FakeTelegram, api: httpx.AsyncClient, data: bytes, reason: str
) -> None:
    answer = await api.post("sendPhoto", data={"chat_id": 1}, files={"photo": ("a.jpg", data, "image/jpeg")})
    assert (answer.status_code, len(telegram.violations)) == (400, 1)
    assert reason in answer.json()["description"]


async def test_uploads_end_at_fifty_megabytes(telegram: FakeTelegram, api: httpx.AsyncClient) -> None:
    for size in (50 * 1024 * 1024 + 1, 60 * 1024 * 1024):
        answer = await api.post("sendDocument", data={"chat_id": 1}, files={"document": ("a.bin", bytes(size))})
        assert answer.status_code == 413
    assert len(telegram.violations) == 2


async def test_captions_are_counted_after_their_formatting(api: httpx.AsyncClient) -> None:
    async def send(caption: str) -> httpx.Response:
        fields = {"chat_id": 1, "caption": caption, "parse_mode": "HTML"}
        return await api.post("sendPhoto", data=fields, files={"photo": ("a.jpg", picture(), "image/jpeg")})

    assert (await send("<b>" + "x" * 1024 + "</b>")).status_code == 200
    assert "caption is too long" in (await send("x" * 1025)).text
    assert "caption is too long" in (await send("😀" * 513)).text, "an emoji counts as two"


async def test_an_upload_that_nothing_refers_to_is_noted(telegram: FakeTelegram, api: httpx.AsyncClient) -> None:
    answer = await api.post("sendMessage", data=HELLO, files={"stray": ("a.jpg", picture(), "image/jpeg")})
    assert answer.status_code == 400
    assert "nothing refers to" in str(telegram.violations[0])


async def test_a_file_is_used_as_what_it_is(api: httpx.AsyncClient) -> None:
    sent = await api.post("sendDocument", data={"chat_id": 1}, files={"document": ("a.bin", os.urandom(99))})
    file_id = sent.json()["result"]["document"]["file_id"]
    answer = await api.post("sendPhoto", json={"chat_id": 1, "photo": file_id})
    assert "can't use file of type Document as Photo" in answer.text


async def test_a_flood_names_the_seconds_in_body_and_header(
    telegram: FakeTelegram, api: httpx.AsyncClient
) -> None:
    telegram.faults.flood("sendMessage", retry_after_s=3)
    answer = await api.post("sendMessage", json=HELLO)
    assert answer.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }
    assert answer.headers["Retry-After"] == "3"
    assert (await api.post("sendMessage", json=HELLO)).status_code == 429, "it does not wait"
    assert [one.ignored for one in telegram.floods] == [True]


async def test_an_answer_of_its_own_that_breaks_the_protocol_is_not_forgiven() -> None:
    server = await FakeTelegram().__aenter__()
    del server.world.bot["first_name"]
    async with httpx.AsyncClient(base_url=f"{server.base}/bot{server.token}/") as client:
        assert (await client.post("getWebhookInfo")).status_code == 200
        assert (await client.post("getMe")).status_code == 500
    with pytest.raises(FakeIsWrong, match="first_name"):
        await server.__aexit__(None, None, None)


def test_an_update_of_its_own_that_breaks_the_protocol_is_not_sent() -> None:
    message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "colour": "red"}
    with FakeTelegram().in_thread() as server, pytest.raises(FakeIsWrong, match="has no such field"):
        server.world.updates.push("message", message)


def test_the_two_descriptions_are_both_in_force() -> None:
    merged = description()
    assert {"sendMessage", "sendInvoice", "editEphemeralMessageText"} <= merged.methods.keys()
    assert "sendMessage.receiver_user_id stands in one description only" in merged.differences
    assert merged.check({"Update"}, {"update_id": 1, "message": {}}, "update"), "a message needs an id"
