"""The web chat's API as an OpenAPI document, served at /api/openapi.json; docs/web-chat.md tells it in words.

A test compares it with the routes, and `.ci/security` has schemathesis hold the running server to it.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.dialogue.actions import PRODUCT_ID
from bot.dialogue.types import MAX_ACTION_BYTES
from bot.web.sessions import COOKIE

PATH = "/api/openapi.json"

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_WHOLE: Json = {"type": "integer", "minimum": 0}
_REV: Json = {"type": "string", "pattern": "^[0-9]{1,18}$"}
_UUID: Json = {"type": "string", "format": "uuid"}


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(schema: Json) -> Json:
    return {"type": "array", "items": schema}


def _object(**fields: Json) -> Json:
    """All of the fields are there, and perhaps more of a later version."""
    return {"type": "object", "properties": fields, "required": list(fields)}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


_PRODUCT_ID: Json = {"type": "string", "pattern": f"^({PRODUCT_ID.pattern})$"}
_CHOICE = _object(label=_TEXT, action={"type": "string", "maxLength": MAX_ACTION_BYTES})
_PICTURE = _object(
    url=_TEXT,
    alt=_TEXT,
    role={"enum": ["photo", "numbered", "before", "result"]},
    width=_or_null(_WHOLE),
    height=_or_null(_WHOLE),
)
_PRODUCT = _object(
    id=_TEXT,
    title=_TEXT,
    category=_TEXT,
    part={"enum": ["upper", "lower", "dress", None]},
    picture=_TEXT,
    color=_list(_TEXT),
    color_names=_list(_TEXT),
    price_minor=_or_null(_WHOLE),
    currency=_or_null(_TEXT),
)
SCHEMAS: dict[str, Json] = {
    "Error": _object(error=_object(code=_TEXT, message=_TEXT)),
    "Conversation": _object(conversation=_UUID, rev=_WHOLE, turns=_list(_ref("Turn")), jobs=_list(_ref("Job"))),
    "Accepted": _object(accepted={"const": True}),
    "Turn": _object(
        id=_UUID,
        seq=_WHOLE,
        rev=_WHOLE,
        author={"enum": ["person", "stylist"]},
        at={"type": "string", "format": "date-time"},
        event=_or_null(_TEXT),
        text=_TEXT,
        lang=_or_null(_TEXT),
        choices=_list(_CHOICE),
        products=_list(_PRODUCT),
        pictures=_list(_PICTURE),
        job=_or_null(_TEXT),
    ),
    "Job": _object(
        id=_UUID,
        status={"enum": ["queued", "running", "done", "failed", "cancelled"]},
        position=_WHOLE,
        eta_s={"type": "number", "minimum": 0},
        stage=_TEXT,
        fraction={"type": "number", "minimum": 0, "maximum": 1},
        refining={"type": "boolean"},
        sketch=_or_null(_TEXT),
    ),
}

_ERRORS = {
    400: "The request is no request of HTTP or no form.",
    403: "The header X-Fashioncore is missing.",
    404: "There is no such thing, or it is somebody else's: the same answer.",
    413: "The body is too large.",
    422: "The request does not follow the protocol.",
    429: "Too many events wait; try again after Retry-After seconds.",
    503: "The database is away; try again after Retry-After seconds.",
}


def _answers(status: int, what: str, content: Json | None, *errors: int) -> Json:
    found: Json = {str(status): {"description": what, **({} if content is None else {"content": content})}}
    for code in errors:
        found[str(code)] = {
            "description": _ERRORS[code],
            "content": {"application/json": {"schema": _ref("Error")}},
        }
    return found


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


_WRITING: list[Json] = [
    {"name": "X-Fashioncore", "in": "header", "required": True, "schema": {"const": "1"}},
]
"""What no foreign page can add."""

_ACCEPTED = _answers(
    202, "It is stored and will be handled once.", _json(_ref("Accepted")), 400, 403, 404, 413, 422, 429, 503
)


def _writes(what: str, kind: str, **fields: Json) -> Json:
    body = {"required": True, "content": {kind: {"schema": _object(id=_UUID, **fields)}}}
    return {"post": {"summary": what, "parameters": _WRITING, "requestBody": body, "responses": _ACCEPTED}}


DOCUMENT: Json = {
    "openapi": "3.1.0",
    "info": {
        "title": "fashionCORE web chat",
        "version": "1",
        # No security scheme: a browser without its cookie is told that there is nothing, not that it must sign in.
        "description": f"GET /api/conversation gives a browser its cookie, {COOKIE}; it finds everything else.",
    },
    "paths": {
        "/api/conversation": {
            "get": {
                "summary": "The conversation so far; a browser without one gets its cookie and is greeted.",
                "responses": _answers(
                    200,
                    "It.",
                    _json(
                        _object(conversation=_UUID, rev=_WHOLE, turns=_list(_ref("Turn")), jobs=_list(_ref("Job")))
                    ),
                    503,
                ),
            }
        },
        "/api/stream": {
            "get": {
                "summary": "Server-sent events after a revision, without end.",
                "parameters": [
                    {"name": "after", "in": "query", "schema": {"type": "string", "pattern": "^[0-9]{1,18}$"}},
                    {
                        "name": "Last-Event-ID",
                        "in": "header",
                        "schema": {"type": "string", "pattern": "^[0-9]{1,18}$"},
                    },
                ],
                "responses": _answers(200, "Events.", {"text/event-stream": {"schema": _TEXT}}, 404, 422, 503),
            }
        },
        "/api/messages": _writes(
            "The person wrote.", "application/json", text={"type": "string", "pattern": "\\S"}
        ),
        "/api/presses": _writes(
            "The person pressed a button.",
            "application/json",
            turn=_UUID,
            action={"type": "string", "minLength": 1, "maxLength": MAX_ACTION_BYTES},
        ),
        "/api/photos": _writes(
            "The person sent a picture.",
            "multipart/form-data",
            photo={"type": "string", "format": "binary", "minLength": 1},
        ),
        "/api/clicks": {
            "post": {
                "summary": "The person went from a product to its shop, by the shop's own link.",
                "parameters": _WRITING,
                "requestBody": {"required": True, "content": _json(_object(product=_PRODUCT_ID))},
                "responses": _answers(204, "It is counted.", None, 403, 404, 413, 422, 503),
            }
        },
        PATH: {
            "get": {
                "summary": "This document.",
                "responses": _answers(200, "It.", _json({"type": "object"})),
            }
        },
        "/media/{key}": {
            "get": {
                "summary": "A picture, to whoever may see it.",
                "parameters": [{"name": "key", "in": "path", "required": True, "schema": _TEXT}],
                "responses": _answers(200, "Its bytes.", {"image/*": {}}, 404, 503)
                | {"302": {"description": "It is elsewhere: in a bucket, by a signed address, or at its shop."}},
            }
        },
        "/healthz": {
            "get": {
                "summary": "It lives.",
                "responses": _answers(200, "ok", {"text/plain": {"schema": _TEXT}}),
            }
        },
        "/readyz": {
            "get": {
                "summary": "It can work.",
                "responses": {
                    "200": {"description": "ready", "content": {"text/plain": {"schema": _TEXT}}},
                    "503": {"description": "What is missing.", "content": {"text/plain": {"schema": _TEXT}}},
                },
            }
        },
    },
    "components": {"schemas": SCHEMAS},
}


def route() -> Route:
    """For the application."""

    async def document(_request: Request) -> Response:
        return JSONResponse(DOCUMENT)

    return Route(PATH, document, methods=["GET"])
