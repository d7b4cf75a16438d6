"""Paid try-ons: exact balances through payments, failures, repeats and refunds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram import words
from bot.channels.telegram.refunds import RefundRefused, refund
from tests.data import needs_test_data
from tests.fakes.telegram import FakeTelegram, PaymentRefused, Person
from tests.integration.telegram_stage import ann, anyio_backend, dressed, module_redis_url
from tests.servers import stock_media
from tests.telegram import Scene, action_of, offers, says, scene, settings_of

__all__ = ["ann", "anyio_backend", "module_redis_url"]

pytestmark = [pytest.mark.anyio, needs_test_data]


@pytest.fixture(scope="module")
async def stage(
    module_stocked_database_url: str,
    module_redis_url: str,
    stocked_data: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Scene]:
    async with FakeTelegram() as fake:
        folder = stock_media(stocked_data, tmp_path_factory.mktemp("stars"))
        settings = settings_of(
            fake, module_stocked_database_url, module_redis_url, folder, stars_price=50, stars_pack=2, stars_free=1
        )
        async with scene(fake, settings) as opened:
            yield opened


async def balance(stage: Scene, person: Person) -> int:
    return await stage.database.run(lambda uow: uow.credits.balance(str(person.id)))


async def test_after_the_free_one_a_pack_is_bought_used_given_back_and_refunded(stage: Scene, ann: Person) -> None:
    await dressed(ann)
    await ann.write("shirt")
    found = await ann.chat.until(offers("try:"), 30)
    tries = [b.data for b in found.buttons if (b.data or "").startswith("try:")]
    await ann.press(found, str(tries[0]))
    await ann.chat.until(offers("cancel:"), 30)
    await stage.end_job()
    await ann.chat.until(says("Here you are"), 30)
    await ann.press(found, str(tries[1]))
    broke = await ann.chat.until(says(words.CREDITS_NONE()), 30)
    assert await stage.query("SELECT count(*) FROM jobs WHERE status = 'queued'") == [(0,)]

    await ann.press(broke, action_of(broke, "tg:buy"))
    invoice = await ann.chat.until(lambda m: next((x for x in m if "invoice" in x.fields), None), 30)
    await ann.pay(invoice)
    await ann.chat.until(says("Thank you! Try-ons to spend: 2."), 30)
    paid = [u for u in stage.fake.world.updates.sent if "successful_payment" in u.get("message", {})][-1]
    stage.fake.world.updates.again(paid["update_id"])
    await stage.fake.world.updates.drained()
    assert await balance(stage, ann) == 2, "a payment that is told twice counts once"

    await ann.press(found, str(tries[1]))
    await ann.chat.until(lambda m: offers("cancel:")([m[-1]]), 30)
    assert await balance(stage, ann) == 1
    await stage.end_job(fail="The arms are hidden.")
    await ann.chat.until(says("The arms are hidden."), 30)
    assert await balance(stage, ann) == 2, "a try-on that came to nothing costs nothing"

    charge = paid["message"]["successful_payment"]["telegram_payment_charge_id"]
    assert "50 Stars" in await refund(stage.settings, charge)
    await stage.fake.world.updates.drained()
    assert await balance(stage, ann) == 0
    with pytest.raises(RefundRefused):
        await refund(stage.settings, charge)
    stage.fake.assert_clean()


async def test_an_old_offer_and_that_of_somebody_else_are_not_paid(stage: Scene, ann: Person) -> None:
    await ann.command("/credits")
    shown = await ann.chat.until(offers("tg:buy"), 30)
    assert "Free today: 1 of 1." in shown.words
    await ann.press(shown, action_of(shown, "tg:buy"))
    invoice = await ann.chat.until(lambda m: next((x for x in m if "invoice" in x.fields), None), 30)
    theirs = invoice.payload.replace(str(ann.id), str(ann.id + 1))
    assert theirs != invoice.payload
    for payload in (f"pack:1000:50:{ann.id}", theirs):
        invoice.payload = payload
        with pytest.raises(PaymentRefused):
            await ann.pay(invoice)
    assert await balance(stage, ann) == 0


async def test_a_refund_made_at_telegram_is_counted(stage: Scene, ann: Person) -> None:
    await ann.command("/credits")
    shown = await ann.chat.until(offers("tg:buy"), 30)
    await ann.press(shown, action_of(shown, "tg:buy"))
    invoice = await ann.chat.until(lambda m: next((x for x in m if "invoice" in x.fields), None), 30)
    message = await ann.pay(invoice)
    await ann.chat.until(says("Thank you!"), 30)
    charge = message.fields["successful_payment"]["telegram_payment_charge_id"]
    await stage.parts.bot.refund_star_payment(ann.id, charge)
    await ann.chat.until(says("was given back"), 30)
    assert await balance(stage, ann) == 0
