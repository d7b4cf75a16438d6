"""How the entry points read their environment: names people know, `.env`, and NAME_FILE for secrets."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy.engine import make_url

from pipeline.engines.registry import engine, engine_names
from pipeline.ports import EngineOptions, Identified, PlanName, SchedulerName
from storage.config import StorageConfig
from storage.master_key import MASTER_KEY, MasterKey
from storage.media_settings import MediaSettings
from storage.remote_settings import REMOTE, RemoteSettings


def environment_names(settings: type[BaseSettings]) -> dict[str, FieldInfo]:
    """Every setting by its name in the environment."""
    return {_name_of(field, name): field for name, field in settings.model_fields.items()}


def _name_of(field: FieldInfo, name: str) -> str:
    alias = field.validation_alias
    return alias if isinstance(alias, str) else f"FASHIONCORE_{name.upper()}"


def explained(error: ValidationError) -> str:
    """A line for each setting that is missing or wrong, by its name in the environment and without its value."""
    return "\n".join(_line(problem["loc"], problem["type"], problem["msg"]) for problem in error.errors())


def _line(place: tuple[int | str, ...], kind: str, message: str) -> str:
    said = message.removeprefix("Value error, ")
    if not place:
        return f"Contradictory settings: {said}."
    name = str(place[0])
    # A field has its own name there where it has no other in the environment.
    name = name if name.isupper() else f"FASHIONCORE_{name.upper()}"
    return f"Please set {name}." if kind == "missing" else f"{name}: {said[:1].lower()}{said[1:]}."


class SecretFiles(PydanticBaseSettingsSource):
    """Reads DATABASE_URL from the file that DATABASE_URL_FILE names, and so on for every setting."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The file's text without surrounding white space. Raises ValidationError when it cannot be read."""
        alias, name = field.validation_alias, f"{_name_of(field, field_name)}_FILE"
        path = os.environ.get(name)
        try:
            value = None if path is None else Path(path).read_text().strip()
        except OSError as error:
            problem = PydanticCustomError("file", "{why}: {path}", {"why": error.strerror, "path": path})
            title = self.settings_cls.__name__
            raise ValidationError.from_exception_data(
                title, [{"type": problem, "loc": (name,), "input": path}]
            ) from error
        return value, alias if isinstance(alias, str) else field_name, False

    def __call__(self) -> dict[str, Any]:
        """Every setting that a file gives."""
        found = (self.get_field_value(field, name) for name, field in self.settings_cls.model_fields.items())
        return {key: value for value, key, _ in found if value is not None}


