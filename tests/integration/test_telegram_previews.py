"""A preview and the better picture behind it in Telegram: one message, whatever happens to it."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from bot.channels.telegram import progress, server, words
from bot.dialogue import replies
from pipeline.engines import registry
from storage.queue import queue_of
from storage.records import Lease
from storage.unit_of_work import UnitOfWork
from tests.data import needs_test_data
from tests.fakes.painter import NAME
from tests.fakes.telegram import FakeTelegram, Group, Message, Person
from tests.integration.telegram_stage import (
    ann,
    anyio_backend,
    bob,
    dressed,
    group,
    module_redis_url,
    results,
)
from tests.servers import stock_media
from tests.telegram import Scene, action_of, offers, says, scene, settings_of

__all__ = ["ann", "anyio_backend", "bob", "group", "module_redis_url"]

pytestmark = [pytest.mark.anyio, needs_test_data]


@pytest.fixture(scope="module")
async def stage(
    module_stocked_database_url: str,
    module_redis_url: str,
    stocked_data: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Scene]:
    """As in telegram_stage, with an engine that takes long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(registry._ENGINES, NAME, ("tests.fakes.painter", "Painter"))
        for module in (progress, server):
            patch.setattr(module, "EVERY_S", 0.2)
        async with FakeTelegram() as fake:
            folder = stock_media(stocked_data, tmp_path_factory.mktemp("telegram"))
            settings = settings_of(fake, module_stocked_database_url, module_redis_url, folder, engine=NAME)
            async with scene(fake, settings) as opened:
                yield opened


async def _previewed(stage: Scene, person: Person) -> Message:
    """They look for a shirt, and see the preview of the first one."""
    await person.write("shirt")
    found = await person.chat.until(offers("try:"), 30)
    await person.press(found, action_of(found, "try:"))
    await person.chat.until(offers("cancel:"), 30)
    await stage.end_job()
    preview: Message = await person.chat.until(results, 30)
    assert replies.TRYON_REFINING() in preview.words
    return preview


async def _painting(stage: Scene, fraction: float, lease: Lease | None = None) -> Lease:
    """The better engine is so far, and has a sketch of it."""

    def work(uow: UnitOfWork) -> Lease | None:
        taken = lease or uow.jobs.claim(queue_of(NAME), "gpu")
        if taken is not None:
            out = io.BytesIO()
            Image.new("RGB", (96, 128), (int(255 * fraction), 90, 90)).save(out, "JPEG")
            key = uow.media.keep(out.getvalue(), "sketch", "image/jpeg", taken.person_id)
            uow.jobs.heartbeat(taken, "denoise", fraction, key)
        return taken

    painting = await stage.database.run(work)
    assert painting is not None, "nothing waits to be painted"
    return painting


def _generated(messages: list[Message]) -> Message | None:
    found = results(messages)
    return found if found is not None and replies.RESULT_LABEL_GENERATED() in found.words else None


async def test_the_better_picture_takes_the_previews_place_with_progress_under_it(
    stage: Scene, ann: Person
) -> None:
    await dressed(ann)
    preview = await _previewed(stage, ann)
    pictures = [preview.photo]

    lease = await _painting(stage, 0.2)
    moved = await ann.chat.until(says("20%"), 20)
    assert moved.id == preview.id
    assert moved.photo == pictures[0], "early sketches are noise"
    for fraction in (0.5, 0.6, 0.8, 0.9):
        await _painting(stage, fraction, lease)
        moved = await ann.chat.until(says(f"{fraction:.0%}"), 20)
        if moved.photo != pictures[-1]:
            pictures.append(moved.photo)
    assert len(pictures) == 3, "two sketches, however many there were"
    assert "Here you are" in moved.words

    # They go on below it meanwhile: the picture changes where it stands all the same.
    await ann.write("thanks")
    await ann.chat.until(says("You are welcome"), 20)
    await stage.database.run(lambda uow: uow.jobs.release(lease, counted=False))
    await stage.end_job(engine=NAME)
    picture = await ann.chat.until(_generated, 30)
    assert picture.id == preview.id
    assert picture.deleted_at is None
    assert picture.photo not in pictures
    assert "%" not in picture.words
    assert not any((button.data or "").startswith("cancel") for button in picture.buttons)
    stage.fake.assert_clean()


async def test_stop_leaves_the_preview_in_its_message(stage: Scene, ann: Person) -> None:
    await dressed(ann)
    preview = await _previewed(stage, ann)
    shown = preview.photo
    lease = await _painting(stage, 0.5)
    moved = await ann.chat.until(says("50%"), 20)
    assert moved.photo != shown
    await ann.press(moved, action_of(moved, "cancel:"))
    await ann.chat.until(says(replies.TRYON_STOPPING.one), 20)
    assert await stage.database.run(lambda uow: uow.jobs.heartbeat(lease, "denoise", 0.6))
    await stage.database.run(lambda uow: uow.jobs.fail(lease, "cancelled", ""))
    kept = await ann.chat.until(says(replies.TRYON_KEPT()), 20)
    assert kept.id == preview.id
    assert kept.photo == shown, "the preview itself, and no sketch"
    stage.fake.assert_clean()


async def test_in_a_group_all_of_it_happens_in_private(stage: Scene, ann: Person, group: Group) -> None:
    await dressed(ann)
    await ann.write(f"@{stage.parts.me.username} shirt", chat=group)
    found = await group.chat.until(offers("try:"), 30)
    await ann.press(found, action_of(found, "try:"))
    await group.chat.until(offers("cancel:"), 30)
    await stage.end_job()
    preview = await ann.chat.until(results, 30)
    told = await group.chat.until(says(words.SENT_PRIVATELY()), 20)
    lease = await _painting(stage, 0.3)
    moved = await ann.chat.until(says("30%"), 20)
    assert moved.id == preview.id
    await stage.database.run(lambda uow: uow.jobs.release(lease, counted=False))
    await stage.end_job(engine=NAME)
    picture = await ann.chat.until(_generated, 30)
    assert picture.id == preview.id
    assert group.chat.last.id == told.id, "the group is told once"
    assert "%" not in told.words
    stage.fake.assert_clean()
