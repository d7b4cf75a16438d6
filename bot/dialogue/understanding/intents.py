"""Which of the intents a message has: cues and slots weighed in the light of what is on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.dialogue.types import Context
from bot.dialogue.understanding import lexicon
from bot.dialogue.understanding.learned.model import features_of, shipped
from bot.dialogue.understanding.learned.sayings import learned_words
from bot.dialogue.understanding.reading import Reading
from bot.dialogue.understanding.text import bag

WISHES = bag(
    """
    category color pattern material occasion season fit length sleeve neckline style feature brand source
    gender price_min price_max price_about sort rating_min discount_min size exclude rel remove in_stock
    """
)
"""Slots that describe what is wanted."""
_WEAK = bag("feature style gender sort size")
_WHICH = bag("which or kaunsa konsa cual quel lequel welche welches qual ou oder ya कौन ايهما او")
_ARTICLES = bag("the el la le il das der die o a")
_EVERY = bag("every each har cada chaque jeden jede toda todo todos tous हर कل كل")


@dataclass(frozen=True)
class Case:
    """All that the decision looks at."""

    reading: Reading
    slots: dict[str, Any]
    context: Context
    refs: list[int]
    pronouns: list[str]
    described: bool
    attributes: list[str]
    question: bool

    def has(self, *cues: str) -> bool:
        """Whether a phrase speaks for one of these intents."""
        return any(cue in self.reading.cues for cue in cues)

    @property
    def wished(self) -> bool:
        """Whether the message says what clothes are wanted."""
        return any(name in WISHES for name in self.slots)

    @property
    def concrete(self) -> bool:
        """Whether it does so by more than a side remark."""
        return any(name in WISHES and name not in _WEAK for name in self.slots)

    @property
    def on_screen(self) -> bool:
        return self.context.shown > 0 or bool(self.context.query)

    @property
    def points(self) -> bool:
        """Whether it names something on the screen."""
        there = self.context.shown > 0 or bool(self.context.focus) or self.done
        return bool(self.refs) or self.described or (bool(self.pronouns) and there)

    @property
    def done(self) -> bool:
        return self.context.state in ("tryon_done", "tryon_running")

    @property
    def short(self) -> bool:
        return len(self.reading.row) <= 4

    def words(self, words: frozenset[str]) -> bool:
        """Whether one of these words occurs."""
        return any(w in words for w in self.reading.row)


def decide(case: Case) -> tuple[str, dict[str, Any]]:
    """The intent, and slots that come with it: from the rules, unless the model is surer than they can be."""
    another = _another_kind(case)
    if another:
        return another, {}
    ruled = _ruled(case)
    intent, extras = ruled or (_weighed(case), {})
    if _certain(intent, case):
        return intent, extras
    guess, chance = shipped().guess(observed(case))
    if guess == "digest_update" and not (case.context.digest or {}).get("active"):
        guess = "digest_subscribe"
    least = SURE_AGAINST_RULE if ruled else FAIR if intent == "out_of_scope" else SURE
    return (guess, {}) if guess != intent and chance > least else (intent, extras)


def _another_kind(case: Case) -> str | None:
    """ "Another jacket": looks for jackets on a page of dresses, and for more of them on a page of jackets."""
    kinds, shown = case.slots.get("category"), case.context.query.get("category")
    another = "another" in case.reading.notions and case.short and not case.context.asked
    if not (another and kinds and shown):
        return None
    if kinds != shown and (not case.refs or case.reading.lang in ("hi", "hi-Latn")):
        return "search"  # in Hindi "another" is "the second", and there is no second jacket among dresses
    if case.refs:
        return None
    return "more" if case.slots.keys() == {"category"} and not case.done and not case.pronouns else None


SURE_AGAINST_RULE = 0.9
SURE = 0.5
FAIR = 0.3
"""How likely a guess must be to outweigh a rule of notions, what the cues say, and finding nothing.

