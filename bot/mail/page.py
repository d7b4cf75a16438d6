"""What a letter shows, before it is HTML or plain text: a heading, sections of pieces, links, and small print.

All of it is words and media keys. The template and the text part draw the same page, so neither says more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

PHOTO_PX, TILE_PX = 540, 300
"""Widths of pictures: twice what they are shown in, for sharp screens."""


@dataclass(frozen=True, slots=True)
class Link:
    """A label and where it leads, an http address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture by media key. `alt` is read where it is not shown, `caption` stands below it; a `tile` is padded
    to the shape that all products have.
    """

    media: str
    alt: str
    caption: str = ""
    tile: bool = False

    @property
    def width(self) -> int:
        """In pixels."""
        return TILE_PX if self.tile else PHOTO_PX


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing: its pictures, name, what is new about it, price, why it is here, and what can be done.

    `was` is the price before. The first of `links` is the one that matters.
    """

    title: str
    shots: tuple[Shot, ...] = ()
    news: str = ""
    price: str = ""
    was: str = ""
    lines: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Pieces of one kind, under a heading; `note` comes after them."""

    heading: str
    pieces: tuple[Piece, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A whole letter. `preview` is what lists of mails show beside the subject; `main` the one button of letters
    that have one; `after` stands below it. `why` says why it came; `small` are further lines at the end.
    """

    subject: str
    preview: str
    title: str
    intro: tuple[str, ...] = ()
    main: Link | None = None
    sections: tuple[Section, ...] = ()
    after: tuple[str, ...] = ()
    why: str = ""
    footer: tuple[Link, ...] = ()
    small: tuple[str, ...] = ()

    def shots(self) -> Iterator[Shot]:
        """Every picture, each as often as it is shown."""
        for section in self.sections:
            for piece in section.pieces:
                yield from piece.shots
