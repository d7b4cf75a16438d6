"""Where pictures are drawn when that is elsewhere (docs/remote.md). Only workers know the key and call there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from pipeline.types import Category
from storage.hosts import is_nearby, is_this_machine
from storage.remote_description import Description, read_description

REMOTE = "remote"
"""The name of the engine that is elsewhere, whichever it is there."""


@dataclass(frozen=True, slots=True)
class RemoteIdentity:
    """What of the engine elsewhere is part of a result's key (pipeline.ports.Identified)."""

    version: str
    categories: frozenset[Category] = frozenset(Category)
    name: str = REMOTE


class RemoteSettings(BaseSettings):
    """Settings of the engine elsewhere."""

    model_config = SettingsConfigDict(env_prefix="FASHIONCORE_", use_attribute_docstrings=True)

    remote_url: str | None = None
    """The address that draws pictures: that of `worker --serve` on another machine, or of any server."""
    remote_endpoint: Path | None = None
    """The file that describes how that server is asked; without one it is a worker of fashionCORE."""
    remote_name: str | None = Field(default=None, max_length=100)
    """What people are told pictures of them go to; the host of the address unless given. Needed for tunnels."""
    remote_parts: Annotated[frozenset[Category], NoDecode] = frozenset(Category)
    """What a worker there dresses; `upper` alone where it has not the second network. Others stay previews."""
    remote_version: str = ""
    """Anything; another value has pictures drawn anew which were drawn by the engine elsewhere before."""

    @field_validator("remote_url", "remote_endpoint", "remote_name", mode="before")
    @classmethod
    def _unset_remote(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("remote_parts", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("remote_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or not host or parts.username or parts.query or parts.fragment:
            raise ValueError(
                "it must be http(s)://HOST[:PORT][/PATH]; the key belongs into FASHIONCORE_REMOTE_KEY"
            )
        if parts.scheme == "http" and not is_nearby(host):
            raise ValueError("photos of people go there: it must be https:// outside of a private network")
        return value.rstrip("/")

    @field_validator("remote_endpoint")
    @classmethod
    def _there(cls, value: Path | None) -> Path | None:
        if value is not None:
            read_description(value)
        return value

    def remote_identity(self) -> RemoteIdentity:
        """Changes with the address, with how it is asked, and with FASHIONCORE_REMOTE_VERSION."""
        described = "" if self.remote_endpoint is None else self.remote_endpoint.read_text(encoding="utf-8")
        parts = "\n".join((self.remote_url or "", self.remote_version, described))
        return RemoteIdentity(hashlib.sha256(parts.encode()).hexdigest()[:12], self.remote_categories)

    @property
    def remote_description(self) -> Description | None:
        """What the file says; None where a worker of fashionCORE draws."""
        return None if self.remote_endpoint is None else read_description(self.remote_endpoint)

    @property
    def remote_categories(self) -> frozenset[Category]:
        """What can be dressed there."""
        described = self.remote_description
        return self.remote_parts if described is None else frozenset(described.categories)

    def pictures_go_to(self) -> str:
        """What people are told; "" when pictures stay on this machine."""
        host = urlsplit(self.remote_url or "").hostname or ""
        return self.remote_name or ("" if is_this_machine(host) else host)
