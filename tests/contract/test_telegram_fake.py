"""The fake Bot API server, held against python-telegram-bot, which knows the real one."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator

import pytest
from PIL import Image
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from tests.data import needs_test_data
from tests.fakes.telegram import NO_LIMITS, TOKEN, FakeTelegram

pytestmark = [pytest.mark.anyio, needs_test_data]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(limits=NO_LIMITS) as running:
        yield running


@pytest.fixture
async def bot(server: FakeTelegram) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=f"{server.base}/bot", base_file_url=f"{server.base}/file/bot") as client:
        yield client


def picture(color: str = "teal", size: tuple[int, int] = (640, 960)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, color).save(stream, "JPEG")
    return stream.getvalue()


async def test_a_bot_introduces_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert me.is_bot
    assert me.username == "fashioncore_bot"


async def test_a_conversation_by_polling(server: FakeTelegram) -> None:
    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])
        await update.message.reply_text(f"you said {update.message.text}", reply_markup=keyboard)

    async def pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("fine")
        await update.callback_query.edit_message_text("done")

    application = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{server.base}/bot")
        .base_file_url(f"{server.base}/file/bot")
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, answer))
    application.add_handler(CallbackQueryHandler(pressed))
    ann = server.person(1, "Ann")
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling()
        await ann.write("hello")
        message = await ann.chat.until(lambda messages: messages[-1].by_bot and messages[-1])
        assert message.text == "you said hello"
        query = await ann.press(message, "Yes")
        assert (await query.answered())["text"] == "fine"
        await ann.chat.until(lambda messages: messages[-1].text == "done")
        await server.world.updates.drained()
        await application.updater.stop()
        await application.stop()
    assert message.history[0].labels == ["Yes"]
    server.assert_clean()


async def test_pictures_go_up_and_down(server: FakeTelegram, bot: Bot) -> None:
    ann = server.person(1)
    await ann.send_photo(picture(), caption="me")
    [update] = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert update.message.caption == "me"
    sizes = update.message.photo
    assert [max(one.width, one.height) for one in sizes] == [90, 320, 800, 960]
    data = await (await sizes[-1].get_file()).download_as_bytearray()
    assert Image.open(io.BytesIO(bytes(data))).size == (640, 960)
    sent = await bot.send_photo(1, picture("red"), caption="<b>you</b>", parse_mode="HTML")
    again = await bot.send_photo(1, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    assert ann.chat.from_bot[0].uploaded == picture("red")
    album = await bot.send_media_group(1, [InputMediaPhoto(picture("blue")), InputMediaPhoto(sent.photo[-1])])
    assert len({one.media_group_id for one in album}) == 1
    text = await bot.send_message(1, "queued")
    edited = await bot.edit_message_media(InputMediaPhoto(picture("pink")), 1, text.message_id)
    assert isinstance(edited, type(text))
    assert edited.photo
    server.assert_clean()
