"""The bot in groups: whom it answers, whose buttons work, and that nobody's picture stands there by its doing."""

from __future__ import annotations

import pytest

from bot.channels.telegram import words
from tests.data import needs_test_data
from tests.fakes.telegram import Group, Person
from tests.integration.telegram_stage import (
    ann,
    anyio_backend,
    bob,
    dressed,
    group,
    module_redis_url,
    results,
    stage,
)
from tests.telegram import Scene, action_of, offers, person_photo, says

__all__ = ["ann", "anyio_backend", "bob", "group", "module_redis_url", "stage"]

pytestmark = [pytest.mark.anyio, needs_test_data]

US = "@fashioncore_bot"


async def test_a_mention_is_answered_to_the_one_who_asked(stage: Scene, group: Group, ann: Person) -> None:
    asked = await ann.write(f"{US} shirt", chat=group)
    found = await group.chat.until(offers("try:"), 30)
    assert found.reply_to == asked.id
    stage.fake.assert_clean()


async def test_only_the_requester_may_press_their_buttons(group: Group, ann: Person, bob: Person) -> None:
    await ann.write(f"{US} shirt", chat=group)
    found = await group.chat.until(offers("try:"), 30)
    answer = await (await bob.press(found, action_of(found, "try:"))).answered(5)
    assert answer["text"] == words.NOT_YOURS()
    assert answer["show_alert"]
    before = len(group.chat.from_bot)
    answer = await (await ann.press(found, action_of(found, "try:"))).answered(5)
    assert "text" not in answer
    await group.chat.until(lambda m: len([x for x in m if x.by_bot]) > before, 20)


async def test_a_photo_in_a_group_is_asked_for_in_private(group: Group, ann: Person, bob: Person) -> None:
    await ann.send_photo(person_photo(), caption=f"{US} try a shirt", chat=group)
    told = await group.chat.until(says(words.SEND_IN_PRIVATE()), 20)
    link = next(b.url for b in told.buttons if b.url)
    assert link.endswith("?start=photo")
    await ann.send_photo(person_photo(), caption=US, chat=group, forward_from=bob)
    await group.chat.until(says(words.PHOTO_OF_OTHERS()), 20)


async def test_a_photo_of_somebody_else_is_refused(group: Group, ann: Person, bob: Person) -> None:
    theirs = await bob.send_photo(person_photo(), chat=group)
    await ann.write(f"{US} dress her in red", reply_to=theirs, chat=group)
    await group.chat.until(says(words.PHOTO_OF_OTHERS()), 20)


async def test_a_picture_of_the_person_goes_to_them_alone_until_they_share_it(
    stage: Scene, group: Group, ann: Person
) -> None:
    await dressed(ann)
    await ann.write(f"{US} shirt", chat=group)
    found = await group.chat.until(offers("try:"), 30)
    await ann.press(found, action_of(found, "try:"))
    card = await group.chat.until(offers("cancel:"), 30)
    await stage.end_job()
    result = await ann.chat.until(results, 30)
    told = await group.chat.until(says(words.SENT_PRIVATELY()), 20)
    assert told.id == card.id
    assert not any(m.photo and "Here you are" in m.words for m in group.chat.from_bot)
    await ann.press(result, words.SHARE_HERE())
    shared = await group.chat.until(lambda m: next((x for x in m if x.photo == result.photo), None), 20)
    assert shared is not None
    await ann.press(result, words.SHARE_HERE())
    answer = await (await ann.press(result, "Help")).answered(5)
    assert answer["text"] == words.ANSWER_ELSEWHERE()
    await group.chat.until(says("Here is what I do"), 20)
    assert sum(m.photo == result.photo for m in group.chat.from_bot) == 1, "it is shown once"


async def test_who_never_wrote_in_private_finds_the_picture_behind_a_button(
    stage: Scene, group: Group, ann: Person
) -> None:
    await dressed(ann)
    await ann.write(f"{US} shirt", chat=group)
    found = await group.chat.until(offers("try:"), 30)
    await ann.press(found, action_of(found, "try:"))
    await group.chat.until(offers("cancel:"), 30)
    await ann.block()
    await stage.end_job()
    told = await group.chat.until(says(words.CANNOT_WRITE()), 30)
    start = (told.buttons[0].url or "").partition("?start=")[2]
    await ann.unblock()
    await ann.command(f"/start {start}")
    await ann.chat.until(results, 30)


async def test_commands_and_topics(stage: Scene, ann: Person) -> None:
    forum = stage.fake.group(-1_002_000_000_000 - ann.id, "Forum", topics=True)
    await forum.add_bot(ann)
    topic = await forum.topic("Clothes", by=ann)
    await ann.command(f"/search{US} shirt", chat=forum, thread=topic)
    found = await forum.chat.until(offers("try:"), 30)
    assert found.thread == topic
    stage.fake.assert_clean()


async def test_a_group_that_became_a_supergroup_goes_on(stage: Scene, ann: Person, bob: Person) -> None:
    small = stage.fake.group(-ann.id * 1000, "Small")
    small.join(bob)
    await small.add_bot(ann)
    await small.chat.until(says("Mention me"), 20)
    await ann.write(f"{US} help", chat=small)
    await small.chat.until(says("Here is what I do"), 20)
    new = await small.migrate(-1_003_000_000_000 - ann.id, by=ann)
    await ann.write(f"{US} privacy", chat=small)
    await new.until(says("What I keep"), 20)
    rows = await stage.query(
        "SELECT address FROM conversations WHERE address LIKE '-%' AND person_id ="
        " (SELECT person_id FROM identities WHERE external_id = :account)",
        account=str(ann.id),
    )
    assert rows == [(f"{new.id}:{ann.id}",)]


async def test_talk_of_others_is_none_of_our_business(stage: Scene, group: Group, ann: Person) -> None:
    before = len(await stage.query("SELECT 1 FROM inbox"))
    await ann.write("what a nice day", chat=group)
    await ann.command("/help@other_bot", chat=group)
    await ann.write(f"{US} thanks", chat=group)
    await group.chat.until(says("You are welcome"), 20)
    assert len(await stage.query("SELECT 1 FROM inbox")) == before + 1
