"""What came over HTTP, read into the parameters of a method and held against the description."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import BodyPartReader, web

from tests.fakes.telegram.errors import Refusal, broken
from tests.fakes.telegram.spec import ARRAY, Description, Problem, Shape, Upload, check_limits

MAX_UPLOAD_BYTES = 50 * 1024 * 1024
MAX_BODY_BYTES = MAX_UPLOAD_BYTES + 1024 * 1024  # the other parts of a form beside the file

Params = dict[str, Any]

TRUE = {"true", "True", "1", "yes"}
FALSE = {"false", "False", "0", "no", ""}

# What the real server says about a parameter that is missing or wrong; the descriptions do not tell.
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "media": "media is not specified",
    "action": "wrong parameter action in request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "file_id": "file_id is not specified",
}
WRONG = {
    "callback_data": "BUTTON_DATA_INVALID",
    "commands.command": "BOT_COMMAND_INVALID",
    "answerCallbackQuery.text": "MESSAGE_TOO_LONG",
    "reaction.emoji": "REACTION_INVALID",
    "results.id": "RESULT_ID_INVALID",
    "sendMediaGroup.media": "a media group holds 2-10 items",
    "reply_markup": "can't parse reply keyboard markup JSON object",
}


async def read_body(request: web.Request) -> dict[str, Any]:
    """The parameters as they were sent: strings, uploads, or values of a JSON body."""
    given: dict[str, Any] = dict(request.query)
    if request.method == "GET" or not request.body_exists:
        return given
    match request.content_type:
        case "multipart/form-data":
            return given | await _read_parts(request)
        case "application/json":
            try:
                body = json.loads(await request.read())
            except ValueError:
                raise broken("can't parse JSON object") from None
            if not isinstance(body, dict):
                raise broken("object expected as the request's JSON")
            return given | body
        case "application/x-www-form-urlencoded":
            return given | {name: str(value) for name, value in (await request.post()).items()}
        case other:
            raise broken(f"a body of the type {other} is not read")


async def _read_parts(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = {}
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise broken("a part of the form has no name")
        chunks = []
        while chunk := await part.read_chunk(1 << 18):
            size += len(chunk)
            if size > MAX_BODY_BYTES:
                raise Refusal(413, violation=True)
            chunks.append(chunk)
        data = b"".join(chunks)
        if part.filename is None:
            try:
                given[part.name] = data.decode()
            except UnicodeDecodeError:
                raise broken("strings must be encoded in UTF-8") from None
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            given[part.name] = Upload(part.name, part.filename, kind, data)
    return given


def read_params(known: Description, method: Shape, given: Mapping[str, Any]) -> tuple[Params, list[Problem]]:
    """The parameters in their own types, and what is wrong with them.

    Uploads that are not a parameter themselves are attachments; what no `attach://` names is a problem.
    """
    params: Params = {}
    problems = [
        Problem(f"{method.name}.{name}", "missing", "is missing")
        for name, one in method.fields.items()
        if one.required and name not in given
    ]
    attached = {name for name, value in given.items() if isinstance(value, Upload) and name not in method.fields}
    for name, value in given.items():
        where = f"{method.name}.{name}"
        if name in attached:
            params[name] = value
        elif name not in method.fields:
            problems.append(Problem(where, "unknown", "the method has no such parameter"))
        else:
            one = method.fields[name]
            params[name] = decode(one.types, value)
            wrong = known.check(one.types, params[name], where)
            problems += wrong or check_limits(one, params[name], where)
    named = set(_attachments(params.values()))
    problems += [
        Problem(f"{method.name}.{name}", "unknown", "an upload that nothing refers to")
        for name in sorted(attached - named)
    ]
    return params, problems


def decode(types: Iterable[str], value: Any) -> Any:
    """A value of a form in the type that it stands for; unchanged when it stands for none."""
    if not isinstance(value, str):
        return value
    kinds = set(types)
    if kinds & {"Integer", "Float"} and re.fullmatch(r"-?\d+", value):
        return int(value)
    if "Float" in kinds and re.fullmatch(r"-?\d+\.\d+", value):
        return float(value)
    if kinds & {"Boolean", "True"} and value in TRUE | FALSE:
        return value in TRUE
    if "String" not in kinds or any(kind.startswith(ARRAY) for kind in kinds):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _attachments(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        if isinstance(value, str) and value.startswith("attach://"):
            yield value.removeprefix("attach://")
        elif isinstance(value, dict):
            yield from _attachments(value.values())
        elif isinstance(value, list):
            yield from _attachments(value)


def wording(problem: Problem) -> str:
    """What the real server says about it, where that is known."""
    path = re.sub(r"\[\d+\]", "", problem.path)
    name = path.rpartition(".")[2]
    if problem.sort == "missing" and path.count(".") == 1 and name in MISSING:
        return MISSING[name]
    for ending, said in WRONG.items():
        if path.endswith(ending):
            return said
    return f"{problem.path.partition('.')[2]}: {problem.text}"
