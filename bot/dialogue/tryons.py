"""Trying on: from the choice of a product to the picture, with everything that can come in between."""

from __future__ import annotations

from bot.dialogue import labels, photos, replies
from bot.dialogue.actions import choice, is_product_id, job_choice
from bot.dialogue.language import duration, listed
from bot.dialogue.state import Deed, LastResult, RunningJob
from bot.dialogue.turn import Turn, next_steps, suggestions
from bot.dialogue.types import (
    CancelTryOn,
    Choice,
    Picture,
    ProductCard,
    ProductUnknown,
    RequestTryOn,
    TryOnAccepted,
    TryOnDeclined,
    TryOnFailed,
    TryOnFinished,
)


def start(turn: Turn, products: tuple[str, ...]) -> None:
    """Try these on, or say for each why not and what to do about it."""
    wanted = list(dict.fromkeys(products))
    if any(not is_product_id(p) for p in wanted):
        turn.say(replies.PRODUCT_GONE)
        return
    turn.update(deed=Deed("tryon", tuple(wanted)))
    for product in wanted:
        _start_one(turn, product)


def take_back(turn: Turn, products: tuple[str, ...]) -> bool:
    """These were not meant: stop what is made of them; true when there was something to stop."""
    running = [job for job in turn.state.jobs if job.product.id in products]
    waited = any(product in turn.state.wish for product in products)
    turn.update(wish=tuple(product for product in turn.state.wish if product not in products))
    for job in running:
        turn.do(CancelTryOn(job.job))
    return bool(running) or waited


def _start_one(turn: Turn, product: str) -> None:
    state = turn.state
    card = state.known(product)
    title = card.title if card else replies.THE_CHOSEN()
    running = next((j for j in state.jobs if j.product.id == product), None)
    if card is not None and card.part is None:
        turn.say(replies.TRYON_NOT_THIS_KIND(title=title))
    elif running is not None:
        turn.say(replies.TRYON_ALREADY(title=title), *_waiting_choices(running.job))
    elif product in state.requested:
        turn.say(replies.TRYON_ALREADY(title=title))
    elif state.photo is None or not turn.agreed:
        _wait_for_photo(turn, product, title)
    elif len(state.jobs) + len(state.requested) >= turn.policy.max_waiting:
        count = len(state.jobs) + len(state.requested)
        turn.say(replies.TRYON_TOO_MANY(count=count), *_stop_choices())
    else:
        turn.update(requested=(*state.requested, product), asked=None, focus=card or state.focus)
        turn.do(RequestTryOn(product, state.photo, state.person_index))


def _wait_for_photo(turn: Turn, product: str, title: str) -> None:
    """Remember the wish; it is granted by itself once the photo is there."""
    first = not turn.state.wish
    turn.update(wish=tuple(dict.fromkeys([*turn.state.wish, product]))[-turn.policy.max_waiting :])
    if first or not turn.effects:
        turn.lead_in(replies.TRYON_NEEDS_PHOTO(title=title))
        photos.ask(turn)


def go_on(turn: Turn) -> None:
    """There is a photo now: grant the wish that waited for it, or ask for one."""
    wish = turn.state.wish
    if wish:
        turn.update(wish=())
        start(turn, wish)
    elif turn.state.shown:
        turn.say(replies.PHOTO_PICK_ITEM)
    else:
        turn.say(replies.ASK_WISH, *suggestions(), choice(labels.HELP, "help"))


def _waiting_choices(job: str) -> list[Choice]:
    return [job_choice(labels.STOP, "cancel", job), choice(labels.ANOTHER, "another"), choice(labels.HELP, "help")]


def _stop_choices() -> list[Choice]:
    return [choice(labels.STOP, "cancel"), choice(labels.STATUS, "status"), choice(labels.HELP, "help")]


def accepted(turn: Turn, event: TryOnAccepted) -> None:
    """The job exists: its card shows position and progress until the result takes its place."""
    state = turn.state
    jobs = tuple(j for j in state.jobs if j.job != event.job)
    turn.update(
        jobs=(*jobs, RunningJob(event.job, event.product)),
        requested=tuple(p for p in state.requested if p != event.product.id),
        focus=event.product,
        asked=None,
    )
    when = waiting(event.position, event.eta_s)
    turn.say(
        replies.TRYON_STARTED(title=event.product.title, when=when),
        *_waiting_choices(event.job),
        job=event.job,
        slot=f"job:{event.job}",
    )


def waiting(ahead: int, eta_s: float) -> str:
    """How long it takes until a job's turn comes, in a sentence."""
    wait = duration(eta_s)
    return replies.TRYON_QUEUED(count=ahead, wait=wait) if ahead > 0 else replies.TRYON_NOW(wait=wait)


def declined(turn: Turn, event: TryOnDeclined) -> None:
    """It cannot be asked for now: why, and what helps."""
    turn.update(requested=tuple(p for p in turn.state.requested if p != event.product_id))
    turn.say(event.message, *event.choices, *next_steps(turn.state))


def _belongs_to_nobody(turn: Turn, job: str) -> bool:
    """Whether this is the end of a job from before everything was deleted."""
    return turn.state.consent is None and all(j.job != job for j in turn.state.jobs)


def _forget_job(turn: Turn, job: str, product: str) -> None:
    turn.update(
        jobs=tuple(j for j in turn.state.jobs if j.job != job),
        requested=tuple(p for p in turn.state.requested if p != product),
    )


