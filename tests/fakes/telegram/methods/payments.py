"""Invoices in Telegram Stars, their checkout, refunds and the ledger."""

from __future__ import annotations

from typing import Any

from tests.fakes.telegram.errors import broken, refused
from tests.fakes.telegram.methods.common import markup_of, reply_of, topic_of
from tests.fakes.telegram.world import World

STARS = "XTR"
MAX_STARS = 10_000


async def send_invoice(world: World, params: dict[str, Any]) -> Any:
    """See sendInvoice: Stars only, one price, no provider."""
    chat = world.open_chat(params["chat_id"])
    if params["currency"] != STARS:
        raise broken("PAYMENT_PROVIDER_INVALID" if not params.get("provider_token") else "CURRENCY_INVALID")
    if params.get("provider_token"):
        raise broken("STARS_INVOICE_INVALID")
    if len(params["prices"]) != 1 or params.get("max_tip_amount"):
        raise broken("STARS_INVOICE_INVALID")
    amount = params["prices"][0]["amount"]
    if not 1 <= amount <= MAX_STARS:
        raise broken("CURRENCY_TOTAL_AMOUNT_INVALID")
    markup, _ = markup_of(params)
    rows = markup.get("reply_markup", {}).get("inline_keyboard", [])
    if rows and not rows[0][0].get("pay"):
        raise broken("REPLY_MARKUP_BUY_EMPTY")
    if not rows:
        markup = {"reply_markup": {"inline_keyboard": [[{"text": f"Pay ⭐️{amount}", "pay": True}]]}}
    shown = {
        "title": params["title"],
        "description": params["description"],
        "start_parameter": params.get("start_parameter", ""),
        "currency": STARS,
        "total_amount": amount,
    }
    reply = reply_of(world, chat, params)
    fields = {**(world.thread(chat, params) or topic_of(reply)), **reply, "invoice": shown, **markup}
    message = world.post(chat, world.bot, fields)
    message.payload = params["payload"]
    return message.show()


async def answer_pre_checkout(world: World, params: dict[str, Any]) -> Any:
    """See answerPreCheckoutQuery."""
    if not params["ok"] and not params.get("error_message"):
        raise broken("error_message is required when the checkout is refused")
    world.query(params["pre_checkout_query_id"]).answered_with(params)
    return True


async def refund(world: World, params: dict[str, Any]) -> Any:
    """See refundStarPayment."""
    charge, user_id = params["telegram_payment_charge_id"], params["user_id"]
    paid = next((one for one in world.payments(charge) if one.user["id"] == user_id), None)
    if paid is None:
        raise refused("CHARGE_NOT_FOUND")
    if charge in world.refunded:
        raise refused("CHARGE_ALREADY_REFUNDED")
    world.refunded.add(charge)
    world.transact(charge, -paid.amount, paid.user, paid.payload)
    note = {
        "currency": STARS,
        "total_amount": paid.amount,
        "invoice_payload": paid.payload,
        "telegram_payment_charge_id": charge,
    }
    chat = world.chats[user_id]
    message = world.post(chat, world.bot, {"refunded_payment": note})
    world.updates.push("message", message.show(), chat.id)
    return True


async def transactions(world: World, params: dict[str, Any]) -> Any:
    """See getStarTransactions."""
    start = params.get("offset", 0)
    shown = world.transactions[start : start + params.get("limit", 100)]
    return {"transactions": [one.show() for one in shown]}


async def balance(world: World, params: dict[str, Any]) -> Any:
    """See getMyStarBalance."""
    del params
    return {"amount": world.stars}


METHODS = {
    "sendInvoice": send_invoice,
    "answerPreCheckoutQuery": answer_pre_checkout,
    "refundStarPayment": refund,
    "getStarTransactions": transactions,
    "getMyStarBalance": balance,
}
