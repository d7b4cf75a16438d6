"""The conversation on Telegram in private: from a photo to the picture, and everything people do on the way."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image
from telegram import BotCommandScopeAllPrivateChats, Update

from bot.channels.telegram import words
from tests.data import needs_test_data
from tests.fakes.telegram import Person
from tests.fuzz.readers import CORPUS
from tests.integration.telegram_stage import (
    ann,
    anyio_backend,
    begun,
    bob,
    dressed,
    module_redis_url,
    results,
    stage,
    tried,
)
from tests.telegram import Scene, action_of, offers, person_photo, says

__all__ = ["ann", "anyio_backend", "bob", "module_redis_url", "stage"]

pytestmark = [pytest.mark.anyio, needs_test_data]


async def test_a_photo_and_a_wish_become_a_picture_in_one_message(stage: Scene, ann: Person) -> None:
    await dressed(ann)
    card, result = await tried(stage, ann)
    assert result.id == card.id, "the card has become the result"
    assert "way to you" in (card.history[0].text or "")
    album = [m for m in ann.chat.from_bot if m.album]
    assert 2 <= len(album) <= 10
    assert album[0].words.startswith("1. ")
    assert ann.chat.last.id == result.id, "the buttons stand at the bottom"
    stage.fake.assert_clean()


async def test_a_result_comes_where_its_card_was_lost_on_the_way_and_changing_it_fails_once(
    stage: Scene, ann: Person
) -> None:
    await dressed(ann)
    await ann.write("shirt")
    found = await ann.chat.until(offers("try:"), 30)
    stage.fake.faults.cut("sendMessage", after=True, chat=ann.id)
    stage.fake.faults.error("editMessageMedia", chat=ann.id)
    await ann.press(found, action_of(found, "try:"))
    card = await ann.chat.until(offers("cancel:"), 30)
    await stage.end_job()
    result = await ann.chat.until(results, 30)
    assert result.id == card.id
    stage.fake.assert_clean()


async def test_a_result_stands_below_what_was_said_meanwhile(stage: Scene, ann: Person) -> None:
    await dressed(ann)
    await ann.write("shirt")
    found = await ann.chat.until(offers("try:"), 30)
    await ann.press(found, action_of(found, "try:"))
    card = await ann.chat.until(offers("cancel:"), 30)
    await ann.write("thanks")
    await ann.chat.until(says("You are welcome"), 20)
    await stage.end_job()
    result = await ann.chat.until(results, 20)
    assert result.id > card.id
    assert card.deleted_at is not None, "the card that nobody would look at is gone"
    assert ann.chat.last.id == result.id


async def test_a_try_on_that_failed_says_so_in_its_card(stage: Scene, ann: Person) -> None:
    await dressed(ann)
    await ann.write("shirt")
    found = await ann.chat.until(offers("try:"), 30)
    await ann.press(found, action_of(found, "try:"))
    card = await ann.chat.until(offers("cancel:"), 30)
    await stage.end_job(fail="The arms are hidden.")
    failed = await ann.chat.until(says("The arms are hidden."), 20)
    assert failed.id == card.id


async def test_a_card_shows_its_place_in_the_queue_and_then_how_far_it_is(stage: Scene, ann: Person) -> None:
    await dressed(ann)
    await ann.write("shirt")
    found = await ann.chat.until(offers("try:"), 30)
    await ann.press(found, action_of(found, "try:"))
    card = await ann.chat.until(offers("cancel:"), 30)
    assert "I start right now" in card.words
    leases = await stage.database.run(lambda uow: uow.jobs.claim("fashioncore:preview", "test"))
    assert leases is not None
    await stage.database.run(lambda uow: uow.jobs.heartbeat(leases, "paint", 0.5))
    moved = await ann.chat.until(says("▓▓▓▓▓░░░░░ 50%"), 20)
    assert moved.id == card.id
    await stage.database.run(lambda uow: uow.jobs.fail(leases, "no_pose", "No."))


async def test_an_answer_to_a_picture_means_that_item(ann: Person) -> None:
    await begun(ann)
    await ann.write("shirt")
    await ann.chat.until(offers("try:"), 30)
    second = next(m for m in ann.chat.from_bot if m.album and m.words.startswith("2. "))
    title = second.words.removeprefix("2. ").split(" · ")[0]
    await ann.write("tell me more about it", reply_to=second)
    told = await ann.chat.until(says(f"{title}: "), 20)
    assert told.photo is not None, "one item is one picture with its buttons"
    assert "Try it on" in told.labels


async def test_an_old_button_is_answered_at_once_and_still_works(ann: Person) -> None:
    await begun(ann)
    await ann.write("shirt")
    found = await ann.chat.until(offers("try:"), 30)
    await ann.write("jeans")
    await ann.chat.until(lambda m: (o := offers("try:")(m)) and o.id != found.id, 30)
    query = await ann.press(found, action_of(found, "try:"), too_old=True)
    await query.answered(3)
    await ann.chat.until(says("I would love to show you"), 20)


async def test_photos_come_as_files_albums_and_forwards(stage: Scene, ann: Person, bob: Person) -> None:
    await begun(ann)
    await ann.send_photo(person_photo(), as_file=True, caption="white shirt")
    await ann.chat.until(says("Your photo is ready"), 40)
    await ann.chat.until(offers("try:"), 20)
    photos = "SELECT status FROM inbox WHERE kind = 'photo' AND address = :account"
    assert await stage.query(photos, account=str(ann.id)) == [("done",)]
    last = ann.chat.last.id
    await ann.send_photo(person_photo(), album=[person_photo(), person_photo()], forward_from=bob)
    question = await ann.chat.until(lambda m: (f := says("Is this you")(m)) and f.id > last and f, 40)
    await ann.press(question, "This is me")
    await ann.chat.until(lambda m: (f := says("photo is ready")(m)) and f.id > last, 40)
    assert len(await stage.query(photos, account=str(ann.id))) == 2, "an album is one event"


async def test_a_small_photo_is_told_once_that_a_file_is_sharper(ann: Person) -> None:
    await begun(ann)
    await ann.send_photo(_smaller(person_photo(), 640))
    first = await ann.chat.until(says("Your photo is ready"), 40)
    assert first.words.startswith(words.SMALL_PHOTO())
    await ann.send_photo(_smaller(person_photo(), 700))
    second = await ann.chat.until(lambda m: (f := says("Is this you")(m)) and f.id > first.id and f, 40)
    assert words.SMALL_PHOTO() not in second.words


async def test_a_file_that_is_gone_or_too_big_is_asked_for_again(stage: Scene, ann: Person) -> None:
    await begun(ann)
    await ann.send_file(b"\xff\xd8\xff" + bytes(21 * 1024 * 1024), "photo.jpg")
    await ann.chat.until(says("20 MB"), 20)
    stage.fake.faults.error("getFile", code=400, times=1)
    await ann.send_photo(person_photo())
    await ann.chat.until(says("Please send it again"), 20)


@pytest.mark.parametrize("kind", ["voice", "sticker"])
async def test_what_is_neither_words_nor_a_picture_is_answered_kindly(ann: Person, kind: str) -> None:
    await begun(ann)
    await (ann.voice() if kind == "voice" else ann.sticker())
    answer = await ann.chat.until(says("voice messages" if kind == "voice" else "Nice one"), 20)
    assert answer.labels, "every answer has next steps"


async def test_commands_are_answered(ann: Person) -> None:
    await begun(ann)
    for command, expected in {
        "/help": "Here is what I do",
        "/privacy": "What I keep",
        "/saved": "not saved anything",
        "/status": "Nothing is running",
        "/forget": "Shall I delete everything",
        "/search shirt": "Pick one",
    }.items():
        await ann.command(command)
        await ann.chat.until(says(expected), 20)


async def test_words_that_were_corrected_at_once_are_read_again(ann: Person) -> None:
    await begun(ann)
    wrong = await ann.write("blorbgh")
    await ann.chat.until(says("I only know about clothes"), 20)
    await ann.edit(wrong, "help")
    await ann.chat.until(says("Here is what I do"), 20)


async def test_a_result_can_be_compared_and_shared(stage: Scene, ann: Person, bob: Person) -> None:
    await dressed(ann)
    _, result = await tried(stage, ann)
    await ann.press(result, words.COMPARED())
    compared = await ann.chat.until(says(words.COMPARED()), 20)
    pair = [m for m in ann.chat.from_bot if m.album and m.id < compared.id][-2:]
    assert len({m.album for m in pair}) == 1
    button = next(b for b in result.buttons if b.label == words.SHARE())
    answer = await ann.inline(button.fields["switch_inline_query"])
    assert len(answer.results) == 1
    shared = await ann.choose(answer)
    assert shared.photo == result.photo
    assert shared.buttons[0].url is not None
    theirs = await bob.inline(button.fields["switch_inline_query"])
    assert theirs.results == [], "somebody else's picture is found by nobody"


async def test_the_catalogue_is_found_inline_and_tried_on_by_its_link(ann: Person) -> None:
    answer = await ann.inline("shirt")
    assert len(answer.results) >= 2
    shared = await ann.choose(answer, 0)
    start = (shared.buttons[0].url or "").partition("?start=")[2]
    assert start.startswith("try_")
    await ann.command(f"/start {start}")
    await ann.chat.until(says("I would love to show you"), 20)


async def test_everything_is_deleted_on_request(stage: Scene, ann: Person) -> None:
    await dressed(ann)
    await ann.command("/forget")
    asked = await ann.chat.until(offers("erase:yes"), 20)
    await ann.press(asked, "erase:yes")
    await ann.chat.until(says("All of it is deleted"), 20)
    left = await stage.query("SELECT count(*) FROM identities WHERE external_id = :account", account=str(ann.id))
    assert left == [(1,)], "only the fresh start is left"


def _smaller(photo: bytes, side: int) -> bytes:
    image = Image.open(io.BytesIO(photo))
    image.thumbnail((side, side))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


async def test_somebody_whose_telegram_speaks_german_is_answered_in_german(stage: Scene) -> None:
    eva = stage.fake.person(9_001, "Eva", "de-AT")
    await eva.command("/start")
    asked = await eva.chat.until(offers("consent:yes"), 20)
    menu = await stage.parts.bot.get_my_commands(BotCommandScopeAllPrivateChats(), "de")
    assert "Dein Foto schicken oder wechseln" in [command.description for command in menu]
    assert asked.words.startswith("Hallo, hier ist deine Stilberatung.")
    assert "Einverstanden" in [button.label for button in asked.buttons]
    await eva.press(asked, "consent:yes")
    await eva.send_file(b"not a picture", "me.jpg")
    await eva.chat.until(says("Diese Art von Datei kann ich nicht öffnen."), 20)
    await eva.command("/credits")
    await eva.chat.until(says("Anproben kosten hier nichts."), 20)
    await eva.command("/forget")
    await eva.press(await eva.chat.until(offers("erase:yes"), 20), "erase:yes")
    await eva.chat.until(says("Alles ist gelöscht."), 20)
    group = stage.fake.group(-1_001_900_000_000, "Freunde")
    await group.add_bot(eva)
    await group.chat.until(says("Erwähne mich"), 20)


async def test_an_update_without_what_updates_have_holds_back_none_behind_it(stage: Scene, ann: Person) -> None:
    await begun(ann)
    broken = (CORPUS / "webhook" / "press-without-a-chat.json").read_text()
    asks = {"message_id": 10**6, "date": 1, "chat": ann.chat.fields, "from": ann.user, "text": "help"}
    updates = [json.loads(broken), {"update_id": 10**9, "message": asks}]
    bot = stage.parts.bot
    await stage.parts.intake.take([update for one in updates if (update := Update.de_json(one, bot))])
    await ann.chat.until(says("Here is what I do"), 30)
