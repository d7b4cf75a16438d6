"""Paid try-ons with Telegram Stars; off unless a price is set. `storage/credits.py` keeps the ledger."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from telegram import Bot, PreCheckoutQuery
from telegram.error import TelegramError

from bot.channels.base import Declined
from bot.channels.telegram import words
from bot.channels.telegram.places import CHANNEL, Place
from bot.channels.telegram.updates import Paid, say
from bot.dialogue.language import language_of, speaking
from bot.dialogue.types import Choice
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

CURRENCY = "XTR"


@dataclass(frozen=True, slots=True)
class Tariff:
    """`price` Stars for `pack` try-ons; `free` of them cost nothing each day. A price of 0: all are free."""

    price: int = 0
    pack: int = 10
    free: int = 3

    def offer(self, account: int) -> str:
        """What the invoice carries, so that the payment says what was bought, and by whom."""
        return f"pack:{self.pack}:{self.price}:{account}"


class Stars:
    """The till of one bot."""

    def __init__(self, bot: Bot, tariff: Tariff) -> None:
        self._bot = bot
        self._tariff = tariff

    # --- paying ------------------------------------------------------------------------------------------

    async def check(self, query: PreCheckoutQuery) -> None:
        """Answer a checkout, which has to be done within ten seconds: yes only to what is offered now."""
        tariff = self._tariff
        well = (
            tariff.price > 0
            and query.currency == CURRENCY
            and query.total_amount == tariff.price
            and query.invoice_payload == tariff.offer(query.from_user.id)
        )
        try:
            if well:
                await self._bot.answer_pre_checkout_query(query.id, ok=True)
            else:
                with speaking(language_of(query.from_user.language_code)):
                    refusal = words.CHECKOUT_REFUSED()
                await self._bot.answer_pre_checkout_query(query.id, ok=False, error_message=refusal)
        except TelegramError as error:
            # Without an answer nothing is paid.
            log.warning("a checkout was not answered: %s", error)

    def take(self, uow: UnitOfWork, event: str, paid: Paid) -> None:
        """A payment came or went back: counted once, and said."""
        place = paid.place.alone()
        account = str(place.account)
        if paid.back:
            returned = uow.credits.returned(paid.charge)
            if returned is None:
                return
            text = words.CREDITS_BACK(stars=returned.stars, balance=uow.credits.balance(account))
        else:
            credits = _credits_of(paid.offer)
            if not uow.credits.paid(account, paid.charge, credits, paid.stars):
                return
            text = words.CREDITS_GOT(balance=uow.credits.balance(account))
        told = say(place, text)
        uow.inbox.accept(CHANNEL, place.address, event, told.kind, told.payload)

    def show(self, uow: UnitOfWork, event: str, place: Place, payload: dict[str, Any]) -> None:
        """The balance, and the way to more."""
        place, tariff = place.alone(), self._tariff
        if tariff.price <= 0:
            told = say(place, words.CREDITS_OFF)
        else:
            account = str(place.account)
            free = max(0, tariff.free - uow.credits.free_today(account))
            balance = uow.credits.balance(account)
            told = say(place, words.CREDITS(balance=balance, free=free, daily=tariff.free), self._buy())
        uow.inbox.accept(CHANNEL, place.address, event, told.kind, {**told.payload, **payload})

    def offer(self, uow: UnitOfWork, event: str, place: Place) -> None:
        """Send an invoice, in private."""
        place, tariff = place.alone(), self._tariff
        if tariff.price <= 0:
            told = say(place, words.CREDITS_OFF)
        else:
            invoice = {"credits": tariff.pack, "stars": tariff.price, "payload": tariff.offer(place.account)}
            told = say(place, "", invoice=invoice)
        uow.inbox.accept(CHANNEL, place.address, event, told.kind, told.payload)

    # --- spending ----------------------------------------------------------------------------------------

    def reserve(self, uow: UnitOfWork, account: str, job: UUID) -> Declined | None:
        """See bot.channels.base.ChargesTryOns."""
        tariff = self._tariff
        if tariff.price <= 0 or uow.credits.reserve(account, job, tariff.free):
            return None
        return Declined(words.CREDITS_NONE(), (self._buy(),))

    def give_back(self, uow: UnitOfWork, job: UUID) -> None:
        """See bot.channels.base.ChargesTryOns."""
        uow.credits.give_back(job)

    def _buy(self) -> Choice:
        label = words.CREDITS_BUY(count=self._tariff.pack, stars=self._tariff.price)
        return Choice(label, "tg:buy")


def _credits_of(offer: str) -> int:
    """What an invoice was for. We wrote it, and Telegram hands it back as it was."""
    kind, _, rest = offer.partition(":")
    number = rest.partition(":")[0]
    return int(number) if kind == "pack" and number.isdecimal() else 0