def finished(turn: Turn, event: TryOnFinished) -> None:
    """The picture is there. After "delete my data" a late one belongs to nobody and is not shown."""
    if _belongs_to_nobody(turn, event.job):
        return
    _forget_job(turn, event.job, event.product.id)
    if event.before != turn.state.photo and any(j.product.id == event.product.id for j in turn.state.jobs):
        # It was too late to stop the one made of the photo before; the one of the new photo is on its way.
        turn.say(
            replies.TRYON_NEW_PHOTO(title=event.product.title), *next_steps(turn.state), slot=f"job:{event.job}"
        )
        return
    last = LastResult(event.job, event.product, event.before, event.result)
    turn.update(last=last, focus=event.product, stage="tryon_done", failed=None)
    text = " ".join([replies.TRYON_DONE(title=event.product.title), *event.warnings])
    turn.say(
        text,
        *_result_choices(event.product),
        products=(event.product,),
        pictures=result_pictures(last),
        job=None,
        slot=f"job:{event.job}",
    )


def result_pictures(last: LastResult) -> tuple[Picture, ...]:
    """Before and after, as the channels show them side by side."""
    return (
        Picture(last.before.media, replies.TRYON_BEFORE_ALT(), "before"),
        Picture(last.result.media, replies.TRYON_RESULT_ALT(title=last.product.title), "result"),
    )


def _result_choices(card: ProductCard) -> list[Choice]:
    return [
        choice(labels.ANOTHER, "another"),
        choice(labels.SIMILAR, "similar", card.id),
        choice(labels.SAVE, "save", card.id),
        choice(labels.RETRY, "retry", card.id),
        choice(labels.OTHER_PHOTO, "photo"),
        choice(labels.HELP, "help"),
    ]


def failed(turn: Turn, event: TryOnFailed) -> None:
    """No picture: say why, and offer what may help. Asked to stop, it is no failure."""
    if _belongs_to_nobody(turn, event.job):
        return
    _forget_job(turn, event.job, event.product.id)
    title, slot = event.product.title, f"job:{event.job}"
    if event.code == "cancelled":
        anew = event.product.id in (*turn.state.requested, *(j.product.id for j in turn.state.jobs))
        text = (replies.TRYON_NEW_PHOTO if anew else replies.TRYON_CANCELLED)(title=title)
        turn.say(text, choice(labels.ANOTHER, "another"), *next_steps(turn.state), slot=slot)
        return
    turn.update(failed=event.product)
    turn.say(
        f"{replies.TRYON_FAILED(title=title)} {event.message}".strip(),
        choice(labels.RETRY, "retry", event.product.id),
        choice(labels.OTHER_PHOTO, "photo"),
        choice(labels.SIMILAR, "similar", event.product.id),
        choice(labels.ANOTHER, "another"),
        choice(labels.HELP, "help"),
        slot=slot,
    )


def unknown_product(turn: Turn, event: ProductUnknown) -> None:
    """The product is gone from the shop or the button was made up."""
    state = turn.state
    turn.update(
        requested=tuple(p for p in state.requested if p != event.product_id),
        wish=tuple(p for p in state.wish if p != event.product_id),
        gone=tuple(dict.fromkeys([*state.gone, event.product_id]))
        if state.known(event.product_id)
        else state.gone,
    )
    turn.say(replies.PRODUCT_GONE)


def cancel(turn: Turn, job: str = "") -> None:
    """Stop that job, or with no name all of them."""
    state = turn.state
    chosen = [j for j in state.jobs if not job or j.job == job]
    if not chosen:
        turn.update(asked=None, wish=())
        turn.say(replies.TRYON_NOTHING_RUNNING)
        return
    for one in chosen:
        turn.do(CancelTryOn(one.job))
    turn.update(asked=None)
    turn.say(replies.TRYON_STOPPING(count=len(chosen)))


def status(turn: Turn) -> None:
    """How far it is: the job's live progress again, or its result."""
    state = turn.state
    if state.jobs:
        titles = listed([j.product.title for j in state.jobs])
        text = replies.TRYON_STATUS(count=len(state.jobs), titles=titles)
        job = state.jobs[-1].job
        turn.say(text, *_waiting_choices(job), job=job)
    elif state.last is not None:
        show_last(turn)
    else:
        turn.say(replies.TRYON_NOTHING_RUNNING)


def show_last(turn: Turn) -> None:
    """The latest result once more."""
    last = turn.state.last
    if last is None:
        turn.say(replies.TRYON_NOTHING_TO_RETRY)
        return
    text = replies.TRYON_STATUS_DONE(title=last.product.title)
    steps = _result_choices(last.product)
    turn.say(text, *steps, products=(last.product,), pictures=result_pictures(last))


def retry(turn: Turn, product: str = "") -> None:
    """Do that one again: the one named, else the one that failed, else the latest."""
    state = turn.state
    card = state.failed or (state.last.product if state.last else None) or state.focus
    wanted = product or (card.id if card else "")
    if not wanted:
        turn.say(replies.TRYON_NOTHING_TO_RETRY)
        return
    start(turn, (wanted,))


def another(turn: Turn) -> None:
    """Something else to try: what is still on screen, without the ones just seen."""
    state = turn.state
    seen = {state.last.product.id if state.last else "", *(j.product.id for j in state.jobs)}
    left = tuple(c for c in state.shown if c.id not in seen and c.id not in state.gone)
    if not left:
        turn.update(asked=None)
        turn.say(replies.ASK_WISH, *suggestions(), choice(labels.HELP, "help"))
        return
    numbered = {c.id: n for n, c in enumerate(state.shown, 1)}
    steps = [choice(labels.TRY(ordinal=numbered[c.id]), "try", c.id) for c in left if c.part is not None]
    more = [choice(labels.MORE, "more")] if state.has_more else []
    turn.update(stage="results")
    turn.say(replies.PHOTO_PICK_ITEM, *steps[:4], *more, choice(labels.START_OVER, "reset"), products=left)
