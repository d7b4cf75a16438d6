"""Checks requests and answers against Discord's own OpenAPI description."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.data import TEST_DATA

SPECIFICATION = TEST_DATA / "specs" / "discord" / "openapi.json"
_URI = "urn:discord"


class Specification:
    """The operations by method and path, with validators made when they are first needed."""

    def __init__(self, path: Path = SPECIFICATION) -> None:
        self._spec: dict[str, Any] = json.loads(path.read_text())
        resource = Resource.from_contents(self._spec, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_URI, resource)
        self._templates = [(self._pattern(t), t) for t in sorted(self._spec["paths"], key=lambda t: t.count("{"))]
        self._validators: dict[str, Draft202012Validator] = {}

    def request(self, method: str, path: str, body: Any, *, multipart: bool) -> list[str]:
        """What is wrong with a request: an unknown operation, a body that does not fit, a field nobody knows."""
        template = self._template(path)
        operation = self._spec["paths"].get(template, {}).get(method.lower())
        if operation is None:
            return [f"{method} {path}: Discord has no such operation"]
        content = operation.get("requestBody", {}).get("content", {})
        if body is None:
            required = operation.get("requestBody", {}).get("required", False)
            return [f"{method} {path}: needs a body"] if required else []
        kind = "multipart/form-data" if multipart else "application/json"
        if kind not in content:
            return [f"{method} {path}: takes no {kind}"]
        pointer = self._pointer("paths", template, method.lower(), "requestBody", "content", kind, "schema")
        found = self._check(pointer, body, f"{method} {path}")
        if isinstance(body, dict):
            known = self._properties(content[kind]["schema"])
            found += [f"{method} {path}: unknown field {name}" for name in sorted(set(body) - known)]
        return found

    def answer(self, method: str, path: str, status: int, body: Any) -> list[str]:
        """What is wrong with an answer that our fake gives."""
        template = self._template(path)
        operation = self._spec["paths"].get(template, {}).get(method.lower())
        answers = {} if operation is None else operation["responses"].get(str(status), {}).get("content", {})
        if "application/json" not in answers:
            return []
        keys = (
            "paths",
            template,
            method.lower(),
            "responses",
            str(status),
            "content",
            "application/json",
            "schema",
        )
        return self._check(self._pointer(*keys), body, f"answer to {method} {path}")

    def _check(self, pointer: str, body: Any, what: str) -> list[str]:
        if pointer not in self._validators:
            self._validators[pointer] = Draft202012Validator(
                {"$ref": f"{_URI}#{pointer}"}, registry=self._registry
            )
        errors = self._validators[pointer].iter_errors(body)
        return [f"{what}: {'/'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in errors]

    def _properties(self, schema: dict[str, Any]) -> set[str]:
        """The fields that an object of this schema may have, through references and unions."""
        if "$ref" in schema:
            return self._properties(self._spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
        inner = [s for union in ("allOf", "anyOf", "oneOf") for s in schema.get(union, [])]
        return set(schema.get("properties", {})).union(*(self._properties(s) for s in inner))

    def _template(self, path: str) -> str:
        return next((template for pattern, template in self._templates if pattern.fullmatch(path)), "")

    @staticmethod
    def _pattern(template: str) -> re.Pattern[str]:
        return re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template)))

    @staticmethod
    def _pointer(*keys: str) -> str:
        return (
            "".join(f"/{key.replace('~', '~0').replace('/', '~1')}" for key in keys)
            .replace("{", "%7B")
            .replace("}", "%7D")
        )
