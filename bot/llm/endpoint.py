"""The one request to an OpenAI-compatible server: rules and data go out, one tool call comes back.

A client of our own, since the protocol is one POST and what matters is what a library would do for us unasked:
retries, redirects, bodies without end.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from pydantic import BaseModel, Field, SecretStr, ValidationError

from storage.hosts import is_this_machine

MAX_ANSWER_TOKENS = 700
"""Several times a long frame or reply; models that think first need the rest for that."""

MAX_BODY_BYTES = 256 * 1024
"""A hundred times what an answer takes."""

REFUSED_PAUSE_S = 300.0
"""A wrong key, address or model does not mend itself within seconds."""

BYTES_PER_TOKEN = 3
"""At most so few on average: English has about four, and a letter of Devanagari is three bytes."""

_CONNECT_S = 2.0
_CHUNK_BYTES = 16 * 1024
_RELEARNT = 2


class EndpointError(Exception):
    """The server gave no answer that can be read. `pause_s` is how long to leave it alone, if it said so."""

    def __init__(self, reason: str, pause_s: float = 0.0) -> None:
        super().__init__(reason)
        self.pause_s = pause_s


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a call took."""

    prompt: int = 0
    answer: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.prompt + other.prompt, self.answer + other.answer)


@dataclass(frozen=True, slots=True)
class Tool:
    """The function that the model has to call; `parameters` is the JSON schema of its arguments."""

    name: str
    description: str
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked: rules of ours, data of somebody's, and perhaps a JPEG, which then belongs to the data."""

    tool: Tool
    rules: str
    data: Mapping[str, object]
    picture: bytes | None = None

    def messages(self) -> list[dict[str, Any]]:
        """As the protocol wants them. Everything that others wrote stands inside of one JSON text."""
        data = json.dumps(self.data, ensure_ascii=False)
        content: str | list[dict[str, Any]] = data
        if self.picture is not None:
            url = f"data:image/jpeg;base64,{base64.b64encode(self.picture).decode()}"
            content = [{"type": "text", "text": data}, {"type": "image_url", "image_url": {"url": url}}]
        return [{"role": "system", "content": self.rules}, {"role": "user", "content": content}]

    @property
    def tokens(self) -> int:
        """No fewer than its text will be counted as; a picture counts apart."""
        texts = (self.rules, json.dumps(self.data, ensure_ascii=False), json.dumps(self.tool.parameters))
        return sum(len(text.encode()) for text in texts) // BYTES_PER_TOKEN


@dataclass(frozen=True, slots=True)
class Called:
    """What came back: the arguments as JSON text, None when no call of the tool came; usage when it was told."""

    arguments: str | None
    usage: Usage | None


class _Function(BaseModel):
    name: str
    arguments: str


class _ToolCall(BaseModel):
    function: _Function


class _Message(BaseModel):
    tool_calls: list[_ToolCall] | None = None


class _Choice(BaseModel):
    message: _Message


class _Usage(BaseModel):
    prompt_tokens: int = Field(ge=0, le=10_000_000)
    completion_tokens: int = Field(ge=0, le=10_000_000)


class _Completion(BaseModel):
    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None


class Endpoint:
    """A model behind an address. `close()` when done."""

    def __init__(self, base_url: str, model: str, key: SecretStr | None = None) -> None:
        self.model = model
        self.host = urlsplit(base_url).hostname or ""
        self._url = f"{base_url.rstrip('/')}/chat/completions"
        # No compressed body: its size would only be known once it is unpacked.
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if key is not None:
            headers["Authorization"] = f"Bearer {key.get_secret_value()}"
        self._client = httpx.AsyncClient(
            headers=headers,
            # The whole is limited by whoever calls.
            timeout=httpx.Timeout(None, connect=_CONNECT_S),
            follow_redirects=False,
            trust_env=not is_this_machine(self.host),
        )
        self._limit = "max_tokens"
        self._options: dict[str, Any] = {"temperature": 0}

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def call(self, prompt: Prompt) -> Called:
        """Ask once. Raises EndpointError; takes as long as it takes, so limit it."""
        for _ in range(_RELEARNT + 1):
            status, headers, body = await self._post(self._request(prompt))
            if not (status == 400 and self._learn(body)):
                break
        if status != 200:
            raise _refusal(status, headers)
        try:
            answer = _Completion.model_validate_json(body)
        except ValidationError as error:
            raise EndpointError("its answer is no chat completion") from error
        calls = answer.choices[0].message.tool_calls or []
        mine = [call.function.arguments for call in calls if call.function.name == prompt.tool.name]
        told = answer.usage
        usage = None if told is None else Usage(told.prompt_tokens, told.completion_tokens)
        return Called(mine[0] if len(calls) == len(mine) == 1 else None, usage)

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        tool = prompt.tool
        function = {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
        return {
            "model": self.model,
            "messages": prompt.messages(),
            "tools": [{"type": "function", "function": function}],
            "tool_choice": {"type": "function", "function": {"name": tool.name}},
            self._limit: MAX_ANSWER_TOKENS,
            **self._options,
        }

    def _learn(self, body: bytes) -> bool:
        """Newer models of OpenAI refuse a temperature and name the limit otherwise; true when that was it."""
        said = body.decode(errors="replace")
        if self._limit == "max_tokens" and "max_completion_tokens" in said:
            self._limit = "max_completion_tokens"
            return True
        if self._options and "temperature" in said:
            self._options = {}
            return True
        return False

    async def _post(self, request: dict[str, Any]) -> tuple[int, httpx.Headers, bytes]:
        try:
            async with self._client.stream("POST", self._url, json=request) as response:
                if response.headers.get("content-encoding", "identity") != "identity":
                    raise EndpointError("its answer is packed, which was not asked for")
                body = bytearray()
                async for chunk in response.aiter_raw(_CHUNK_BYTES):
                    body += chunk
                    if len(body) > MAX_BODY_BYTES:
                        raise EndpointError("its answer does not end")
                return response.status_code, response.headers, bytes(body)
        except httpx.HTTPError as error:
            # The kind of the error only: its text may carry an address with what is secret in it.
            raise EndpointError(type(error).__name__) from error


_WHOLE_SECONDS = re.compile(r"\d{1,6}")


def _refusal(status: int, headers: httpx.Headers) -> EndpointError:
    if 300 <= status < 400:
        return EndpointError(f"it answers {status}, elsewhere: correct OPENAI_BASE_URL", REFUSED_PAUSE_S)
    if status in (401, 403):
        return EndpointError(f"it answers {status}: OPENAI_API_KEY is not accepted", REFUSED_PAUSE_S)
    if status == 404:
        return EndpointError("it answers 404: correct OPENAI_BASE_URL or OPENAI_MODEL", REFUSED_PAUSE_S)
    after = headers.get("retry-after", "")
    pause = float(after) if status in (429, 503) and _WHOLE_SECONDS.fullmatch(after) else 0.0
    return EndpointError(f"it answers {status}", pause)
