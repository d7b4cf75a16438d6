"""Which effect is done where."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.channels.base import ChargesTryOns
from bot.dialogue import types as d
from bot.dialogue.policy import Policy
from bot.effects import accounts, mail
from bot.effects.pictures import Pictures
from bot.effects.shopping import Shopping
from bot.effects.tryons import TryOns
from bot.effects.turn import Turn
from bot.messages import body_of
from bot.photos import PhotoDesk
from bot.products import ProductDesk
from catalog.search import Catalogue
from pipeline.ports import Identified


class Effects:
    """Each effect returns the events that answer it.

    `engine` makes the pictures; with `preview`, a quicker one, that one's are shown until they are there. On
    channels that are `read` nothing is sent: people's pages are told to look.
    """

    def __init__(  # noqa: PLR0917  # what effects need, plainly
        self,
        catalogue: Catalogue,
        photos: PhotoDesk,
        engine: Identified,
        policy: Policy,
        preview: Identified | None = None,
        tills: Mapping[str, ChargesTryOns] | None = None,
        products: ProductDesk | None = None,
        read: Collection[str] = (),
    ) -> None:
        self.shopping = Shopping(catalogue, products or ProductDesk(catalogue), policy)
        self.tryons = TryOns(self.shopping, engine, policy, preview, tills or {})
        self._pictures = Pictures(photos, self.shopping, policy)
        self._link_minutes = policy.link_minutes
        self._read = read

    async def perform(self, effect: d.Effect, turn: Turn) -> list[d.Event]:  # noqa: PLR0912 # one case for each kind
        """Do it; raises only what must roll the whole event back."""
        match effect:
            case d.Say():
                return await self._say(effect, turn)
            case d.InspectPhoto():
                return await self._pictures.inspect(effect, turn)
            case d.KeepPhoto():
                return await self._pictures.keep(effect, turn)
            case d.DropPhoto():
                return await self._pictures.drop(effect, turn)
            case d.KeepItems():
                return await self._pictures.keep_items(effect, turn)
            case d.OpenLink():
                return await self._pictures.open_link(effect, turn)
            case d.Search():
                return await self.shopping.search(effect, turn)
            case d.GatherPieces():
                return await self.shopping.gather(effect, turn)
            case d.ShowFavourites():
                return await self.shopping.favourites(turn)
            case d.SaveFavourite():
                return await self.shopping.save(effect, turn)
            case d.Watch():
                return await self.shopping.watch(effect, turn)
            case d.RequestTryOn():
                return await self.tryons.request(effect, turn)
            case d.ComparePictures():
                return await self.tryons.compare(effect, turn)
            case d.CancelTryOn():
                return await self.tryons.cancel(effect, turn)
            case d.RecordConsent():
                return await accounts.consent(effect, turn)
            case d.Remember():
                return await accounts.remember(effect, turn)
            case d.EraseEverything():
                return await accounts.erase(turn)
            case d.MakeLinkCode():
                return await accounts.make_code(turn, self._link_minutes)
            case d.CheckLinkCode():
                return await accounts.check_code(effect, turn)
            case d.Link():
                return await accounts.link(effect, turn)
            case d.Unlink():
                return await accounts.unlink(turn)
            case d.ArrangeMails() | d.PauseMails() | d.StopMails() | d.MailItems() | d.MailLinkCode():
                return await mail.perform(effect, turn)

    async def _say(self, effect: d.Say, turn: Turn) -> list[d.Event]:
        talk, message = turn.talk, effect.message
        body, read = body_of(message), talk.channel in self._read
        await turn.tx.run(
            lambda uow: uow.conversations.say(
                talk.id, talk.channel, body, message.slot, turn.cause, in_place=message.in_place, read=read
            )
        )
        if read:
            turn.after.read.append(talk.id)
        return []
