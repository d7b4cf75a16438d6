"""Answers to the presses of buttons and to inline queries."""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.telegram.entities import checked_caption, checked_text, format_text
from tests.fakes.telegram.errors import broken
from tests.fakes.telegram.methods.common import markup_of
from tests.fakes.telegram.world import MAX_INLINE_RESULTS, World


async def answer_callback(world: World, params: dict[str, Any]) -> Any:
    """See answerCallbackQuery."""
    if (url := params.get("url")) and not re.match(rf"(https://)?t\.me/{world.bot['username']}\?start=", url):
        raise broken("URL_INVALID")  # a bot without games may only open itself
    world.query(params["callback_query_id"]).answered_with(params)
    return True


async def answer_inline(world: World, params: dict[str, Any]) -> Any:
    """See answerInlineQuery. Every result is held against the same rules as a message."""
    results = params["results"]
    if len(results) > MAX_INLINE_RESULTS:
        raise broken("RESULTS_TOO_MUCH")
    if len({one["id"] for one in results}) < len(results):
        raise broken("RESULT_ID_DUPLICATE")
    if len(params.get("next_offset", "").encode()) > 64:
        raise broken("NEXT_OFFSET_INVALID")
    for one in results:
        markup_of(one)
        if (content := one.get("input_message_content")) and "message_text" in content:
            checked_text(format_text(content, "message_text"))
        checked_caption(format_text(one, "caption", given="caption_entities"))
        if "photo_file_id" in one:
            world.files.known(one["photo_file_id"], "photo")
    world.query(params["inline_query_id"]).answered_with(params)
    return True


METHODS = {"answerCallbackQuery": answer_callback, "answerInlineQuery": answer_inline}
