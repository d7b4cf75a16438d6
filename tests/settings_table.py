"""`python -m tests.settings_table` writes docs/settings.md: every setting of every process, out of the classes."""

from __future__ import annotations

import types
import typing
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings

from bot.channels.telegram.settings import TelegramSettings
from bot.settings import BotSettings
from bot.shop_settings import ShopSettings
from bot.weights.settings import WeightsSettings
from storage.environment import EngineSettings, StorageSettings, environment_names
from storage.media_settings import MediaSettings
from storage.remote_settings import RemoteSettings
from workers.settings import WorkerSettings

PAGE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"

PARTS: tuple[tuple[str, type[BaseSettings], tuple[type[BaseSettings], ...]], ...] = (
    ("Every process", StorageSettings, (MediaSettings, RemoteSettings)),
    ("Weights of IDM-VTON ([how](idm.md))", WeightsSettings, (EngineSettings,)),
    ("Pictures in a bucket ([how](media.md))", MediaSettings, ()),
    ("Pictures that are drawn elsewhere ([how](remote.md))", RemoteSettings, ()),
    ("The web chat, and everything that talks with people", BotSettings, (ShopSettings,)),
    ("Shops ([how](shops.md))", ShopSettings, (StorageSettings,)),
    ("Telegram ([how](telegram.md))", TelegramSettings, (BotSettings,)),
    ("Workers", WorkerSettings, (StorageSettings,)),
)
"""A heading, the class, and those below it whose settings stand elsewhere."""

HEAD = """# Settings

All are read from the environment, or from a file `.env` beside the launcher, which the environment overrules. For
each `NAME`, `NAME_FILE` may name a file that holds the value instead: for secrets, which are marked. What is
missing or contradictory stops the start with a line that names it. Written by `python -m tests.settings_table`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(_part(*part) for part in PARTS)])


def _part(heading: str, settings: type[BaseSettings], below: tuple[type[BaseSettings], ...]) -> str:
    others = {name for one in below for name in environment_names(one)}
    rows = [
        f"| {' | '.join(_row(name, field))} |"
        for name, field in sorted(environment_names(settings).items())
        if name not in others
    ]
    return "\n".join([f"## {heading}\n", "| name | default | what it is |", "|---|---|---|", *rows, ""])


def _row(name: str, field: FieldInfo) -> tuple[str, str, str]:
    if field.description is None:
        raise ValueError(f"{name} says nothing about itself")
    told = " ".join(field.description.split())
    choices = [f"`{choice}`" for choice in _choices(field.annotation)]
    marks = [f"One of {', '.join(choices)}."] if choices else []
    marks += ["**Secret.**"] if SecretStr in _kinds(field.annotation) else []
    return f"`{name}`", _default(field), " ".join([told, *marks])


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        return "**needed**"
    if field.default in (None, ""):
        return ""
    if isinstance(field.default, frozenset):
        return f"`{','.join(sorted(field.default))}`"
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def _kinds(annotation: Any) -> tuple[Any, ...]:
    union = typing.get_origin(annotation) in (types.UnionType, typing.Union)
    return typing.get_args(annotation) if union else (annotation,)


def _choices(annotation: Any) -> list[str]:
    return [
        str(choice)
        for kind in _kinds(annotation)
        if typing.get_origin(kind) is typing.Literal
        for choice in typing.get_args(kind)
    ]


if __name__ == "__main__":
    PAGE.write_text(page())
