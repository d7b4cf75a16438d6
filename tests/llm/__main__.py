"""`OPENAI_BASE_URL=... OPENAI_MODEL=... python -m tests.llm`: what the model brings, on labelled messages."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from pydantic import SecretStr

from bot.llm.endpoint import Endpoint
from bot.settings import OPENAI
from tests.data import TEST_DATA
from tests.llm.figures import compare
from tests.unit.dialogue.corpus import lines_of, ours


async def _measure(arguments: argparse.Namespace, model: str) -> str:
    messages = ours()
    path = TEST_DATA / "utterances" / "public_utterances.jsonl"
    if path.exists():
        messages = [*lines_of(path), *messages]
    key = os.environ.get("OPENAI_API_KEY")
    endpoint = Endpoint(os.environ.get("OPENAI_BASE_URL") or OPENAI, model, SecretStr(key) if key else None)
    try:
        found = await compare(messages[:: arguments.every], endpoint)
    finally:
        await endpoint.close()
    wrong = found.helped["all"].wrong if arguments.wrong else []
    return "\n".join([found.as_markdown(), *wrong])


def main() -> None:
    """Exit 0 when it was measured, whatever it says; 2 without a model."""
    parser = argparse.ArgumentParser(prog="tests.llm", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take every n-th message only")
    parser.add_argument("--wrong", action="store_true", help="print what is wrong with the model's help")
    arguments = parser.parse_args()
    model = os.environ.get("OPENAI_MODEL")
    if not model:
        parser.error("set OPENAI_MODEL, and OPENAI_BASE_URL or OPENAI_API_KEY")
    sys.stdout.write(asyncio.run(_measure(arguments, model)) + "\n")


main()
