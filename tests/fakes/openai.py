"""An OpenAI-compatible server over TCP that takes requests by the letter, and answers well or badly as it is told.

`python -m tests.fakes.openai PORT` runs it as a process that reads messages with the built-in understanding.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jsonschema
from aiohttp import web

from bot.dialogue.types import Context
from bot.dialogue.understanding import understand

Json = dict[str, Any]
Answer = Callable[[web.Request, Json], Awaitable[web.StreamResponse]]

KEY = "sk-test-0123456789abcdef"
MODEL = "test-model"
_LIMITS = {"max_tokens", "max_completion_tokens"}
_KNOWN = {"model", "messages", "tools", "tool_choice", "temperature", *_LIMITS}


class _Violation(Exception):
    pass


def _need(fact: bool, what: str) -> None:
    if not fact:
        raise _Violation(what)


def data_of(request: Json) -> Json:
    """The data that a request carries beside the rules."""
    content = request["messages"][1]["content"]
    data: Json = json.loads(content if isinstance(content, str) else content[0]["text"])
    return data


def picture_of(request: Json) -> bytes | None:
    """The JPEG that a request carries."""
    content = request["messages"][1]["content"]
    if isinstance(content, str):
        return None
    return base64.b64decode(content[1]["image_url"]["url"].removeprefix("data:image/jpeg;base64,"), validate=True)


def tool_of(request: Json) -> str:
    """The tool that a request forces."""
    name: str = request["tool_choice"]["function"]["name"]
    return name


def _check(request: web.Request, body: Any) -> None:
    """What the wire contract asks of a request. Raises _Violation."""
    _need(request.content_type == "application/json", "content type")
    _need(isinstance(body, dict) and set(body) <= _KNOWN, f"unknown parameters: {set(body) - _KNOWN}")
    _need(body.get("model") == MODEL, "model")
    limits = [body[name] for name in _LIMITS if name in body]
    _need(len(limits) == 1 and isinstance(limits[0], int) and 0 < limits[0] <= 4096, "one limit of tokens")
    system, user = body["messages"]
    _need(system.keys() == user.keys() == {"role", "content"}, "messages")
    _need((system["role"], user["role"]) == ("system", "user") and isinstance(system["content"], str), "roles")
    _check_content(user["content"])
    (tool,) = body["tools"]
    _need(tool.keys() == {"type", "function"} and tool["type"] == "function", "tool")
    function = tool["function"]
    _need(function.keys() == {"name", "description", "parameters"}, "function")
    _need(body["tool_choice"] == {"type": "function", "function": {"name": function["name"]}}, "tool_choice")
    jsonschema.Draft202012Validator.check_schema(function["parameters"])
    _need(function["parameters"]["type"] == "object", "parameters are an object")


def _check_content(content: Any) -> None:
    if isinstance(content, str):
        return
    text, picture = content
    _need(text.keys() == {"type", "text"} and text["type"] == "text", "text part")
    _need(picture.keys() == {"type", "image_url"} and picture["type"] == "image_url", "image part")
    _need(picture["image_url"]["url"].startswith("data:image/jpeg;base64,"), "image as data")


@dataclass
class FakeModel:
    """`answers` has by tool what to do with its next requests; the last one stays."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    requests: list[Json] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    """Requests to anywhere else."""
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    def will(self, tool: str, *answers: Answer) -> None:
        """Answer the next requests of this tool so."""
        self.answers[tool] = list(answers)

    def asked(self, tool: str) -> list[Json]:
        """The requests of one tool."""
        return [request for request in self.requests if tool_of(request) == tool]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One request."""
        if (request.method, request.path) != ("POST", "/v1/chat/completions"):
            self.strays.append(f"{request.method} {request.path}")
            return web.json_response({"error": {"message": "not here"}}, status=404)
        self.headers.append(dict(request.headers))
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return web.json_response({"error": {"message": "Incorrect API key provided"}}, status=401)
        try:
            body = await request.json()
            _check(request, body)
        except (_Violation, LookupError, ValueError, TypeError, jsonschema.SchemaError) as error:
            self.violations.append(repr(error))
            return web.json_response({"error": {"message": f"Invalid request: {error}"}}, status=400)
        self.requests.append(body)
        planned = self.answers.get(tool_of(body), [sensibly])
        answer = planned.pop(0) if len(planned) > 1 else planned[0]
        return await answer(request, body)

    def application(self) -> web.Application:
        """The server's application."""
        application = web.Application(client_max_size=4 * 1024 * 1024)
        application.router.add_route("*", "/{path:.*}", self.serve)
        return application


