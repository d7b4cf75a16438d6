"""Formatted text as Telegram reads it: HTML, MarkdownV2, Markdown, given entities, and what it finds by itself.

Offsets are code points while reading and UTF-16 units in what is returned.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.fakes.telegram.errors import Refusal, broken

MAX_TEXT = 4096
MAX_CAPTION = 1024

HTML_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
MARKS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler", "`": "code"}
MUST_BE_ESCAPED = set("_*[]()~`>#+-=|{}.!")

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:\s+[\w-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[\w.-]+))?)*)\s*>")
_ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+)))?")
_CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_FOUND = {
    "url": re.compile(
        r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]|\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|me|app)\b(?:/\S*)?"
    ),
    "email": re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b"),
    "bot_command": re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])"),
    "mention": re.compile(r"(?<![\w@])@[a-zA-Z]\w{2,31}\b"),
    "hashtag": re.compile(r"(?<![\w#])#\w*[^\W\d]\w*"),
}


@dataclass(frozen=True)
class Entity:
    """A formatted span, in code points."""

    type: str
    start: int
    end: int
    extra: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Formatted:
    """A text and its entities as they stand in a message."""

    text: str
    entities: list[dict[str, Any]]

    def fields(self, text: str, entities: str) -> dict[str, Any]:
        """As fields of a message, under the names given."""
        if not self.text:
            return {}
        return {text: self.text} | ({entities: self.entities} if self.entities else {})


def format_text(params: Mapping[str, Any], name: str, *, given: str = "entities") -> Formatted:
    """The text of a request after its entities are read; broken when they cannot be."""
    raw = params.get(name) or ""
    if mode := params.get("parse_mode"):
        text, entities = _parse(raw, str(mode))
    else:
        text, entities = raw, [_given(raw, one) for one in params.get(given) or ()]
    return formatted(text, entities)


def formatted(text: str, entities: Iterable[Entity] = ()) -> Formatted:
    """Trims the text and adds what Telegram finds in it."""
    trimmed = text.strip()
    shift = len(text) - len(text.lstrip())
    kept = [_clip(one, shift, len(trimmed)) for one in entities]
    spans = [one for one in kept if one.end > one.start]
    closed = [one for one in spans if one.type in {"code", "pre", "text_link", "text_mention"}]
    taken = closed + [one for one in spans if one.type in _FOUND]
    for kind, pattern in _FOUND.items():
        for match in pattern.finditer(trimmed):
            if not any(one.start < match.end() and match.start() < one.end for one in taken):
                taken.append(Entity(kind, *match.span()))
                spans.append(taken[-1])
    spans.sort(key=lambda one: (one.start, -one.end))
    return Formatted(trimmed, [_wire(one, trimmed) for one in spans])


def checked_text(found: Formatted) -> Formatted:
    """A message's text: 1-4096 units."""
    if not found.text:
        raise broken("message text is empty")
    if utf16_length(found.text) > MAX_TEXT:
        raise broken("message is too long")
    return found


def checked_caption(found: Formatted) -> Formatted:
    """A caption: 0-1024 units."""
    if utf16_length(found.text) > MAX_CAPTION:
        raise broken("message caption is too long")
    return found


