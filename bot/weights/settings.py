"""What is read about weights from the environment."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from bot.weights.hub import HUGGING_FACE
from storage.environment import EngineSettings

DRESSCODE = "yisol/IDM-VTON-DC"
"""Its UNet alone: lower bodies and dresses. Everything else comes from the main repository."""


class WeightsSettings(EngineSettings):
    """Where weights come from, and where they go."""

    hf_endpoint: str = Field(default=HUGGING_FACE, validation_alias="HF_ENDPOINT")
    """A mirror of the Hugging Face Hub."""
    hf_token: SecretStr | None = Field(default=None, validation_alias="HF_TOKEN")
    """For repositories that are not for everybody."""
    idm_repository: str = "yisol/IDM-VTON"
    """Which repository the networks come from."""
    idm_revision: str = "main"
    """Branch, tag or commit; a commit makes every machine take the very same files."""
    accept_licence: str | None = None
    """The name of the weights' licence accepts it where nobody is there to be asked."""

    @field_validator("hf_token", "accept_licence", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("hf_endpoint")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value or HUGGING_FACE)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
            raise ValueError("it must be http(s)://HOST; the token belongs into HF_TOKEN")
        return value or HUGGING_FACE

    @property
    def weights(self) -> Path:
        """The folder of the networks."""
        return self.idm_weights or self.data / "weights" / "idm-vton"

    @property
    def dresscode(self) -> Path:
        """The folder of the second UNet."""
        return self.idm_dresscode_weights or self.weights.with_name(self.weights.name + "-dc")