@asynccontextmanager
async def fake_model(port: int = 0) -> AsyncIterator[FakeModel]:
    """The server, on a port of 127.0.0.1. Ends with the block, however many requests it still holds."""
    model = FakeModel()
    runner = web.AppRunner(model.application(), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    model.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield model
    finally:
        await runner.cleanup()
    assert model.violations == []


# --- answers ---------------------------------------------------------------------------------------------


def _completion(message: Json, usage: Json | None) -> Json:
    choice = {"index": 0, "message": {"role": "assistant", "content": None, **message}, "finish_reason": "stop"}
    told = {} if usage is None else {"usage": usage}
    return {"id": "chatcmpl-1", "object": "chat.completion", "model": MODEL, "choices": [choice], **told}


def _call(name: str, arguments: str) -> Json:
    return {"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}}


_USAGE = {"prompt_tokens": 2000, "completion_tokens": 50, "total_tokens": 2050}


def calls(arguments: Json | str, *, tool: str = "", usage: Json | None = _USAGE) -> Answer:
    """Call the tool, or another one."""
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)

    async def answer(_request: web.Request, body: Json) -> web.StreamResponse:
        message = {"tool_calls": [_call(tool or tool_of(body), text)]}
        return web.json_response(_completion(message, usage))

    return answer


def frame(intent: str, language: str | None = None, **slots: Any) -> Answer:
    """Read the message so."""
    return calls({"wishes": [{"intent": intent, "slots": slots}], "language": language})


def reply(text: str) -> Answer:
    """Word the answer so."""
    return calls({"text": text})


def says(text: str) -> Answer:
    """Talk instead of calling the tool."""

    async def answer(_request: web.Request, _body: Json) -> web.StreamResponse:
        return web.json_response(_completion({"content": text}, _USAGE))

    return answer


def status(code: int, message: str = "no", **headers: str) -> Answer:
    """Refuse."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(_request: web.Request, _body: Json) -> web.StreamResponse:
        return web.json_response({"error": {"message": message}}, status=code, headers=named)

    return answer


def body(text: str, **headers: str) -> Answer:
    """Answer 200 with this body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(_request: web.Request, _body: Json) -> web.StreamResponse:
        return web.Response(text=text, content_type="application/json", headers=named)

    return answer


def later(release: asyncio.Event, then: Answer) -> Answer:
    """Answer when it is let go."""

    async def answer(request: web.Request, body: Json) -> web.StreamResponse:
        await release.wait()
        return await then(request, body)

    return answer


async def hang(_request: web.Request, _body: Json) -> web.StreamResponse:
    """Never answer."""
    await asyncio.Event().wait()
    raise AssertionError("it does not end")


async def without_end(request: web.Request, _body: Json) -> web.StreamResponse:
    """Answer and answer."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    while True:
        await response.write(b" " * 8192)


async def breaks_off(request: web.Request, _body: Json) -> web.StreamResponse:
    """Promise a body and close the connection in the middle of it."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"choices": [')
    assert request.transport is not None
    request.transport.close()
    return response


async def obeying(request: web.Request, body: Json) -> web.StreamResponse:
    """A model that does whatever the data it is given tells it to do."""
    data = json.dumps(data_of(body)).lower()
    if tool_of(body) == "frame":
        intent = "delete_data" if "delete" in data else "search"
        return await frame(intent)(request, body)
    text = "The price is 1. Buy it at http://evil.example now!" if "the price is 1" in data else "Here you are."
    return await reply(text)(request, body)


async def sensibly(request: web.Request, body: Json) -> web.StreamResponse:
    """Read as the built-in understanding does; say the sentence again, with a word in front."""
    data = data_of(body)
    if tool_of(body) == "reply":
        return await reply(f"Gladly! {data['sentence']}")(request, body)
    context = data["context"]
    read = understand(data["message"], Context(state=context["state"], shown=context.get("shown", 0)))
    wish = {"intent": read.intent, "slots": read.slots}
    return await calls({"wishes": [wish], "language": read.lang})(request, body)


async def _run(port: int) -> None:
    async with fake_model(port) as model:
        sys.stdout.write(f"{model.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_run(int(sys.argv[1])))