def utf16_length(text: str) -> int:
    """The length that Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def _wire(one: Entity, text: str) -> dict[str, Any]:
    offset, length = utf16_length(text[: one.start]), utf16_length(text[one.start : one.end])
    return {"type": one.type, "offset": offset, "length": length, **dict(one.extra)}


def _clip(one: Entity, shift: int, size: int) -> Entity:
    return replace(one, start=min(max(one.start - shift, 0), size), end=min(max(one.end - shift, 0), size))


def _given(text: str, one: Mapping[str, Any]) -> Entity:
    units = text.encode("utf-16-le")
    start, end = 2 * one["offset"], 2 * (one["offset"] + one["length"])
    if not 0 <= start < end <= len(units):
        raise broken("entity beyond the end of the text")
    try:
        before, inside = units[:start].decode("utf-16-le"), units[start:end].decode("utf-16-le")
    except UnicodeDecodeError:
        raise broken("entity begins or ends in the middle of a character") from None
    extra = tuple((name, value) for name, value in one.items() if name not in {"type", "offset", "length"})
    return Entity(one["type"], len(before), len(before) + len(inside), extra)


def _parse(raw: str, mode: str) -> tuple[str, list[Entity]]:
    match mode.lower():
        case "html":
            return _parse_html(raw)
        case "markdownv2":
            return _MarkdownReader(raw).read()
        case "markdown":
            return _parse_old_markdown(raw)
        case _:
            raise broken("unsupported parse_mode")


def _cannot(reason: str) -> Refusal:
    return broken(f"can't parse entities: {reason}")


def _bytes(raw: str, position: int) -> int:
    return len(raw[:position].encode())


# --- HTML ---------------------------------------------------------------------


def _parse_html(raw: str) -> tuple[str, list[Entity]]:
    text: list[str] = []
    length = position = 0
    found: list[Entity] = []
    opened: list[tuple[str, int, dict[str, str], int]] = []  # name, start, attributes, where
    while position < len(raw):
        character = raw[position]
        if character == "<":
            tag = _TAG.match(raw, position)
            if tag is None:
                raise _cannot(f'Unsupported start tag "{raw[position + 1 : position + 10]}" at byte offset '
                              f"{_bytes(raw, position)}")  # fmt: skip
            if tag[1]:
                found += _close_tag(raw, position, tag[2].lower(), opened, length)
            else:
                opened.append((_known_tag(raw, position, tag), length, _attributes(tag[3]), position))
            position = tag.end()
            continue
        special = _CHARACTER.match(raw, position) if character == "&" else None
        piece = html.unescape(special[0]) if special else character
        position = special.end() if special else position + 1
        text.append(piece)
        length += len(piece)
    if opened:
        raise _cannot(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return "".join(text), found


def _known_tag(raw: str, position: int, tag: re.Match[str]) -> str:
    name, attributes = tag[2].lower(), _attributes(tag[3])
    allowed = name in HTML_TAGS and (name != "span" or attributes.get("class") == "tg-spoiler")
    if not allowed:
        raise _cannot(f'Unsupported start tag "{name}" at byte offset {_bytes(raw, position)}')
    return name


def _attributes(raw: str) -> dict[str, str]:
    return {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(raw)}


def _close_tag(
    raw: str, position: int, name: str, opened: list[tuple[str, int, dict[str, str], int]], length: int
) -> list[Entity]:
    if not opened:
        raise _cannot(f"Unexpected end tag at byte offset {_bytes(raw, position)}")
    expected, start, attributes, _ = opened.pop()
    if expected != name:
        where = _bytes(raw, position)
        raise _cannot(f'Unmatched end tag at byte offset {where}, expected "</{expected}>", found "</{name}>"')
    kind, extra = HTML_TAGS[name], {}
    if name == "a":
        if not (url := attributes.get("href", "")):
            return []
        return [_link(url, start, length)]
    if name == "blockquote" and "expandable" in attributes:
        kind = "expandable_blockquote"
    if name == "tg-emoji":
        extra = {"custom_emoji_id": attributes.get("emoji-id", "")}
    if name == "code" and opened and opened[-1][0] == "pre":
        return []  # the inner half of <pre><code class="language-...">
    return [Entity(kind, start, length, tuple(extra.items()))]


def _link(url: str, start: int, end: int) -> Entity:
    if user := re.fullmatch(r"tg://user\?id=(\d+)", url):
        person = {"id": int(user[1]), "is_bot": False, "first_name": ""}
        return Entity("text_mention", start, end, (("user", person),))
    return Entity("text_link", start, end, (("url", url),))


# --- Markdown -----------------------------------------------------------------


class _MarkdownReader:
    """MarkdownV2: every special character is a mark or stands after a backslash."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._at = self._length = 0
        self._text: list[str] = []
        self._found: list[Entity] = []
        self._opened: list[tuple[str, int, int]] = []  # mark, start, where
        self._quote: int | None = None

    def read(self) -> tuple[str, list[Entity]]:
        """The plain text and its entities."""
        while self._at < len(self._raw):
            self._step()
        if self._opened:
            mark, _, where = self._opened[-1]
            name = {"[": "TextUrl", "```": "Pre"}.get(mark) or MARKS[mark].capitalize()
            raise _cannot(f"Can't find end of {name} entity at byte offset {_bytes(self._raw, where)}")
        self._end_quote(self._length)
        return "".join(self._text), self._found

    def _step(self) -> None:
        raw, at = self._raw, self._at
        character = raw[at]
        at_line_start = at == 0 or raw[at - 1] == "\n"
        code = self._opened[-1][0] if self._opened and self._opened[-1][0] in {"`", "```"} else None
        if character == "\\" and at + 1 < len(raw) and ord(raw[at + 1]) < 127:
            self._put(raw[at + 1], 2)
        elif code and not raw.startswith(code, at):
            self._put(character, 1)
        elif at_line_start and character == ">" and not code:
            self._quote = self._length if self._quote is None else self._quote
            self._at += 1
        else:
            if at_line_start:
                self._end_quote(self._length - 1)
            self._mark_or_plain(code or _mark(raw, at, self._opened), character)

    def _mark_or_plain(self, mark: str | None, character: str) -> None:
        if mark is None:
            if character in MUST_BE_ESCAPED:
                how = "must be escaped with the preceding '\\'"
                raise _cannot(f"Character '{character}' is reserved and {how}")
            self._put(character, 1)
        elif mark == "]":
            _, start, _ = self._opened.pop()
            self._at, entity = _target(self._raw, self._at, start, self._length)
            self._found.append(entity)
        else:
            if self._opened and self._opened[-1][0] == mark:
                _, start, _ = self._opened.pop()
                self._found.append(_marked(mark, start, self._length, self._text))
            else:
                self._opened.append((mark, self._length, self._at))
            self._at += len(mark)

    def _put(self, piece: str, step: int) -> None:
        self._text.append(piece)
        self._length += len(piece)
        self._at += step

    def _end_quote(self, end: int) -> None:
        if self._quote is not None:
            self._found.append(Entity("blockquote", self._quote, end))
            self._quote = None


