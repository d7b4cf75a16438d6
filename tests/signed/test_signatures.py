"""Mail that is signed, checked as its readers' servers check it."""

from __future__ import annotations

import base64
from dataclasses import replace

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.mail.envelope import Signature
from tests.unit.test_mail_envelope import HOUSE, LETTER, NOW, _mail


def test_a_signature_covers_the_way_out_and_breaks_with_it() -> None:
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    signed = replace(HOUSE, signature=Signature(pem, "key1")).message(_mail(), LETTER, NOW)

    def dns(name: bytes, timeout: int = 5) -> bytes | None:  # noqa: ARG001 # as dkimpy calls it
        return record if name == b"key1._domainkey.example.org." else None

    head = signed.split(b"\r\n\r\n", 1)[0].replace(b"\r\n", b"")
    assert b"list-unsubscribe-post" in head.split(b"h=", 1)[1].split(b";", 1)[0].lower()
    assert dkim.verify(signed, dnsfunc=dns)
    assert not dkim.verify(signed.replace(b"One-Click", b"Two-Click"), dnsfunc=dns)
