"""A letter as one file that a browser opens: its pictures inside."""

from __future__ import annotations

import base64

from bot.mail.letter import Letter


def as_page(letter: Letter) -> str:
    """The HTML with each picture in the place of its `cid:`."""
    html = letter.html
    for picture in letter.pictures:
        data = base64.b64encode(picture.data).decode()
        html = html.replace(f"cid:{picture.cid}", f"data:{picture.type};base64,{data}")
    return html