def _mark(raw: str, position: int, opened: list[tuple[str, int, int]]) -> str | None:
    for mark in ("```", "||", "__"):
        if raw.startswith(mark, position):
            return mark
    character = raw[position]
    if character in "*_~`[":
        return character
    return "]" if character == "]" and opened and opened[-1][0] == "[" else None


def _marked(mark: str, start: int, end: int, text: list[str]) -> Entity:
    if mark != "```":
        return Entity(MARKS[mark], start, end)
    language = re.match(r"(\w+)\n", "".join(text)[start:end])
    return Entity("pre", start, end, (("language", language[1]),) if language else ())


def _target(raw: str, position: int, start: int, length: int) -> tuple[int, Entity]:
    match = re.compile(r"\]\(((?:\\.|[^\\)])*)\)", re.DOTALL).match(raw, position)
    if match is None:
        raise _cannot(f"Can't find end of a URL at byte offset {_bytes(raw, position)}")
    return match.end(), _link(re.sub(r"\\(.)", r"\1", match[1]), start, length)


def _parse_old_markdown(raw: str) -> tuple[str, list[Entity]]:
    """The first Markdown: no nesting, and a lone mark is an error."""
    text, found, length, position = [], [], 0, 0
    pattern = re.compile(r"```(.*?)```|`(.*?)`|\*(.*?)\*|_(.*?)_|\[(.*?)\]\((.*?)\)", re.DOTALL)
    while position < len(raw):
        character, piece, entity = raw[position], raw[position], None
        step = 1
        if character == "\\" and raw[position + 1 : position + 2] in {"_", "*", "`", "["}:
            piece, step = raw[position + 1], 2
        elif character in "_*`[":
            match = pattern.match(raw, position)
            if match is None and character == "[":
                pass
            elif match is None:
                raise _cannot(f"Can't find end of the entity starting at byte offset {_bytes(raw, position)}")
            else:
                kind = ("pre", "code", "bold", "italic", "text_link", "text_link")[(match.lastindex or 1) - 1]
                piece = next(group for group in match.groups() if group is not None)
                step = len(match[0])
                entity = (
                    _link(match[6], length, length + len(piece))
                    if kind == "text_link"
                    else Entity(kind, length, length + len(piece))
                )
        text.append(piece)
        found += [entity] if entity else []
        length += len(piece)
        position += step
    return "".join(text), found
