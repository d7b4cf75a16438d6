"""The fake Bot API server, held against python-telegram-bot, which knows the real one."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from aiohttp import web
from PIL import Image
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InputMediaDocument,
    InputMediaPhoto,
    InputTextMessageContent,
    LabeledPrice,
    Message,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from tests.data import TEST_DATA, needs_test_data
from tests.fakes.telegram import FakeTelegram, Limits, PaymentRefused
from tests.fakes.telegram.limits import FloodGate

pytestmark = [pytest.mark.anyio, needs_test_data]

Answer = Callable[[web.Request], Coroutine[None, None, web.Response]]

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Try it on", callback_data="try:1")]])


def picture(color: str = "teal", size: tuple[int, int] = (640, 960)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, color).save(stream, "JPEG")
    return stream.getvalue()


def size_of(data: bytes | bytearray) -> tuple[int, int]:
    return Image.open(io.BytesIO(bytes(data))).size


@asynccontextmanager
async def connected(server: FakeTelegram) -> AsyncIterator[Bot]:
    base = server.base
    async with Bot(server.token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot") as bot:
        yield bot


@asynccontextmanager
async def polling(
    server: FakeTelegram, answer: Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[None, None, None]]
) -> AsyncIterator[None]:
    """A whole python-telegram-bot application with one handler for everything."""
    builder = Application.builder().token(server.token)
    application = builder.base_url(f"{server.base}/bot").base_file_url(f"{server.base}/file/bot").build()
    application.add_handler(MessageHandler(filters.ALL, answer))
    application.add_handler(CallbackQueryHandler(answer))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling()
        yield
        await application.updater.stop()
        await application.stop()


async def next_updates(bot: Bot, after: Update | None = None) -> tuple[Update, ...]:
    return await bot.get_updates(offset=after.update_id + 1 if after else None, timeout=1, allowed_updates=[])


# --- Receiving ------------------------------------------------------------------


async def test_a_bot_introduces_itself(telegram_bot: Bot) -> None:
    me = await telegram_bot.get_me()
    assert (me.is_bot, me.username) == (True, "fashioncore_bot")


async def test_a_whole_application_talks_by_polling(telegram: FakeTelegram) -> None:
    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.callback_query is not None:
            await update.callback_query.answer("on it")
            await update.callback_query.edit_message_text("done")
        elif update.message is not None:
            await update.message.reply_text(f"you said {update.message.text}", reply_markup=KEYBOARD)

    ann = telegram.person(1, "Ann")
    async with polling(telegram, answer):
        await ann.write("hello")
        message = await ann.chat.until(lambda messages: messages[1])
        assert message.text == "you said hello"
        query = await ann.press(message, "Try it on")
        assert (await query.answered())["text"] == "on it"
        await ann.chat.until(lambda messages: messages[1].text == "done")
        await telegram.world.updates.drained()
    assert message.history[0].labels == ["Try it on"]
    telegram.assert_clean()


async def test_a_long_poll_returns_when_something_comes(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    waiting = asyncio.create_task(telegram_bot.get_updates(timeout=30))
    await telegram.world.updates.polled()
    started = time.monotonic()
    await telegram.person(1).write("at last")
    [update] = await waiting
    assert update.message is not None
    assert update.message.text == "at last"
    assert time.monotonic() - started < 5


async def test_an_update_comes_again_until_it_is_confirmed(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    ann = telegram.person(1)
    await ann.write("one")
    await ann.write("two")
    first, second = await next_updates(telegram_bot)
    assert [one.update_id for one in await next_updates(telegram_bot)] == [first.update_id, second.update_id]
    assert await next_updates(telegram_bot, after=first) == (second,)
    assert second.update_id == first.update_id + 1
    assert await telegram_bot.get_updates(offset=second.update_id + 1, timeout=0) == ()


async def test_the_second_of_two_polls_ends_the_first(telegram_bot: Bot, telegram: FakeTelegram) -> None:
    first = asyncio.create_task(telegram_bot.get_updates(timeout=20))
    await telegram.world.updates.polled()
    async with connected(telegram) as other:
        await other.get_updates(timeout=0)
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_only_updates_that_were_asked_for_come(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    await telegram_bot.get_updates(timeout=0, allowed_updates=["callback_query", "message_reaction"])
    ann = telegram.person(1)
    written = await ann.write("unheard")
    await ann.react(written, "❤")
    [update] = await telegram_bot.get_updates(timeout=1)
    assert update.message_reaction is not None
    assert update.message_reaction.user is not None
    assert update.message_reaction.user.id == 1


@asynccontextmanager
async def serving(
    path: str, answer: Callable[[web.Request], Coroutine[None, None, web.Response]]
) -> AsyncIterator[str]:
    """A small web server of the test's own: its url."""
    app = web.Application()
    app.router.add_route("*", path, answer)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}{path}"
    await runner.cleanup()