Chosen on messages that the model had not seen.
"""
_RULED_ALONE = frozenset(["link", "unlink"])


def _certain(intent: str, case: Case) -> bool:
    """Whether the model has no say: nothing to look at, a link, a plain answer, a phrase known by heart."""
    row = case.reading.row
    if intent in _RULED_ALONE or not row or "url" in case.slots:
        return True
    if intent == "out_of_scope" and not any(w in learned_words() or lexicon.is_known(w) for w in row):
        return True  # nothing but words of no language that was learned
    if intent == "refine" and "remove" in case.slots and not case.attributes:
        return True
    if intent == "refine" and case.short and case.slots.keys() == {"category"} and case.on_screen:
        return True  # "actually, a jacket": the kind alone changes, whatever else was wished for stays
    if intent == "provide" and any(name in case.slots for name in _ANSWERS.get(case.context.asked or "", ())):
        return True  # what was asked for is there
    lengths = [tag.end - tag.start for tag in case.reading.cue_tags(intent)]
    return any(length == len(row) or (length >= 3 and length * 4 >= len(row) * 3) for length in lengths)


def _weighed(case: Case) -> str:
    """Cues and slots in the light of the context, most particular first."""
    for step in (_asked, _accounts, _mail, _privacy, _lists, _running, _opinion, _item, _tryon, _search, _talk):
        intent = step(case)
        if intent:
            return intent
    return "out_of_scope"


def _ruled(case: Case) -> tuple[str, dict[str, Any]] | None:
    notions = case.reading.notions | signs(case)
    for rule in lexicon.rules():
        if rule.fits(notions):
            return rule.intent, {n: [v] if n in ("ref", "remove") else v for n, v in rule.slots}
    return None


def signs(case: Case) -> set[str]:
    """What rules may ask of a message besides its words, in capitals."""
    context, slots = case.context, case.slots
    shown, row = context.shown > 0, case.reading.row
    found = {
        "ASK": bool(context.asked) or context.state == "ask",
        "PHOTO_ASKED": context.asked == "photo",
        "SIZE_ASKED": context.asked == "size",
        "BUDGET_ASKED": context.asked == "budget",
        "IDLE": context.state == "idle",
        "FOCUS": bool(context.focus) and context.state == "item_focus",
        "RUNNING": context.state == "tryon_running",
        "DONE": context.state == "tryon_done",
        "DIGEST": bool((context.digest or {}).get("active")),
        "URL": "url" in slots,
        "LANGUAGE": "language" in slots,
        "EMAIL": "email" in slots,
        "REF": bool(case.refs),
        "DESCRIBED": case.described and shown,
        "IT": bool(case.pronouns) and (shown or bool(context.focus)),
        "POINT": case.points,
        "WISH": case.concrete,
        "CATEGORY": "category" in slots,
        "SIZE": "size" in slots,
        "REL": "rel" in slots,
        "FACET": any(n in WISHES and n not in _WEAK and n != "rel" for n in slots),
        "LOOK": bool({"color", "pattern", "material"} & slots.keys()),
        "OCCASION": "occasion" in slots,
        "PRICE": bool({"price_max", "price_min", "price_about"} & slots.keys()),
        "ATTRIBUTE": bool(case.attributes),
        "QUESTION": case.question or any(w in _ASKING for w in row),
        "MONEY": "currency" not in slots and bool(lexicon.currency_phrases().everywhere(row)),
        "ALERT": slots.get("cadence") == "alert",
        "TIMED": bool({"cadence", "day", "time"} & slots.keys()),
        "RESULTS": context.state == "results",
        "SLOT_NAME": any(t.values("slot") for t in case.reading.steering),
        "BARE": len([w for w in row if w not in "?!."]) <= 2,
        "SHORT": len(row) <= 7,
        "SHORTISH": len(row) <= 10,
    }
    return {name for name, there in found.items() if there}


def observed(case: Case) -> list[int]:
    """The features of a message for the model."""
    names = [f"n{n}" for n in case.reading.notions] + [f"c{c}" for c in case.reading.cues]
    names += [f"v{n}" for n in case.slots] + sorted(signs(case))
    names += [f"?{case.context.asked}", f"p{'-'.join(case.pronouns)}"]
    state = case.context.state
    return features_of(case.reading.row, [state, *names, *(f"{state}:{name}" for name in names)])


_ASKING = bag("ولا ? kya kaise kaisa kaisi क्या कैसे कैसा कैसी هل ؟ شو ايش كيف")


_CANCELLED = bag("cancel cancelar cancela annule annuler abbrechen stop stopp abort الغ الغي الغاء كنسل रद्द कैंसिल")
_ANSWERS = {
    "email": ("email",),
    "size": ("size",),
    "budget": ("price_max", "price_min", "price_about"),
    "gender": ("gender",),
}


def _asked(case: Case) -> str | None:
    """The answer to a question comes first."""
    if case.context.state != "ask" and not case.context.asked:
        return None
    asked = case.context.asked or ""
    if any(name in case.slots for name in _ANSWERS.get(asked, ())) and not case.has("delete_data"):
        return "provide"
    if asked != "confirm" and case.has("unsure"):
        return "provide"
    if asked == "person" and case.refs:
        return "provide"
    if asked in ("confirm", "photo") or not case.concrete:
        if case.has("deny") and case.has("cancel"):
            return "deny"
        if asked == "confirm" and case.has("cancel") and not case.words(_CANCELLED):
            return "deny"  # "leave it", said to a question
        if case.has("delete_data", "cancel", "help", "digest_unsubscribe", "set_photo"):
            return None
        if case.has("affirm") and not case.has("deny"):
            return "affirm"
        if case.has("deny") and not case.wished:
            return "deny"
    return None


def _accounts(case: Case) -> str | None:
    if case.concrete or "url" in case.slots:
        return None
    return next((name for name in ("unlink", "link") if case.has(name)), None)


def _mail(case: Case) -> str | None:
    if case.has("digest_unsubscribe"):
        return "digest_unsubscribe"
    timed = any(name in case.slots for name in ("cadence", "day", "time"))
    active = bool((case.context.digest or {}).get("active"))
    if active and (case.has("digest_update") or timed):
        return "digest_update"
    if case.has("digest_subscribe") or case.slots.get("cadence") in ("daily", "weekly", "monthly", "alert"):
        return "digest_update" if active else _subscribed(case)
    if "day" in case.slots and case.words(_EVERY):
        return "digest_subscribe"
    if case.has("email_results"):
        return "digest_subscribe" if timed else "email_results"
    if "email" in case.slots:
        return "email_results" if case.points or case.has("search") else "provide"
    return None


def _subscribed(case: Case) -> str | None:
    everyday = case.slots.get("cadence") == "daily" and not case.has("digest_subscribe", "email_results")
    if everyday and not ({"day", "time", "sort"} & case.slots.keys() or case.has("search")) and case.wished:
        return None  # "everyday kurta": worn daily, not mailed daily
    return "digest_subscribe"


def _privacy(case: Case) -> str | None:
    if {"height", "body"} & case.slots.keys() and not case.concrete:
        return "set_profile"
    if case.has("delete_data"):
        return "delete_data"
    if case.has("set_photo") and not case.has("tryon_status"):
        return "set_photo"
    if "language" in case.slots and (case.has("set_profile") or case.short) and not case.concrete:
        return "set_profile"
    return None


def _lists(case: Case) -> str | None:
    if case.has("unsave"):
        return "unsave"
    if case.has("show_saved") and not (case.has("save") and case.points) and not case.has("tryon"):
        return "show_saved"
    if case.has("save") and (case.points or not case.concrete):
        return "save"
    if "url" in case.slots:
        if case.has("tryon"):
            return "tryon"
        return "similar" if case.has("similar") else "add_link"
    if len(case.refs) > 1 and case.question and case.words(_WHICH) and not case.has("tryon"):
        return "compare"
    if case.has("compare") and not (case.wished and not case.points):
        return "compare"
    if (case.has("similar") and (case.points or case.done or case.context.focus) and not case.has("more")) or (
        case.has("similar") and case.points
    ):
        return "similar"
    return None


def _running(case: Case) -> str | None:
    if case.has("reset") and not (case.has("search") and case.concrete):
        return "reset"
    if case.has("fresh", "cancel") and "category" in case.slots:
        return "search"
    if case.done and case.has("tryon_status") and not case.concrete:
        return "tryon_status"
    if case.has("tryon_retry") and not case.concrete and not case.refs:
        return "tryon_retry"
    if case.has("cancel") and not case.concrete and not case.slots.get("remove"):
        return "cancel"
    if case.has("tryon_status") and not (case.wished or case.refs or case.described or case.attributes):
        return "tryon_status"
    return None


def _opinion(case: Case) -> str | None:
    if case.has("out_of_scope") and "category" not in case.slots and not case.points:
        return "out_of_scope"
    rel = case.slots.get("rel")
    if case.has("advice") and not (case.has("search") and "category" in case.slots and not case.question):
        return "advice"
    if case.has("feedback_negative") and not (
        case.question and set(case.attributes) & {"returns", "delivery", "care"}
    ):
        if rel and not case.done and case.on_screen:
            return "refine"
        if case.done or not case.wished or case.points:
            return "feedback_negative"
    if case.has("thanks") and not case.done and not case.wished and not case.points:
        return "thanks"
    if case.has("feedback_positive") and not case.has("deny") and not rel:
        if case.done and not case.has("buy", "save", "search", "tryon", "more"):
            return "feedback_positive"
        if not case.concrete and not case.has("search", "tryon", "buy", "more", "help"):
            return "feedback_positive"
        if case.points and (case.described or case.refs) and not case.has("tryon", "buy"):
            return "feedback_positive"
    return None


def _item(case: Case) -> str | None:
    about = case.points or bool(case.context.focus) or case.context.state in ("item_focus", "tryon_done")
    if case.has("buy") and (about or not case.concrete):
        return "buy"
    if _asks_about(case, about=about):
        return "details"
    if case.has("details") and case.points and not case.has("tryon"):
        return "details"
    if case.question and case.refs and case.wished and not case.has("tryon", "more") and not case.slots.get("rel"):
        return "details"
    return None


def _asks_about(case: Case, *, about: bool) -> bool:
    """Whether a price, a size or another attribute of something is the question."""
    if "category" in case.slots and case.context.state == "idle" and case.has("search"):
        return False
    asks = [a for a in case.attributes if not (a == "size" and "size" in case.slots)]
    if asks == ["size"] and not (case.question or case.refs or case.pronouns):
        asks = []
    sized = "size" in case.attributes and "size" in case.slots and case.question
    if not (asks or sized) or not (about or case.question) or case.slots.get("remove") or case.slots.get("rel"):
        return False
    priced = asks == ["price"] and any(n in case.slots for n in ("price_max", "price_min", "price_about"))
    return not priced and not (case.concrete and not case.points and not case.question)


def _tryon(case: Case) -> str | None:
    shown = case.context.shown > 0
    if case.short and case.pronouns == ["it"] and shown and _one(case) and not case.wished:
        return "tryon"
    if case.has("tryon"):
        nothing_meant = not (case.refs or case.described or case.context.focus or case.done)
        if case.wished and nothing_meant and shown:
            return None
        if case.points or not case.concrete or case.context.state == "item_focus" or case.done:
            return "tryon"
    bare = (case.refs or case.described) and shown and not case.slots.get("rel")
    if bare and not case.has("search", "more", "back") and not case.question:
        return "tryon" if case.refs or _one(case) or _article(case) else None
    if case.refs and shown and not case.concrete and not case.question:
        return "tryon" if not case.has("details") else "details"
    return None


def _one(case: Case) -> bool:
    return any(w in ("one", "wala", "wali", "वाला", "वाली") for w in case.reading.row)


def _article(case: Case) -> bool:
    """ "el azul", "la bleue": an article and a look are one of those on screen."""
    return len(case.reading.row) == 2 and case.reading.row[0] in _ARTICLES


def _search(case: Case) -> str | None:
    if case.slots.get("remove"):
        return "refine"
    if _profile(case):
        return "set_profile"
    if case.has("back") and not case.concrete:
        return "back"
    if case.has("more") and not case.wished:
        return "more"
    if not case.wished:
        return None
    if not case.on_screen or case.context.state == "idle":
        return "search"
    return "search" if _from_scratch(case) else "refine"


def _from_scratch(case: Case) -> bool:
    """With results on screen: another kind of clothing, and more than just its name."""
    category = case.slots.get("category")
    if not category or case.has("instead"):
        return False
    if category == case.context.query.get("category"):
        return False
    others = [n for n in case.slots if n in WISHES and n != "category"]
    return case.has("search") or bool(others)


def _profile(case: Case) -> bool:
    if not case.has("set_profile"):
        return False
    money = bool(lexicon.currency_phrases().everywhere(case.reading.row))
    lasting = {"size", "currency", "height", "body"} & case.slots.keys() or money
    if "category" in case.slots or (case.has("search") and not lasting):
        return False
    if lasting and not case.has("tryon"):
        return not (case.context.state == "results" and case.slots.keys() <= {"size", "price_max", "currency"} and not
                    case.words(bag("i im my always use mera meri uso je ich mi ma meu minha meine मेरा मेरी मैं مقاسي البس")))  # fmt: skip
    return case.concrete and case.words(bag("always never prefer remember like love hate dislike"))


def _talk(case: Case) -> str | None:
    for name in ("help", "thanks", "goodbye", "greet", "affirm", "deny", "unsure"):
        if case.has(name):
            return "provide" if name == "unsure" else name
    if case.has("more"):
        return "more"
    if case.has("back"):
        return "back"
    if case.has("search") and not case.question and len(case.reading.row) <= 6:
        return "search"
    return None
