"""How a server that is none of ours is asked for a picture: the operator's TOML file, checked at the start.

docs/remote.md has the whole of it with examples. All paths are below FASHIONCORE_REMOTE_URL.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.types import Category

_Path = Annotated[str, Field(pattern=r"^/[!-~]*$", max_length=500)]
_Dotted = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$", max_length=200)]
"""Where in a JSON document: "output.0.url" is the url of the first of output."""

IN_BODY = ("person", "garment", "category", "words")
"""What may stand in braces in the body."""

PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RequestTable(_Table):
    """What is sent. `body` is JSON, or the fields of a form when pictures are sent as its files."""

    method: Literal["POST", "PUT"] = "POST"
    path: _Path = "/"
    pictures: Literal["data-uri", "base64", "links", "files"] = "data-uri"
    headers: dict[str, str] = Field(default_factory=dict)
    body: dict[str, Any]

    @model_validator(mode="after")
    def _placeholders(self) -> Self:
        found = [name for text in texts_of(self.body) for name in PLACEHOLDER.findall(text)]
        if unknown := set(found) - set(IN_BODY):
            raise ValueError(
                f"body has {{{unknown.pop()}}}; it may have {', '.join(f'{{{name}}}' for name in IN_BODY)}"
            )
        if not {"person", "garment"} <= set(found):
            raise ValueError("body must have {person} and {garment}")
        if self.pictures == "files" and not all(isinstance(value, str) for value in self.body.values()):
            raise ValueError("the fields of a form are texts")
        return self


class AnswerTable(_Table):
    """Where the picture is: the answer itself, or in its JSON an address, a data URI or Base64."""

    picture: _Dotted | None = None
    hosts: tuple[str, ...] = ()
    """Other hosts than the address's own from which a picture may be fetched."""


class PollTable(_Table):
    """The first answer names a job, which is asked for until it is done."""

    path: Annotated[str, Field(pattern=r"^/[!-~]*\{id\}[!-~]*$", max_length=500)]
    id: _Dotted = "id"
    state: _Dotted = "status"
    done: tuple[str, ...] = Field(min_length=1)
    failed: tuple[str, ...] = Field(min_length=1)
    every_s: float = Field(default=1.0, ge=0.05, le=60)
    fraction: _Dotted | None = None
    """How far it is: 0 to 1, or up to 100."""
    result: Annotated[str, Field(pattern=r"^/[!-~]*\{id\}[!-~]*$", max_length=500)] | None = None
    """Where the answer with the picture is, when it is not the last answer itself."""


class CancelTable(_Table):
    """How a job is stopped that nobody waits for any more."""

    method: Literal["POST", "PUT", "DELETE"] = "POST"
    path: Annotated[str, Field(pattern=r"^/[!-~]*\{id\}[!-~]*$", max_length=500)]


class FailureTable(_Table):
    """Which reasons mean that the pictures do not suit, so that another one may."""

    reason: _Dotted
    refused: tuple[str, ...] = Field(min_length=1)


class Description(_Table):
    """The whole file."""

    request: RequestTable
    answer: AnswerTable = AnswerTable()
    poll: PollTable | None = None
    cancel: CancelTable | None = None
    failure: FailureTable | None = None
    categories: dict[Category, str] = Field(
        default_factory=lambda: {category: category.value for category in Category}, min_length=1
    )
    """What it calls them; one that is left out it cannot dress."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.cancel is not None and self.poll is None:
            raise ValueError("cancel needs poll, which knows the job's id")
        if self.poll is not None and self.answer.picture is None and self.poll.result is None:
            raise ValueError("with poll, answer.picture must say where the picture is")
        return self


def read_description(path: Path) -> Description:
    """Raises ValueError that says what is wrong in the file."""
    try:
        return Description.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} cannot be read") from error
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path} is no TOML: {error}") from error
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        said = first["msg"].removeprefix("Value error, ")
        raise ValueError(f"{path}: {where}: {said}") from error


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a tree of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)


def filled(value: Any, given: dict[str, str]) -> Any:
    """The tree with its placeholders replaced, once: what is put in is not read again."""
    if isinstance(value, str):
        return PLACEHOLDER.sub(lambda found: given.get(found[1], found[0]), value)
    if isinstance(value, dict):
        return {name: filled(one, given) for name, one in value.items()}
    if isinstance(value, list):
        return [filled(one, given) for one in value]
    return value


def at(document: Any, place: str) -> Any:
    """What stands at a dotted place; None when there is nothing."""
    for name in place.split("."):
        if isinstance(document, dict):
            document = document.get(name)
        elif isinstance(document, list) and name.isdigit() and int(name) < len(document):
            document = document[int(name)]
        else:
            return None
    return document