@asynccontextmanager
async def webhook_receiver(statuses: list[int]) -> AsyncIterator[tuple[str, list[tuple[str, str | None]]]]:
    """A bot's own web server: the url and what came, as (text, secret). `statuses` are its first answers."""
    came: list[tuple[str, str | None]] = []

    async def take(request: web.Request) -> web.Response:
        update = await request.json()
        came.append((update["message"]["text"], request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        return web.Response(status=statuses.pop(0) if statuses else 200)

    async with serving("/hook", take) as url:
        yield url, came


async def test_a_webhook_is_posted_to_until_it_takes_the_update(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    async with webhook_receiver([500, 503]) as (url, came):
        await telegram_bot.set_webhook(url, secret_token="s3cret", max_connections=4)
        ann = telegram.person(1)
        await ann.write("one")
        await ann.write("two")
        await telegram.world.updates.drained()
        assert came == [("one", "s3cret")] * 3 + [("two", "s3cret")]
        info = await telegram_bot.get_webhook_info()
        assert (info.url, info.pending_update_count, info.max_connections) == (url, 0, 4)
        assert info.last_error_message is not None
        assert "503" in info.last_error_message
        with pytest.raises(Conflict, match="webhook is active"):
            await telegram_bot.get_updates(timeout=0)
        await telegram_bot.delete_webhook()
    await ann.write("three")
    [update] = await next_updates(telegram_bot)
    assert update.message is not None
    assert update.message.text == "three"


async def test_a_webhook_that_nobody_serves_leaves_updates_pending(
    telegram: FakeTelegram, telegram_bot: Bot
) -> None:
    await telegram_bot.set_webhook("http://127.0.0.1:9/hook")
    await telegram.person(1).write("hello?")
    await telegram.until(lambda: telegram.world.updates.pending == 1)
    assert (await telegram_bot.get_webhook_info()).pending_update_count == 1
    await telegram_bot.delete_webhook(drop_pending_updates=True)
    assert await telegram_bot.get_updates(timeout=0) == ()


async def test_a_webhook_may_answer_with_a_method(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    async def take(_: web.Request) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": 1, "text": "at once"})

    ann = telegram.person(1)
    async with serving("/hook", take) as url:
        await telegram_bot.set_webhook(url)
        await ann.write("quick")
        await ann.chat.until(lambda messages: messages[1].text == "at once")
        await telegram_bot.delete_webhook()
    telegram.assert_clean()


async def test_a_picture_may_come_from_a_url(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    async def show(_: web.Request) -> web.Response:
        return web.Response(body=picture("green"), content_type="image/jpeg")

    await telegram.person(1).write("hi")
    async with serving("/dress.jpg", show) as url:
        await telegram_bot.send_photo(1, url)
        assert telegram.chat(1).last.uploaded == picture("green")
        with pytest.raises(BadRequest, match="Failed to get http url content"):
            await telegram_bot.send_photo(1, url.replace("dress", "skirt"))


async def test_a_bot_that_has_logged_out_is_not_served(telegram_bot: Bot) -> None:
    assert await telegram_bot.close()
    assert await telegram_bot.log_out()
    with pytest.raises(BadRequest, match="Logged out"):
        await telegram_bot.get_me()


# --- Messages -------------------------------------------------------------------


async def test_pictures_go_up_and_down(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    ann = telegram.person(1)
    await ann.send_photo(picture(), caption="me")
    [update] = await next_updates(telegram_bot)
    assert update.message is not None
    sizes = update.message.photo
    assert [max(one.width, one.height) for one in sizes] == [90, 320, 800, 960]
    assert size_of(await (await sizes[-1].get_file()).download_as_bytearray()) == (640, 960)
    sent = await telegram_bot.send_photo(1, picture("red"), caption="<b>you</b>", parse_mode="HTML")
    again = await telegram_bot.send_photo(1, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    shown = ann.chat.from_bot[0]
    assert (shown.caption, shown.uploaded) == ("you", picture("red"))
    assert size_of(shown.photo or b"") == (640, 960)
    telegram.assert_clean()


async def test_a_large_picture_is_shown_smaller_and_kept_whole_as_a_file(
    telegram: FakeTelegram, telegram_bot: Bot
) -> None:
    ann = telegram.person(1)
    large = picture("navy", (3000, 4000))
    await ann.send_photo(large)
    await ann.send_photo(large, as_file=True, file_name="me.jpg")
    photo, file = await next_updates(telegram_bot)
    assert photo.message is not None
    assert file.message is not None
    assert file.message.document is not None
    assert photo.message.photo[-1].height == 2560
    assert (file.message.document.mime_type, file.message.document.file_name) == ("image/jpeg", "me.jpg")
    assert await (await file.message.document.get_file()).download_as_bytearray() == large


async def test_an_album_stands_together(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    ann = telegram.person(1)
    await ann.send_photo(picture("red"), album=[picture("blue")], caption="which one?")
    came = [one.message for one in await next_updates(telegram_bot)]
    assert [one.caption for one in came if one] == ["which one?", None]
    assert len({one.media_group_id for one in came if one}) == 1
    known = came[0].photo[-1] if came[0] else ""
    album = await telegram_bot.send_media_group(
        1, [InputMediaPhoto(picture("pink"), caption="before"), InputMediaPhoto(known)], reply_to_message_id=1
    )
    shown = ann.chat.album(album[0].media_group_id)
    assert [one.id for one in shown] == [one.message_id for one in album]
    assert [one.caption for one in shown] == ["before", None]
    assert shown[0].reply_to == 1
    await telegram_bot.send_media_group(1, [InputMediaDocument(b"one"), InputMediaDocument(b"two")])
    with pytest.raises(BadRequest, match="can't be mixed"):
        await telegram_bot.send_media_group(1, [InputMediaDocument(b"one"), InputMediaPhoto(picture())])


async def test_one_message_becomes_a_picture(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    ann = telegram.person(1)
    await ann.write("dress me")
    message = await telegram_bot.send_message(1, "queued, 3rd")
    await message.edit_text("queued, 2nd", reply_markup=KEYBOARD)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await message.edit_text("queued, 2nd", reply_markup=KEYBOARD)
    edited = await message.edit_media(InputMediaPhoto(picture("red"), caption="preview"))
    assert isinstance(edited, Message)
    assert edited.photo
    assert edited.text is None
    assert edited.edit_date is not None
    await edited.edit_media(InputMediaPhoto(picture("blue"), caption="final"), reply_markup=KEYBOARD)
    shown = ann.chat.last
    assert (shown.caption, shown.uploaded, shown.labels) == ("final", picture("blue"), ["Try it on"])
    assert [one.text or one.caption for one in shown.history] == ["queued, 3rd", "queued, 2nd", "preview"]
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await edited.edit_text("words")
    await edited.edit_caption("final!", reply_markup=KEYBOARD)
    await edited.edit_reply_markup(None)
    await edited.delete()
    assert [one.text for one in ann.chat.messages] == ["dress me"]
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await edited.edit_caption("too late")
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await edited.delete()
    telegram.assert_clean()


async def test_words_keep_their_formatting(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    await telegram.person(1).write("hi")
    html = await telegram_bot.send_message(
        1, '<b>😀 bold <i>both</i></b> <a href="https://shop.example/x">link</a> /help @someone &lt;3', "HTML"
    )
    assert html.text == "😀 bold both link /help @someone <3"
    assert html.text_html == (
        '<b>😀 bold <i>both</i></b> <a href="https://shop.example/x">link</a> /help @someone &lt;3'
    )
    assert [one.type for one in html.entities] == ["bold", "italic", "text_link", "bot_command", "mention"]
    marked = await telegram_bot.send_message(
        1, r"*b* _i_ __u__ ~s~ ||x|| `c` [l](https://a.example) 1\.5", "MarkdownV2"
    )
    assert marked.text == "b i u s x c l 1.5"
    assert [one.type for one in marked.entities] == [
        "bold", "italic", "underline", "strikethrough", "spoiler", "code", "text_link",
    ]  # fmt: skip
    for text, mode in (
        ("<b>x", "HTML"),
        ("<x>y</x>", "HTML"),
        ("</b>", "HTML"),
        ("a.b", "MarkdownV2"),
        ("*a", "Markdown"),
    ):
        with pytest.raises(BadRequest, match=r"[Cc]an't parse entities"):
            await telegram_bot.send_message(1, text, mode)


async def test_copies_forwards_reactions_and_actions(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    ann, ben = telegram.person(1, "Ann"), telegram.person(2, "Ben")
    await ben.write("hi")
    written = await ann.send_photo(picture(), caption="mine", forward_from=ben)
    *_, update = await next_updates(telegram_bot)
    assert update.message is not None
    assert update.message.forward_origin is not None
    assert update.message.forward_origin.type == "user"
    await telegram_bot.copy_message(2, 1, written.id, caption="a copy")
    assert (ben.chat.last.caption, ben.chat.last.photo) == ("a copy", written.photo)
    forwarded = await telegram_bot.forward_message(2, 1, written.id)
    assert forwarded.forward_origin is not None
    await telegram_bot.set_message_reaction(1, written.id, "❤")
    assert written.reactions == ["❤"]
    await telegram_bot.send_chat_action(1, "upload_photo")
    assert [action for _, action in ann.chat.actions] == ["upload_photo"]
    await telegram_bot.send_message(1, "pick", reply_markup=ReplyKeyboardMarkup([["Yes", "No"]]))
    assert ann.chat.keyboard == [["Yes", "No"]]
    telegram.assert_clean()


async def test_people_send_more_than_words(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    ann = telegram.person(1, "Ann", "de", "ann")
    start = await ann.command("/start ref")
    await ann.voice()
    await ann.sticker()
    edited = await ann.edit(await ann.write("typo", reply_to=start), "no typo")
    updates = await next_updates(telegram_bot)
    command, voice, sticker, reply, correction = updates
    assert command.message is not None
    assert command.message.from_user is not None
    assert command.message.from_user.language_code == "de"
    assert command.message.entities[0].type == "bot_command"
    assert voice.message is not None
    assert voice.message.voice is not None
    assert sticker.message is not None
    assert sticker.message.sticker is not None
    assert reply.message is not None
    assert reply.message.reply_to_message is not None
    assert reply.message.reply_to_message.message_id == start.id
    assert correction.edited_message is not None
    assert (correction.edited_message.text, edited.history[0].text) == ("no typo", "typo")


async def test_commands_are_kept_by_scope_and_language(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    await telegram.person(1).write("hi")
    await telegram_bot.set_my_commands([BotCommand("style", "Style me")])
    await telegram_bot.set_my_commands([("style", "Kleide mich ein")], language_code="de")
    await telegram_bot.set_my_commands([("admin", "Manage")], scope=BotCommandScopeChat(1))
    assert (await telegram_bot.get_my_commands())[0].description == "Style me"
    assert (await telegram_bot.get_my_commands(language_code="de"))[0].description == "Kleide mich ein"
    assert (await telegram_bot.get_my_commands(scope=BotCommandScopeChat(1)))[0].command == "admin"
    await telegram_bot.delete_my_commands(language_code="de")
    assert await telegram_bot.get_my_commands(language_code="de") == ()
    await telegram_bot.set_my_description("A stylist")
    await telegram_bot.set_my_short_description("Ein Stilberater", language_code="de")
    await telegram_bot.set_my_name("Style")
    assert (await telegram_bot.get_my_description()).description == "A stylist"
    assert (await telegram_bot.get_my_short_description("de")).short_description == "Ein Stilberater"
    assert (await telegram_bot.get_me()).first_name == "Style"
    await telegram_bot.set_chat_menu_button(1)
    telegram.assert_clean()


# --- Buttons, inline mode, payments ---------------------------------------------


async def test_a_press_must_be_answered_in_time() -> None:
    async with FakeTelegram(callback_lifetime_s=0) as server, connected(server) as bot:
        ann = server.person(1)
        await ann.write("hi")
        message = await bot.send_message(1, "?", reply_markup=KEYBOARD)
        await ann.press(ann.chat.messages[-1], "try:1")
        *_, update = await next_updates(bot)
        assert update.callback_query is not None
        assert update.callback_query.message == message
        with pytest.raises(BadRequest, match="Query is too old"):
            await update.callback_query.answer()


async def test_the_button_of_an_old_message_still_works(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    ann = telegram.person(1)
    await ann.write("hi")
    await telegram_bot.send_message(1, "?", reply_markup=KEYBOARD)
    query = await ann.press(ann.chat.last, "Try", too_old=True)
    *_, update = await next_updates(telegram_bot)
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible
    await update.callback_query.answer("again", show_alert=True)
    assert (await query.answered())["show_alert"] is True
    with pytest.raises(BadRequest, match="Query is too old"):
        await update.callback_query.answer("twice")


async def test_the_catalogue_is_searched_inline(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    ann, group = telegram.person(1), telegram.group(-5)
    await group.add_bot(by=ann)
    await ann.write("hi")
    photo = (await telegram_bot.send_photo(1, picture())).photo[-1]
    *_, last = await next_updates(telegram_bot)
    searching = asyncio.create_task(ann.inline("red dress"))
    [update] = await next_updates(telegram_bot, after=last)
    assert update.inline_query is not None
    words = InputTextMessageContent("<b>Red dress</b>", parse_mode="HTML")
    await update.inline_query.answer(
        [
            InlineQueryResultArticle("a", "Red dress", words, reply_markup=KEYBOARD),
            InlineQueryResultCachedPhoto("b", photo.file_id),
        ],
        next_offset="2",
    )
    answer = await searching
    assert (await telegram.person(2).inline("red dress")).results == answer.results, "cached for everybody"
    shared = await ann.choose(answer, "a", chat=group)
    chosen, message = await next_updates(telegram_bot, after=update)
    assert chosen.chosen_inline_result is not None
    assert chosen.chosen_inline_result.inline_message_id == shared.inline_id
    assert message.message is not None
    assert message.message.via_bot is not None
    await telegram_bot.edit_message_text("Sold out", inline_message_id=shared.inline_id)
    assert group.chat.last.text == "Sold out"
    assert (await ann.choose(answer, "b")).photo is not None
    telegram.assert_clean()


async def test_stars_are_paid_refused_and_refunded(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    async def check(update: Update) -> None:
        assert update.pre_checkout_query is not None
        assert update.pre_checkout_query.invoice_payload == "credits:10"
        await update.pre_checkout_query.answer(ok=accept, error_message=None if accept else "sold out")

    ann = telegram.person(1)
    await ann.write("/buy")
    [last] = await next_updates(telegram_bot)
    await telegram_bot.send_invoice(
        1, "10 try-ons", "Ten pictures", "credits:10", "XTR", [LabeledPrice("10", 50)], ""
    )
    invoice = ann.chat.last
    assert invoice.buttons[0].fields["pay"] is True
    accept = False
    paying = asyncio.create_task(ann.pay(invoice))
    [last] = await next_updates(telegram_bot, after=last)
    await check(last)
    with pytest.raises(PaymentRefused, match="sold out"):
        await paying
    accept = True
    paying = asyncio.create_task(ann.pay(invoice))
    [last] = await next_updates(telegram_bot, after=last)
    await check(last)
    await paying
    [last] = await next_updates(telegram_bot, after=last)
    assert last.message is not None
    assert last.message.successful_payment is not None
    charge = last.message.successful_payment.telegram_payment_charge_id
    assert telegram.world.stars == 50
    await telegram_bot.refund_star_payment(1, charge)
    with pytest.raises(BadRequest, match="Charge_already_refunded"):
        await telegram_bot.refund_star_payment(1, charge)
    ledger = (await telegram_bot.get_star_transactions()).transactions
    assert [(one.id, one.amount, one.source is None) for one in ledger] == [
        (charge, 50, False),
        (charge, 50, True),
    ]
    assert telegram.world.stars == 0
    telegram.assert_clean()


# --- Groups ---------------------------------------------------------------------


async def test_in_a_group_the_bot_hears_what_is_meant_for_it(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    ann, group = telegram.person(1), telegram.group(-5, "Friends")
    await group.add_bot(by=ann)
    added, _ = updates = await next_updates(telegram_bot)
    assert added.my_chat_member is not None
    assert added.my_chat_member.new_chat_member.status == "member"
    reply = await telegram_bot.send_message(-5, "hello all")
    await ann.write("lovely weather", chat=group)
    await ann.write("@fashioncore_bot dress me", chat=group)
    await ann.command("/style@fashioncore_bot", chat=group)
    await ann.command("/style@other_bot", chat=group)
    await ann.write("yes", chat=group, reply_to=group.chat.everything[reply.message_id])
    heard = [one.message for one in await next_updates(telegram_bot, after=updates[-1])]
    assert [one.text for one in heard if one] == ["@fashioncore_bot dress me", "/style@fashioncore_bot", "yes"]
    assert await telegram_bot.get_chat_member_count(-5) == 2
    assert (await telegram_bot.get_chat_member(-5, 1)).status == "creator"
    assert (await telegram_bot.get_chat(-5)).title == "Friends"
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await telegram_bot.send_message(1, "psst")


async def test_a_group_that_migrates_says_where_to(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    ann, group = telegram.person(1), telegram.group(-5)
    await group.add_bot(by=ann)
    await group.migrate(-1001234567890, by=ann)
    with pytest.raises(ChatMigrated) as told:
        await telegram_bot.send_message(-5, "hello")
    assert told.value.new_chat_id == -1001234567890
    await telegram_bot.send_message(-1001234567890, "hello")
    await group.kick_bot(by=ann)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await telegram_bot.send_message(-1001234567890, "hello?")


async def test_topics_are_kept_apart(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    ann, group = telegram.person(1), telegram.group(-1001, topics=True)
    await group.add_bot(by=ann)
    topic = await group.topic("Outfits", by=ann)
    await ann.command("/style@fashioncore_bot", chat=group, thread=topic)
    *_, update = await next_updates(telegram_bot)
    assert update.message is not None
    answer = await update.message.reply_text("here", do_quote=True)
    assert (answer.message_thread_id, answer.is_topic_message) == (topic, True)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await telegram_bot.send_message(-1001, "nowhere", message_thread_id=topic + 1000)
    await telegram_bot.leave_chat(-1001)
    with pytest.raises(Forbidden, match="not a member"):
        await telegram_bot.send_message(-1001, "bye")


async def test_who_has_blocked_the_bot_gets_nothing(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    ann = telegram.person(1)
    with pytest.raises(BadRequest, match="Chat not found"):
        await telegram_bot.send_message(1, "stranger")
    await ann.write("hi")
    await ann.block()
    *_, update = await next_updates(telegram_bot)
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await telegram_bot.send_message(1, "please")
    await ann.unblock()
    await telegram_bot.send_message(1, "welcome back")
    telegram.assert_clean()


# --- Limits and faults ----------------------------------------------------------


async def test_too_many_messages_to_one_chat_are_a_flood() -> None:
    async with FakeTelegram(limits=Limits(chat_burst=2)) as server, connected(server) as bot:
        await server.person(1).write("hi")
        await server.person(2).write("hi")
        await bot.send_message(1, "one")
        await bot.send_message(1, "two")
        with pytest.raises(RetryAfter):
            await bot.send_message(1, "three")
        with pytest.raises(RetryAfter):
            await bot.send_message(1, "four")
        await bot.send_message(2, "somebody else")
        assert [(one.chat, one.limit, one.ignored) for one in server.floods] == [
            (1, "chat", False),
            (1, "chat", True),
        ]
        assert [one.text for one in server.chat(1).from_bot] == ["one", "two"]
        with pytest.raises(AssertionError, match="over the limit per chat"):
            server.assert_clean()


async def test_an_album_counts_as_its_items() -> None:
    async with FakeTelegram(limits=Limits(chat_per_second=1000)) as server, connected(server) as bot:
        group, ann = server.group(-5), server.person(1)
        await group.add_bot(by=ann)
        album = [InputMediaPhoto(picture())] * 8
        await bot.send_media_group(-5, album)
        await bot.send_media_group(-5, album)
        with pytest.raises(RetryAfter) as told:
            await bot.send_media_group(-5, album)
        assert told.value.retry_after in {timedelta(seconds=59), timedelta(seconds=60)}
        assert [one.limit for one in server.floods] == ["group"]
        assert server.called("sendMediaGroup")[-1].code == 429


def test_the_whole_bot_may_send_thirty_messages_a_second() -> None:
    gate = FloodGate(Limits())  # without a server in between, so that all of them come within the second
    waits = [gate.pass_through("sendMessage", chat, False, 1) for chat in range(1, 34)]
    assert waits == [None] * 30 + [1] * 3
    assert {one.limit for one in gate.floods} == {"bot"}


async def test_faults_come_as_ordered(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    ann, ben = telegram.person(1), telegram.person(2)
    await ann.write("hi")
    await ben.write("hi")
    telegram.faults.flood("sendMessage", retry_after_s=7, chat=1)
    telegram.faults.error("sendMessage", code=500, chat=2)
    telegram.faults.error("sendMessage", code=502, after=True, chat=2)
    telegram.faults.cut("sendMessage", chat=2)
    telegram.faults.cut("sendMessage", after=True, chat=2)
    with pytest.raises(RetryAfter):
        await telegram_bot.send_message(1, "flood")
    for text in ("not done", "done", "not done", "done too"):
        with pytest.raises(NetworkError):
            await telegram_bot.send_message(2, text)
    assert [one.text for one in ben.chat.from_bot] == ["done", "done too"]
    telegram.faults.slow("sendMessage", seconds=0.2)
    started = time.monotonic()
    await telegram_bot.send_message(2, "late")
    assert time.monotonic() - started >= 0.2
    assert [fault.kind for _, _, fault in telegram.faults.given] == [
        "flood",
        "error",
        "error",
        "cut",
        "cut",
        "slow",
    ]


async def test_the_same_seed_spoils_the_same_requests() -> None:
    async def story() -> list[bool]:
        async with FakeTelegram() as server, connected(server) as bot:
            server.faults.seeded(7, 0.5, kinds=("error",))
            spoiled = []
            for id in range(1, 13):
                await server.person(id).write("hi")
                try:
                    await bot.send_message(id, "hello")
                    spoiled.append(False)
                except TelegramError:
                    spoiled.append(True)
            return spoiled

    first = await story()
    assert first == await story()
    assert set(first) == {True, False}


async def test_links_to_files_expire(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    await telegram.person(1).send_photo(picture())
    [update] = await next_updates(telegram_bot)
    assert update.message is not None
    file = await update.message.photo[-1].get_file()
    telegram.world.files.expire_links()
    with pytest.raises(TelegramError, match="Not Found"):
        await file.download_as_bytearray()
    assert size_of(await (await update.message.photo[-1].get_file()).download_as_bytearray()) == (640, 960)


async def test_large_files_are_not_handed_out(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    await telegram.person(1).send_file(bytes(20 * 1024 * 1024 + 1), "film.bin")
    [update] = await next_updates(telegram_bot)
    assert update.message is not None
    assert update.message.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await update.message.document.get_file()


async def test_a_file_id_belongs_to_one_bot(telegram: FakeTelegram, telegram_bot: Bot) -> None:
    await telegram.person(1).write("hi")
    photo = (await telegram_bot.send_photo(1, picture())).photo[-1]
    async with FakeTelegram("7000000002:AAother") as server, connected(server) as other:
        await server.person(1).write("hi")
        with pytest.raises(BadRequest, match="Wrong remote file identifier"):
            await other.send_photo(1, photo.file_id)


# --- How it runs ----------------------------------------------------------------


async def test_waiting_in_vain_shows_the_chat(telegram: FakeTelegram) -> None:
    ann = telegram.person(1)
    await ann.write("anybody there?")
    with pytest.raises(AssertionError, match=r"Ann#1: 'anybody there\?'"):
        await ann.chat.until(lambda messages: messages[1], timeout_s=0.05)


def test_it_runs_in_a_thread_for_tests_that_do_not_wait() -> None:
    with FakeTelegram().in_thread() as server:
        server.run(server.person(1).write("hi"))
        answer = httpx.post(f"{server.base}/bot{server.token}/sendMessage", json={"chat_id": 1, "text": "hello"})
        assert answer.json()["ok"]
        assert server.person(1).chat.last.text == "hello"


def test_it_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "tests.fakes.telegram", "--port", "0"]
    root = Path(__file__).resolve().parents[2]
    environment = {"FASHIONCORE_TEST_DATA": str(TEST_DATA), "PYTHONPATH": str(root)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=root
    ) as program:
        assert program.stdout is not None
        assert program.stdin is not None
        settings = dict(item.split("=", 1) for item in program.stdout.readline().split())
        program.stdin.write("hello\n")
        program.stdin.flush()
        base = f"{settings['TELEGRAM_API_BASE']}/bot{settings['TELEGRAM_BOT_TOKEN']}"
        [update] = httpx.get(f"{base}/getUpdates", params={"timeout": 10}, timeout=20).json()["result"]
        program.terminate()
    assert update["message"]["text"] == "hello"
