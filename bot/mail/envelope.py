"""A letter as what goes over the wire: headers, parts, the way back, and a signature."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from bot.mail.letter import Letter
from storage.mailing import UNASKED, MailRecord

BOUNCE, STOP = "b-", "u-"
"""What stands between + and the token in addresses that mail comes back to."""

_SIGNED = (
    b"from to subject date message-id mime-version content-type reply-to list-unsubscribe list-unsubscribe-post"
).split()

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Signature:
    """A DKIM key (PEM) and the name its public half is found under."""

    key: bytes
    selector: str


@dataclass(frozen=True, slots=True)
class House:
    """Who writes. `sender` is NAME <ADDRESS>; `back` the address that bounces go to, or ""; `home` the web chat's
    address without a slash at its end, or "".
    """

    sender: str
    back: str = ""
    home: str = ""
    signature: Signature | None = None

    @property
    def address(self) -> str:
        """The sender's address alone."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        """The sender's domain."""
        return self.address.rpartition("@")[2]

    def stop_page(self, token: str) -> str:
        """Where whoever has this token ends their mails; "" without a web chat."""
        return f"{self.home}/mail/unsubscribe/{token}" if self.home else ""

    def confirm_page(self, token: str) -> str:
        """Where whoever has this token confirms their address."""
        return f"{self.home}/mail/confirm/{token}"

    def return_path(self, ref: str) -> str:
        """The envelope's sender: what comes back to it names the mail."""
        return self._plus(BOUNCE + ref) or self.address

    def _plus(self, what: str) -> str:
        local, _, domain = self.back.rpartition("@")
        return f"{local}+{what}@{domain}" if self.back else ""

    def message(self, mail: MailRecord, letter: Letter, now: datetime) -> bytes:
        """The whole mail with CRLF, as it is handed over."""
        message = EmailMessage(policy=policy.SMTP)
        name, _ = parseaddr(self.sender)
        message["From"] = Address(_line(name), addr_spec=self.address)
        message["To"] = Address(addr_spec=mail.address)
        message["Subject"] = _line(letter.subject)
        message["Date"] = format_datetime(now)
        # Made of the mail's own name: a copy would be seen as one.
        message["Message-ID"] = f"<{mail.ref}@{self.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        if mail.kind in UNASKED:
            self._let_stop(message, mail.subscription.stop_token)
        message.set_content(letter.text)
        message.add_alternative(letter.html, subtype="html")
        html = message.get_payload(1)
        for picture in letter.pictures:
            kind, _, subtype = picture.type.partition("/")
            assert isinstance(html, EmailMessage)  # noqa: S101 # what add_alternative has just made
            html.add_related(picture.data, kind, subtype, cid=f"<{picture.cid}>", disposition="inline")
        return self._signed(message.as_bytes())

    def _let_stop(self, message: EmailMessage, token: str) -> None:
        """RFC 2369 and RFC 8058."""
        ways = [f"<{page}>" for page in [self.stop_page(token)] if page]
        if self.back:
            ways.append(f"<mailto:{self._plus(STOP + token)}?subject=unsubscribe>")
        if ways:
            message["List-Unsubscribe"] = ", ".join(ways)
        if self.home.startswith("https://"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"

    def _signed(self, message: bytes) -> bytes:
        if self.signature is None:
            return message
        there = [
            name for name in _SIGNED if re.search(rb"(?im)^" + name + rb":", message.split(b"\r\n\r\n", 1)[0])
        ]
        # Here, since most servers sign by themselves, and no built package of it is published.
        import dkim  # noqa: PLC0415

        key = self.signature
        head: bytes = dkim.sign(
            message, key.selector.encode(), self.domain.encode(), key.key, include_headers=there
        )
        return head + message


def _line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()
