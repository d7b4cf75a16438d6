"""Draws a page as the three parts of a letter: HTML by way of MJML, plain text, and pictures.

Jinja escapes every value that goes into the MJML, and its result is never a template again: markup or a variable
in a product's name stays what it is, words. MJML makes tables of it that Outlook draws too.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from mjml import mjml2html

from bot.dialogue.language import in_locale, spoken
from bot.mail import sentences
from bot.mail.letter import Attached, Letter
from bot.mail.page import Page, Piece, Section, Shot

TEMPLATES = Path(__file__).parent / "templates"
MAX_HTML = 100_000
"""Gmail cuts off what is longer than about 102 kB."""

_BETWEEN = re.compile(r">\s+<(?=/?mj)")
"""Space between MJML's own elements, which its parser takes for a mistake in some places."""

WIDTH = 72
"""Columns of the text part."""


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(page: Page, pictures: Mapping[Shot, Attached], *, brand: str, home: str) -> Letter:
    """The letter in the language spoken now; a picture that is not there leaves no gap. `home` is where the name
    at the top leads, "" for nowhere. A letter that would be cut off ends a section earlier.
    """
    html = _html(page, pictures, brand, home)
    while len(html.encode()) > MAX_HTML and len(page.sections) > 1:
        page = replace(page, sections=page.sections[:-1])
        html = _html(page, pictures, brand, home)
    attached = {one.cid: one for shot in page.shots() if (one := pictures.get(shot)) is not None}
    return Letter(page.subject, text_of(page), html, tuple(attached.values()))


def _html(page: Page, pictures: Mapping[Shot, Attached], brand: str, home: str) -> str:
    rtl = in_locale().text_direction == "rtl"
    template = _templates().get_template("letter.mjml")
    mjml = template.render(
        page=page,
        pictures=pictures,
        brand=brand,
        home=home,
        lang=spoken(),
        dir="rtl" if rtl else "ltr",
        start="right" if rtl else "left",
    )
    # Without `fonts` it would load some from Google, which tells who reads what.
    return mjml2html(_BETWEEN.sub("><", mjml), fonts={})


# --- plain text ----------------------------------------------------------------------------------------


def text_of(page: Page) -> str:
    """The page for those who read plain text, in lines of at most WIDTH columns but for addresses."""
    blocks = [_underlined(page.title, "="), *map(_wrapped, page.intro)]
    if page.main is not None:
        blocks.append(f"{page.main.label}:\n{page.main.url}")
    for section in page.sections:
        blocks += _section(section)
    blocks += map(_wrapped, page.after)
    foot = [*filter(None, [page.why]), *page.small]
    if foot or page.footer:
        blocks.append("-" * 8)
        blocks += map(_wrapped, foot)
        blocks += [f"{link.label}:\n{link.url}" for link in page.footer]
    return "\n\n".join(blocks) + "\n"


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        yield _underlined(section.heading, "-")
    for piece in section.pieces:
        yield "\n".join(_piece(piece))
    if section.note:
        yield _wrapped(section.note)


def _piece(piece: Piece) -> Iterator[str]:
    yield from textwrap.wrap(f"* {piece.title}", WIDTH, subsequent_indent="  ", break_long_words=False)
    price = sentences.INSTEAD(price=piece.price, was=piece.was) if piece.was else piece.price
    for line in filter(None, (piece.news, price, *piece.lines)):
        yield _wrapped(line, "  ")
    for link in piece.links:
        yield f"  {link.label}:"
        yield f"  {link.url}"


def _underlined(text: str, mark: str) -> str:
    lines = textwrap.wrap(text, WIDTH)
    return "\n".join([*lines, mark * max(map(len, lines), default=0)])


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
