"""The slash commands and the message menu, and telling Discord about them once a release."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import Any, Protocol

import discord
from discord import app_commands
from discord.app_commands import AppInstallationType, CommandTree, locale_str

from bot.channels.discord import events, texts
from bot.channels.discord.replies import Replies
from bot.dialogue.language import Text, speaking

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
MAX_CHOICE = 100
"""Characters of a suggestion and of its value."""


class Desk(Protocol):
    """Where commands go."""

    async def take(self, interaction: Interaction, *rows: events.Row) -> None:
        """Acknowledge and store."""
        ...

    async def take_marked(self, interaction: Interaction, message: discord.Message) -> None:
        """Acknowledge and store that somebody wants to try on what is in this message."""
        ...

    async def ask(self, interaction: Interaction, form: str) -> None:
        """Open a form."""
        ...

    async def suggest(self, typed: str) -> list[tuple[str, str]]:
        """(id, title) of items for what was typed so far."""
        ...


class Translator(app_commands.Translator):
    """Descriptions in those of our languages that Discord has; names stay English: everybody can tell them."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """See the library."""
        del context
        language = texts.LOCALES.get(locale.value)
        if language is None:
            return None
        with speaking(language):
            return Text(string.message)()


def _what(option: str) -> locale_str:
    return locale_str(texts.OPTIONS[option].one)


def build_tree(client: discord.Client, desk: Desk) -> CommandTree[Any]:
    """All commands, on servers, in private and wherever a person brings the app along."""
    tree: CommandTree[Any] = CommandTree(
        client,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        allowed_installs=AppInstallationType(guild=True, user=True),
    )
    _add_tryon(tree, desk)
    _add_with_words(tree, desk)
    _add_plain(tree, desk)
    return tree


def _add_tryon(tree: CommandTree[Any], desk: Desk) -> None:
    async def items(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        del interaction
        found = await desk.suggest(typed)
        return [app_commands.Choice(name=title[:MAX_CHOICE], value=item) for item, title in found]

    @app_commands.describe(
        photo=_what("photo"), garment=_what("garment"), link=_what("link"), search=_what("search")
    )
    @app_commands.autocomplete(search=items)
    async def tryon(
        interaction: Interaction,
        photo: discord.Attachment | None = None,
        garment: discord.Attachment | None = None,
        link: str | None = None,
        search: str | None = None,
    ) -> None:
        wish = events.command(texts.SAY_LINK.format(url=link)) if link else None
        if search and wish is None:
            wish = events.item(search)
        rows = []
        if photo is not None or garment is not None:
            rows.append(events.pictures([] if photo is None else [photo], garment=garment))
        if wish is not None:
            rows.append(wish)
        await desk.take(interaction, *(rows or [events.press("photo")]))

    async def try_this(interaction: Interaction, message: discord.Message) -> None:
        await desk.take_marked(interaction, message)

    _add(tree, "tryon", tryon)
    tree.add_command(app_commands.ContextMenu(name=locale_str(texts.CONTEXT_MENU.one), callback=try_this))


def _add_with_words(tree: CommandTree[Any], desk: Desk) -> None:
    async def titles(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        del interaction
        found = dict.fromkeys(title[:MAX_CHOICE] for _, title in await desk.suggest(typed))
        return [app_commands.Choice(name=title, value=title) for title in found]

    @app_commands.describe(text=_what("text"))
    async def style(interaction: Interaction, text: str) -> None:
        await desk.take(interaction, events.words(text))

    @app_commands.describe(text=_what("text"))
    @app_commands.autocomplete(text=titles)
    async def search(interaction: Interaction, text: str) -> None:
        await desk.take(interaction, events.words(text))

    @app_commands.describe(first=_what("first"), second=_what("second"))
    async def compare(
        interaction: Interaction,
        first: app_commands.Range[int, 1, 25] = 1,
        second: app_commands.Range[int, 1, 25] = 2,
    ) -> None:
        await desk.take(interaction, events.command(texts.SAY_COMPARE.format(first=first, second=second)))

    @app_commands.describe(text=_what("text"))
    async def profile(interaction: Interaction, text: str | None = None) -> None:
        if text:
            await desk.take(interaction, events.words(text))
        else:
            await desk.ask(interaction, "profile")

    for name, callback in (("style", style), ("search", search), ("compare", compare), ("profile", profile)):
        _add(tree, name, callback)


def _add_plain(tree: CommandTree[Any], desk: Desk) -> None:
    """Those without options."""
    meanings = {
        "wardrobe": events.press("saved"),
        "outfit": events.command(texts.SAY_OUTFIT),
        "digest": events.command(texts.SAY_DIGEST),
        "privacy": events.press("privacy"),
        "help": events.press("help"),
        "result": events.press("status"),
    }
    for name, row in meanings.items():

        async def plain(interaction: Interaction, row: events.Row = row) -> None:
            await desk.take(interaction, row)

        _add(tree, name, _without_options(plain))


def _without_options(callback: Any) -> Any:
    """The library reads options out of the signature, where the bound row is none."""

    async def command(interaction: Interaction) -> None:
        await callback(interaction)

    return command


# Any: a callback's type names its options, and each command has others.
def _add(tree: CommandTree[Any], name: str, callback: Any) -> None:
    description = locale_str(texts.COMMANDS[name].one)
    tree.add_command(app_commands.Command(name=name, description=description, callback=callback))


async def sync(tree: CommandTree[Any], replies: Replies, application: int, guild: int | None) -> bool:
    """Tell Discord the commands when they are others than it knows; True when it was told.

    With `guild` they go to that server alone, where they appear at once.
    """
    place = None if guild is None else discord.Object(guild)
    if place is not None:
        tree.copy_global_to(guild=place)
    translator = tree.translator
    if translator is None:
        raise RuntimeError("the translator is set before the commands are synced")
    commands = tree.get_commands(guild=place)
    payload = [await command.get_translated_payload(tree, translator) for command in commands]
    payload.sort(key=lambda command: str(command["name"]))
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    if await replies.commands(application, guild) == digest:
        return False
    await tree.sync(guild=place)
    await replies.keep_commands(application, guild, digest)
    log.info("Discord knows %d commands now", len(payload))
    return True
