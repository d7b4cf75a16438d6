"""What the bot's processes read about mail (docs/mail.md)."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from email.utils import parseaddr
from importlib.util import find_spec
from typing import Literal, Self
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from bot.shop_settings import ShopSettings
from storage.mail_address import NoAddress, normalised

Security = Literal["auto", "required", "no", "implicit"]


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, or fetched. `ca` is a file of certificates that count beside the usual ones."""

    host: str
    port: int
    user: str | None
    password: str | None
    security: Security
    ca: str | None = None
    box: str = "INBOX"

    def tls(self) -> ssl.SSLContext:
        """How its certificate is checked."""
        context = ssl.create_default_context()
        if self.ca is not None:
            context.load_verify_locations(self.ca)
        return context


def mail_server(url: str) -> MailServer:
    """Reads smtp://, smtps://, imap:// and imaps://. Raises ValueError, without what is secret in it.

    Without an `s` TLS is begun by STARTTLS: where it is offered, and always where a password is sent;
    `?tls=required` or `?tls=no` say otherwise.
    """
    parts = urlsplit(url)
    ports = {"smtp": 587, "smtps": 465, "imap": 143, "imaps": 993}
    if parts.scheme not in ports or not parts.hostname:
        raise ValueError("it must be like smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST")
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    tls = options.get("tls", "required" if parts.password else "auto")
    security: Security
    match parts.scheme[-1], tls:
        case "s", _:
            security = "implicit"
        case _, "auto" | "required" | "no" as security:
            pass
        case _:
            raise ValueError("tls must be auto, required or no")
    user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
    box = unquote(parts.path.strip("/")) or "INBOX"
    port = parts.port or ports[parts.scheme]
    return MailServer(parts.hostname, port, user, password, security, options.get("ca"), box)


class MailSettings(ShopSettings):
    """Mail. Without SMTP_URL letters become files in the data folder, which the web chat shows."""

    smtp_url: SecretStr | None = Field(default=None, validation_alias="SMTP_URL")
    """Where mail is handed over: smtp:// with STARTTLS or smtps://, with user and password as the server wants."""
    imap_url: SecretStr | None = Field(default=None, validation_alias="IMAP_URL")
    """Where what comes back is fetched: bounces, complaints, requests to stop. imaps://USER:PASSWORD@HOST/INBOX."""
    mail_from: str = "fashionCORE <stylist@localhost>"
    """Who mail is from: NAME <ADDRESS>."""
    mail_return: str = ""
    """The address that bounces and requests to stop go to, with +SOMETHING before its @; unset: where IMAP_URL is
    set that of the sender. It needs a server that takes ADDRESS+ANYTHING, as most do.
    """
    mail_amazon: bool = False
    """Whether letters may have Amazon's links and prices: only where Amazon agreed to that in writing."""
    mail_imprint: str = ""
    """Lines below every letter, with | between: many countries ask for the sender's name and postal address."""
    mail_dkim_key: SecretStr | None = None
    """The private key (PEM) that mail is signed with, usually in FASHIONCORE_MAIL_DKIM_KEY_FILE. It needs the
    package dkimpy, which is not installed by itself.
    """
    mail_dkim_selector: str = "fashioncore"
    """Under SELECTOR._domainkey.DOMAIN others find the public key."""
    mail_per_minute: int = Field(default=600, ge=1, le=1_000_000)
    """Mails that one domain gets in a minute from all processes that send."""
    mail_senders: int = Field(default=4, ge=1, le=64)
    """Mails that one process hands over at the same moment."""

    @field_validator("smtp_url", "imap_url", "mail_dkim_key", mode="before")
    @classmethod
    def _no_server(cls, value: object) -> object:
        return value or None

    @field_validator("mail_dkim_key")
    @classmethod
    def _can_be_used(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and find_spec("dkim") is None:
            raise ValueError("signing needs one more package: .venv/bin/python -m pip install dkimpy==1.1.8")
        return value

    @field_validator("smtp_url", "imap_url")
    @classmethod
    def _is_a_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            mail_server(value.get_secret_value())
        return value

    @field_validator("mail_from", "mail_return")
    @classmethod
    def _is_a_mailbox(cls, value: str) -> str:
        _, address = parseaddr(value)
        try:
            if value and not address.endswith("@localhost"):
                normalised(address)
        except NoAddress as error:
            raise ValueError("it must be NAME <ADDRESS> or ADDRESS") from error
        if any(ord(letter) < 32 for letter in value):
            raise ValueError("it must be one line")
        return value

    @model_validator(mode="after")
    def _has_a_sender(self) -> Self:
        if self.smtp_url is not None and parseaddr(self.mail_from)[1].endswith("@localhost"):
            raise ValueError("with SMTP_URL please set FASHIONCORE_MAIL_FROM to the address that mail is from")
        return self

    @property
    def return_address(self) -> str:
        """Where what comes back goes; "" where nobody reads it."""
        given = self.mail_return or (self.mail_from if self.imap_url is not None else "")
        return parseaddr(given)[1]
