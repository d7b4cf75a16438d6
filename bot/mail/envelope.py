"""A letter as what goes over the wire: headers, parts, the way back, and a signature.

The parts are joined here and not by `email.message`, which took longer than all else that a letter needs; what it
understands of them is tested.
"""

from __future__ import annotations

import re
from binascii import b2a_qp
from dataclasses import dataclass
from datetime import datetime
from email.charset import BASE64, Charset
from email.header import Header
from email.headerregistry import Address
from email.utils import format_datetime, formataddr, parseaddr

from bot.mail.letter import Attached, Letter
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
        """The whole mail with CRLF, as it is handed over. Raises ValueError for an address that is none."""
        name, _ = parseaddr(self.sender)
        head = {
            "From": formataddr((_line(name), self.address)),
            "To": Address(addr_spec=mail.address).addr_spec,
            "Subject": _encoded("Subject", _line(letter.subject)),
            "Date": format_datetime(now),
            # Made of the mail's own name: a copy would be seen as one.
            "Message-ID": f"<{mail.ref}@{self.domain}>",
            "Auto-Submitted": "auto-generated",
            "MIME-Version": "1.0",
        }
        if mail.kind in UNASKED:
            head |= self._ways_out(mail.subscription.stop_token)
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items()).encode("ascii")
        html = [_words("html", letter.html)]
        if letter.pictures:
            html = _several("related", mail.ref, [html, *map(_picture, letter.pictures)])
        parts = _several("alternative", mail.ref, [[_words("plain", letter.text)], html])
        return self._signed(b"".join([lines, *parts]))

    def _ways_out(self, token: str) -> dict[str, str]:
        """RFC 2369 and RFC 8058."""
        ways = [f"<{page}>" for page in [self.stop_page(token)] if page]
        if self.back:
            ways.append(f"<mailto:{self._plus(STOP + token)}?subject=unsubscribe>")
        head = {"List-Unsubscribe": ",\r\n ".join(ways)} if ways else {}
        if self.home.startswith("https://"):
            head["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return head

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


def _encoded(name: str, text: str) -> str:
    """RFC 2047, where it is not all ASCII."""
    charset = None
    if not text.isascii():
        # In base64: to find out what is shorter takes longer than drawing the letter.
        charset = Charset("utf-8")
        charset.header_encoding = BASE64
    return Header(text, charset, header_name=name).encode(linesep="\r\n")


def _line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


def _words(kind: str, text: str) -> bytes:
    head = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    # Lines that it breaks end as the first one does.
    lines = "".join(f"{line}\r\n" for line in text.splitlines()) or "\r\n"
    return head.encode() + b2a_qp(lines.encode(), istext=True)


def _picture(picture: Attached) -> list[bytes]:
    head = (
        f"Content-Type: {picture.type}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-ID: <{picture.cid}>\r\nContent-Disposition: inline\r\n\r\n"
    )
    return [head.encode("ascii"), picture.encoded]


def _several(kind: str, ref: str, parts: list[list[bytes]]) -> list[bytes]:
    """Parts of which the first is what the others go with, in pieces. No part holds the line between them: `=_`
    stands neither in quoted-printable nor in base64.
    """
    between = f"=_{kind}-{ref}".encode()
    found = [b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n' % (kind.encode(), between)]
    for part in parts:
        found += [b"--%s\r\n" % between, *part, b"\r\n"]
    return [*found, b"--%s--\r\n" % between]
