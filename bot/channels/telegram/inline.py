"""`@bot red dress` in any chat: the catalogue as inline results, and the person's own picture for a friend."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.telegram import words
from bot.channels.telegram.pictures import Pictures
from bot.channels.telegram.places import CHANNEL, place_of
from bot.channels.telegram.rendering import escaped, price_of, shop_link
from bot.channels.telegram.updates import Me
from bot.dialogue import names
from bot.dialogue.language import isolated, language_of, speaking
from bot.dialogue.types import Context, ProductCard
from bot.dialogue.understanding import understand
from bot.messages import card_of, title_of
from bot.shop_links import ShopLinks
from catalog.query import query_from_slots
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

log = logging.getLogger(__name__)

PAGE = 20
CACHE_S = 300
_OWN = re.compile(r"picture ([0-9a-f]{32})")


class Inline:
    """Answers inline queries; nothing is stored, since Telegram asks again with every letter."""

    def __init__(  # noqa: PLR0917
        self,
        bot: Bot,
        me: Me,
        database: Database,
        pictures: Pictures,
        public_url: str | None,
        links: ShopLinks | None = None,
    ) -> None:
        self._bot = bot
        self._me = me
        self._database = database
        self._pictures = pictures
        self._links = links or ShopLinks()
        self._public_url = public_url.rstrip("/") if public_url and public_url.startswith("https://") else None

    async def answer(self, query: InlineQuery) -> None:
        """Answer; an answer that fails is no loss."""
        with speaking(language_of(query.from_user.language_code)):
            await self._answer(query)

    async def _answer(self, query: InlineQuery) -> None:
        own = _OWN.fullmatch(query.query.strip())
        page = int(query.offset) if query.offset.isdecimal() else 0
        try:
            if own is not None:
                results, more = await self._own_picture(UUID(hex=own[1]), query.from_user.id), False
            else:
                results, more = await self._catalogue(query.query[:200], page)
            await self._bot.answer_inline_query(
                query.id,
                results,
                cache_time=0 if own is not None else CACHE_S,
                # Prices and buttons are written as this person reads them.
                is_personal=True,
                next_offset=str(page + 1) if more else "",
                button=None
                if results
                else InlineQueryResultsButton(words.INLINE_OPEN(), start_parameter="inline"),
            )
        except TelegramError as error:
            log.info("an inline query was not answered: %s", error)
        except CONNECTION_LOST:
            log.warning("the database is away")

    async def _own_picture(self, turn_id: UUID, account: int) -> list[InlineQueryResult]:
        """The result of a turn, to the person whose it is: they choose where it goes."""

        def load(uow: UnitOfWork) -> dict[str, Any] | None:
            turn = uow.conversations.turn(turn_id)
            talk = None if turn is None else uow.conversations.get(turn.conversation_id)
            mine = talk is not None and talk.channel == CHANNEL and place_of(talk.address).account == account
            return turn.body if turn is not None and mine else None

        body = await self._database.run(load)
        results = [p["media"] for p in body["pictures"] if p["role"] == "result"] if body else []
        known = await self._pictures.known(results)
        if body is None or not known:
            return []
        return [
            InlineQueryResultCachedPhoto(
                turn_id.hex,
                known[results[0]],
                title=title_of(body) or words.COMPARED(),
                caption=escaped(title_of(body)) or None,
                parse_mode=ParseMode.HTML,
                reply_markup=self._tries(body["products"]),
            )
        ]

    async def _catalogue(self, text: str, page: int) -> tuple[list[InlineQueryResult], bool]:
        slots = dict(understand(text, Context()).slots) if text.strip() else {}

        def search(uow: UnitOfWork) -> tuple[list[ProductCard], bool]:
            found = uow.products.search(query_from_slots(text, slots), PAGE, page * PAGE)
            pictures = uow.products.pictures([product.id for product in found.products])
            cards = [
                self._links.led(uow, card_of(p, pictures[p.id].front)) for p in found.products if p.id in pictures
            ]
            return cards, found.total > (page + 1) * PAGE

        cards, more = await self._database.run(search)
        known = await self._pictures.known([card.picture for card in cards])
        return [self._result(card, known.get(card.picture)) for card in cards], more

    def _result(self, card: ProductCard, file_id: str | None) -> InlineQueryResult:
        price = price_of({**_plain(card)})
        line = " · ".join(isolated(part) for part in (card.title, price) if part)
        caption, markup = escaped(line), self._try(card.id, card.url)
        if file_id is not None:
            return InlineQueryResultCachedPhoto(
                card.id, file_id, title=card.title, description=price or None, caption=caption,
                parse_mode=ParseMode.HTML, reply_markup=markup,
            )  # fmt: skip
        if self._public_url is not None:
            address = f"{self._public_url}/media/{card.picture}"
            return InlineQueryResultPhoto(
                card.id, address, address, title=card.title, description=price or None, caption=caption,
                parse_mode=ParseMode.HTML, reply_markup=markup,
            )  # fmt: skip
        return InlineQueryResultArticle(
            card.id,
            card.title,
            InputTextMessageContent(
                caption, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
            ),
            reply_markup=markup,
            description=price or names.value(card.category),
        )

    def _tries(self, worn: Sequence[dict[str, Any]]) -> InlineKeyboardMarkup | None:
        """The button under a shared picture: its outfit, or each piece where a link cannot carry them all."""
        whole = self._me.try_link(one["id"] for one in worn) if worn else None
        if whole is not None:
            return InlineKeyboardMarkup([[InlineKeyboardButton(words.TRY_ON(), url=whole)]])
        links = [(f"{words.TRY_ON()}: {one['title']}"[:40], self._me.try_link([one["id"]])) for one in worn]
        rows = [[InlineKeyboardButton(label, url=url)] for label, url in links if url is not None]
        return InlineKeyboardMarkup(rows) if rows else None

    def _try(self, product_id: str, url: str | None = None) -> InlineKeyboardMarkup:
        """The button under a shared item: whoever presses it tries the item on, in private."""
        rows = [[InlineKeyboardButton(words.TRY_ON(), url=self._me.try_link([product_id]))]]
        if address := shop_link(url):
            rows.append([InlineKeyboardButton(words.SHOP(), url=address)])
        return InlineKeyboardMarkup(rows)


def _plain(card: ProductCard) -> dict[str, Any]:
    return {name: getattr(card, name) for name in ProductCard.__dataclass_fields__}
