"""`./fashioncore refund`: an operator gives a payment of Stars back."""

from __future__ import annotations

from telegram.error import BadRequest, TelegramError

from bot.bootstrap import open_database
from bot.channels.telegram.calls import make_bot
from bot.channels.telegram.settings import TelegramSettings


class RefundRefused(Exception):
    """Why a payment was not given back, in a sentence."""


async def refund(settings: TelegramSettings, charge: str) -> str:
    """Give it back and take what it bought out of the ledger; returns what was done. Raises RefundRefused.

    Should we die in between, Telegram's own message about the refund makes the ledger right.
    """
    database = open_database(settings)
    bot = make_bot(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_base)
    try:
        paid = await database.run(lambda uow: uow.credits.payment(charge))
        if paid is None:
            raise RefundRefused(f"There is no payment {charge}.")
        if paid.returned:
            raise RefundRefused(f"Payment {charge} was given back before.")
        async with bot:
            try:
                await bot.refund_star_payment(int(paid.account), charge)
            except BadRequest as error:
                if "already_refunded" not in str(error).lower():
                    raise
        await database.run(lambda uow: uow.credits.returned(charge))
    except TelegramError as error:
        raise RefundRefused(f"Telegram did not take the refund: {error}") from error
    finally:
        database.close()
    return f"{paid.stars} Stars were given back to account {paid.account}."