class EngineSettings(BaseSettings):
    """What is told to try-on engines. Whoever makes a result's key reads the same as whoever renders it."""

    model_config = SettingsConfigDict(
        env_prefix="FASHIONCORE_", env_file=".env", extra="ignore", use_attribute_docstrings=True
    )

    data: Path = Path(".data")
    """The folder for everything that is kept on this machine."""
    engine: str = "preview"
    """Which try-on engine makes the pictures; behind any but `preview`, a preview is shown first. A worker serves
    the one that it is told, so that one of `preview` stands beside those of another.
    """
    log: Literal["text", "json"] = "text"
    """How the log is written: lines for people, or JSON with every step of every message (docs/observe.md)."""
    otlp_endpoint: str | None = Field(default=None, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")
    """Where an OpenTelemetry collector takes traces over HTTP: `http://collector:4318`; else none are made."""
    traces_share: float = Field(default=1.0, ge=0.0, le=1.0)
    """Which share of all conversations' events is traced."""
    health_port: int | None = Field(default=None, ge=1, le=65535)
    """Where this process answers `/healthz`, `/readyz` and `/metrics`; web and webhook answer the first two beside
    what they serve as well.
    """
    idm_weights: Path | None = None
    """Folder of IDM-VTON's networks; `weights/idm-vton` in the data folder unless given."""
    idm_dresscode_weights: Path | None = None
    """Folder of the second TryonNet; without it trousers, skirts and dresses stay previews."""
    idm_device: str = "auto"
    """`cuda`, `cuda:1`, `cpu`, or what there is."""
    idm_dtype: Literal["auto", "float32", "float16", "bfloat16"] = "auto"
    """Numbers of the networks; `auto` takes what the device is good at."""
    idm_plan: PlanName | None = None
    """How the networks share its memory; chosen by what is free unless given."""
    idm_scheduler: SchedulerName = "ddpm"
    """How noise is taken away."""
    idm_steps: int = Field(default=30, ge=1, le=1000)
    """In how many steps: fewer are faster and coarser."""
    idm_guidance: float = Field(default=2.0, ge=0.0, le=20.0)
    """How closely it keeps to the garment."""
    idm_adapter: Path | None = None
    """A LoRA for few steps, for the scheduler `lcm`."""
    idm_seed: int = 42
    """The same gives the same picture."""
    idm_width: int = Field(default=768, ge=64, le=2048, multiple_of=64)
    """Pixels that are painted, across."""
    idm_height: int = Field(default=1024, ge=64, le=2048, multiple_of=64)
    """Pixels that are painted, down."""
    idm_paste_back: bool = True
    """Whether the photo's own pixels stay outside of what is repainted."""
    idm_pictures_every: int = Field(default=5, ge=0)
    """After how many steps a small picture is shown; 0: never."""
    idm_compile: bool = False
    """Whether torch compiles the networks: a slow start, faster steps."""

    @field_validator("engine")
    @classmethod
    def _known_engine(cls, name: str) -> str:
        known = (*engine_names(), REMOTE)
        if name not in known:
            raise ValueError(f"it must be one of {', '.join(known)}")
        return name

    @field_validator("health_port", "otlp_endpoint", mode="before")
    @classmethod
    def _unset_addresses(cls, value: object) -> object:
        return None if value == "" else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over a secret's file, and both over `.env`."""
        del file_secret_settings
        return init_settings, env_settings, SecretFiles(settings_cls), dotenv_settings

    def secrets(self) -> list[SecretStr]:
        """What must never stand in a log."""
        return [value for value in self.__dict__.values() if isinstance(value, SecretStr)]

    def engine_options(self) -> EngineOptions:
        """What an engine is made with (pipeline.ports)."""
        return EngineOptions(
            weights=self.idm_weights or self.data / "weights" / "idm-vton",
            dresscode_weights=self.idm_dresscode_weights,
            device=self.idm_device,
            dtype=self.idm_dtype,
            plan=self.idm_plan,
            scheduler=self.idm_scheduler,
            steps=self.idm_steps,
            guidance=self.idm_guidance,
            adapter=self.idm_adapter,
            seed=self.idm_seed,
            size=(self.idm_width, self.idm_height),
            paste_back=self.idm_paste_back,
            pictures_every=self.idm_pictures_every,
            compile=self.idm_compile,
        )


class StorageSettings(MediaSettings, RemoteSettings, EngineSettings):
    """What every process reads: where the database, the queue and the data folder are."""

    database_url: SecretStr = Field(validation_alias="DATABASE_URL")
    """PostgreSQL: `postgresql://USER:PASSWORD@HOST/DATABASE`."""
    database_password: SecretStr | None = Field(default=None, validation_alias="DATABASE_PASSWORD")
    """Of an address that holds none, where passwords are handed out by themselves."""
    master_key: SecretStr | None = None
    """What people's pictures are sealed with, by keys of their own (docs/privacy.md); without it, or a file
    `master.key` in the data folder, as `up` makes one, new ones are kept plain. It may hold several with commas
    between: the first seals, the others still open.
    """
    redis_url: SecretStr = Field(validation_alias="REDIS_URL")
    """Valkey or Redis: `redis://:PASSWORD@HOST:6379/0`."""
    result_days: int = Field(default=30, ge=1, le=3650)
    """How long a finished picture is kept: the worker keeps it so, and the consent text says it."""

    @field_validator("master_key", mode="before")
    @classmethod
    def _nothing_given(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("database_url")
    @classmethod
    def _postgresql(cls, value: SecretStr) -> SecretStr:
        scheme = value.get_secret_value().partition("://")[0].partition("+")[0]
        if scheme not in ("postgresql", "postgres"):
            raise ValueError("it must be postgresql://USER:PASSWORD@HOST/DATABASE")
        return value

    @field_validator("redis_url")
    @classmethod
    def _valkey(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("it must be redis://:PASSWORD@HOST:6379/0")
        return value

    @field_validator("master_key")
    @classmethod
    def _is_a_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            try:
                MasterKey(value.get_secret_value())
            except ValueError as error:
                raise ValueError("it must be 32 random bytes in URL-safe base64, 44 letters") from error
        return value

    @model_validator(mode="after")
    def _elsewhere(self) -> Self:
        if self.engine == REMOTE and self.remote_url is None:
            raise ValueError("FASHIONCORE_ENGINE=remote needs FASHIONCORE_REMOTE_URL")
        return self

    @model_validator(mode="after")
    def _with_password(self) -> Self:
        if self.database_password is not None:
            url = make_url(self.database_url.get_secret_value())
            if url.password is None:
                whole = url.set(password=self.database_password.get_secret_value())
                self.database_url = SecretStr(whole.render_as_string(hide_password=False))
        return self

    def master(self) -> MasterKey | None:
        """What seals people's pictures: what is set, or in the data folder; None where they are kept plain."""
        if self.master_key is not None:
            return MasterKey(self.master_key.get_secret_value())
        path = self.data / MASTER_KEY
        return MasterKey(path.read_text()) if path.exists() else None

    def identified(self) -> Identified:
        """Name and version of the engine that makes the pictures, for whoever does not render."""
        if self.engine == REMOTE:
            return self.remote_identity()
        return engine(self.engine, self.engine_options())

    def storage(self, pool_size: int) -> StorageConfig:
        """The storage's part of it."""
        return StorageConfig(
            database_url=self.database_url.get_secret_value(),
            redis_url=self.redis_url.get_secret_value(),
            data=self.data,
            pool_size=pool_size,
        )
