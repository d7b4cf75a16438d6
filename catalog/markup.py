"""What a page says of itself for machines: JSON-LD, microdata and Open Graph, as plain values.

Over the parser of the standard library, which is memory-safe and forgives what browsers forgive. (extruct, the
usual library for this, needs seventeen packages, most of them for RDFa, and one of those has no wheel.)
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

MAX_SCRIPTS, MAX_ITEMS, MAX_METAS = 50, 500, 500
"""Of one page; shops have a tenth of that."""

MAX_DEPTH = 256
"""Elements within each other; a browser stops at 512."""

MAX_VALUE = 5000
"""Characters of one microdata property."""

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_HIDDEN = frozenset({"script", "style", "template", "noscript"})
_ADDRESSES = {"a": "href", "area": "href", "link": "href", "img": "src", "source": "src", "object": "data",
              "embed": "src", "iframe": "src", "video": "src", "audio": "src"}  # fmt: skip

# Values are whatever a page says, hence Any.
Node = dict[str, Any]
"""A thing in the shape of JSON-LD: "@type", and its properties with one value or a list of them."""


@dataclass(slots=True)
class Markup:
    """`json_ld` holds the values of the scripts that are JSON, `microdata` the outer items, `metas` what <meta
    property="..."> (or name) says, in order.
    """

    json_ld: list[Any] = field(default_factory=list)
    microdata: list[Node] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)


def read_markup(html: str, url: str) -> Markup:
    """Everything that a page says for machines; `url` completes the addresses in it."""
    reader = _Reader(url)
    reader.feed(html)
    reader.close()
    return reader.found


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet. `item` is the thing it stands for, `names` the properties it gives."""

    tag: str
    item: Node | None = None
    names: tuple[str, ...] = ()
    words: list[str] | None = None


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Markup()
        self._url = url
        self._open: list[_Open] = []
        self._items = 0
        self._script: list[str] | None = None

    # --- tags -----------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "script" and said.get("type", "").partition(";")[0].strip().lower() == "application/ld+json":
            self._script = []
        if tag == "meta" and len(self.found.metas) < MAX_METAS:
            name = said.get("property") or said.get("name")
            if name and "content" in said:
                self.found.metas.append((name.strip().lower(), said["content"].strip()))
        element = self._element(tag, said)
        if tag not in _VOID and len(self._open) < MAX_DEPTH:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # HTML knows no self-closing elements but the void ones: "<div/>" opens a div.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self._script_ends("".join(self._script))
            self._script = None
        # An end without a beginning is ignored; elements left open inside of this one end with it.
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at].tag == tag:
                while len(self._open) > at:
                    self._ends(self._open.pop())
                return

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)
        elif self._open and self._open[-1].tag not in _HIDDEN:
            for element in reversed(self._open[-20:]):
                if element.words is not None:
                    element.words.append(data)
                    return

    def close(self) -> None:
        super().close()
        while self._open:
            self._ends(self._open.pop())

    # --- what they mean -------------------------------------------------------------------------------

    def _script_ends(self, text: str) -> None:
        if len(self.found.json_ld) >= MAX_SCRIPTS:
            return
        # Some shops wrap the JSON like inline JavaScript.
        text = (
            text.strip().removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[").removesuffix("//]]>")
        )
        # A broken script costs only itself. Deep nesting is refused by the parser in a way of its own.
        try:
            self.found.json_ld.append(json.loads(text, strict=False))
        except (ValueError, RecursionError):
            return

    def _element(self, tag: str, said: dict[str, str]) -> _Open:
        """The element, its value already given to the item around it unless the value is its text."""
        names = tuple(said.get("itemprop", "").split()[:5])
        if "itemscope" in said and self._items < MAX_ITEMS:
            self._items += 1
            item: Node = {"@type": said.get("itemtype", "").split()}
            if "itemid" in said:
                item["@id"] = said["itemid"]
            if not names:
                self.found.microdata.append(item)
            self._give(names, item)
            return _Open(tag, item)
        if not names:
            return _Open(tag)
        value = said.get("content")
        if value is None and tag in _ADDRESSES:
            address = said.get(_ADDRESSES[tag], "").strip()
            value = urljoin(self._url, address) if address else ""
        elif value is None and tag in ("data", "meter"):
            value = said.get("value", "")
        if value is None and tag not in _VOID:
            return _Open(tag, None, names, [])
        self._give(names, value or "")
        return _Open(tag)

    def _ends(self, element: _Open) -> None:
        if element.words is not None:
            text = " ".join("".join(element.words).split())[:MAX_VALUE]
            self._give(element.names, text)

    def _give(self, names: tuple[str, ...], value: Any) -> None:
        """A property of the nearest item around; one without an item around it means nothing."""
        item = next((element.item for element in reversed(self._open) if element.item is not None), None)
        if item is None or value == "":
            return
        for name in names:
            if name not in item:
                item[name] = value
            elif isinstance(item[name], list):
                item[name].append(value)
            else:
                item[name] = [item[name], value]
