"""`understand`: a message and its context become a frame."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.dialogue.types import Context, Frame
from bot.dialogue.understanding import lexicon
from bot.dialogue.understanding.amounts import understand_numbers
from bot.dialogue.understanding.intents import Case, decide, observed
from bot.dialogue.understanding.language import language_of
from bot.dialogue.understanding.meaning import Facets
from bot.dialogue.understanding.reading import Reading, read_message
from bot.dialogue.understanding.references import described, in_the_middle, numbered, pointed
from bot.dialogue.understanding.text import AT_WORD, DOT_WORD, bag

_REFERRING = bag(
    """
    tryon details buy compare similar save unsave email_results feedback_positive feedback_negative advice
    """
)
_JOINTS = bag(
    """
    and then also , ; . & + aur phir y et und e luego dann puis ensuite depois और फिर و ثم
    """
)
_DESCRIBING = ("category", "color", "pattern", "material", "style", "brand", "length", "sleeve", "neckline", "fit")
_AT = re.compile(rf"\s?(?:@|{AT_WORD})\s?")
_DOT = re.compile(rf"\s?(?:\.|{DOT_WORD})\s?")


MAX_TEXT = 2000
"""Characters of one message that are read."""


def understand(text: str, context: Context) -> Frame:
    """The frame of a message. Any text gives a frame; what means nothing is out_of_scope."""
    reading = _read(text, context.spoken)
    first, *others = _wish_and_deed(reading, context) or _each(reading, context)
    also = tuple(dict.fromkeys(f.intent for f in others if f.intent != first.intent))
    return Frame(first.intent, first.slots, also, tuple(others), first.rest, reading.lang)


def _read(text: str, spoken: str | None) -> Reading:
    reading = read_message(text[:MAX_TEXT].strip())
    return replace(reading, lang=language_of(reading, spoken))


def _each(reading: Reading, context: Context) -> list[Frame]:
    there = context.shown > 0 or bool(context.focus)
    cuts = _clauses(reading) if there else [(0, len(reading.row))]
    return [_frame(reading.part(start, end), context) for start, end in cuts]


def _wish_and_deed(reading: Reading, context: Context) -> list[Frame]:
    """ "Show me black jackets and save the first one": the first of those that are found, whatever is on screen."""
    kinds = [t.start for t in reading.facets if t.values("category")]
    deeds = [at for at, _ in _deeds(reading)]
    if not kinds or not deeds or min(deeds) < max(kinds):
        return []
    between = range(max(kinds) + 1, min(deeds) + 1)
    joints = [i for i in between if reading.row[i] in _JOINTS]
    joined = reading.tokens[min(deeds)].text.startswith("و")
    if not (joints or joined):
        return []
    cut = joints[-1] if joints else min(deeds)
    wish = _frame(reading.part(0, cut), context)
    found = Context("results", dict(wish.slots), MOST_FOUND, spoken=context.spoken)
    deed = _frame(reading.part(cut + 1 if joints else cut, len(reading.row)), found)
    numbered = any(isinstance(ref, int) for ref in deed.slots.get("ref", ()))
    return [wish, deed] if wish.intent in ("search", "refine") and numbered else []


MOST_FOUND = 9
"""How many things a wish is taken to find, as far as numbers can point at them in the same message."""


def _clauses(reading: Reading) -> list[tuple[int, int]]:
    """Cuts a message at a joint when both sides ask for something of their own ("try 3 and save 4")."""
    row, deeds = reading.row, _deeds(reading)
    cuts = [0]
    for i, word in enumerate(row):
        joined = word not in _JOINTS and reading.tokens[i].text.startswith("و") and any(at == i for at, _ in deeds)
        if not (joined or word in _JOINTS) or len(deeds) < 2:
            continue
        before = {deed for at, deed in deeds if cuts[-1] <= at < i}
        after = {deed for at, deed in deeds if at > i or (joined and at == i)}
        if before and after and not before & after:
            cuts.append(i if joined else i + 1)
    return list(zip(cuts, [*cuts[1:], len(row)], strict=True))


def _deeds(reading: Reading) -> list[tuple[int, str]]:
    """What the words ask to be done, and where; of a message that asks for very much only the beginning."""
    found = [(t.start, v) for t in reading.intents for v in t.values("intent") if v in _VERBS]
    found += [(at, _DOING[name]) for at, name in lexicon.notions().spots(reading.row) if name in _DOING]
    found += [(t.start, "details") for t in reading.topics if t.values("attribute")]
    return sorted(found)[:MOST_DEEDS]


MOST_DEEDS = 12
_VERBS = frozenset(["tryon", "save", "unsave", "buy", "compare", "email_results", "more", "back", "show_saved"])
_DOING = {"try": "tryon", "on_me": "tryon", "compare": "compare", "mail": "email_results"}


def seen(text: str, context: Context) -> list[int]:
    """What the model sees of a message."""
    reading = _read(text, context.spoken)
    return observed(_weigh(reading, context)[0])


def _frame(reading: Reading, context: Context) -> Frame:
    case, used = _weigh(reading, context)
    intent, extras = decide(case)
    slots = _slots_for(intent, case) | extras
    if _means_shorts(reading, slots):
        del slots["length"]
        slots["category"] = ["shorts"]
    if extras:
        slots.pop("unknown_answer", None)
    return Frame(intent, slots, rest=_rest(reading, used, intent))


def _means_shorts(reading: Reading, slots: dict[str, Any]) -> bool:
    """ "short preto", "short noir": in these languages it is a garment, and no length."""
    romance = reading.lang in ("pt", "es", "fr") and "short" in reading.row
    return romance and "category" not in slots and slots.get("length") == ["short"]


def _weigh(reading: Reading, context: Context) -> tuple[Case, set[int]]:
    """Everything in the message that means something, and the words that are used up by it."""
    numbers = understand_numbers(reading, asked=context.asked, shown=context.shown)
    used = set(numbers.used)
    slots = dict(numbers.slots)
    slots |= _addresses(reading, used)
    facets = Facets(reading, used, asked=context.asked)
    for name, value in facets.result().items():
        if name == "size":
            slots[name] = [*slots.get(name, []), *value]
        elif name != "time" or name not in slots:  # "8 in the morning" is no mere morning
            slots[name] = value
    if "discount_min" in slots and slots.get("sort") == "discount":
        del slots["sort"]
    return _case(reading, slots, context, facets.used), facets.used


def _case(reading: Reading, slots: dict[str, Any], context: Context, used: set[int]) -> Case:
    points = context.shown > 0 or bool(reading.cues & _REFERRING)
    refs = numbered(reading, used, shown=context.shown, points=points)
    sorts = [t for t in reading.facets if t.values("sort")]
    topics = [t for t in reading.topics if not any(s.start <= t.start < s.end for s in sorts)]
    attributes = [v for tag in topics for v in tag.values("attribute")]
    languages = [v for tag in reading.topics for v in tag.values("language")]
    if languages:
        slots["language"] = languages[0]
    row = reading.row
    if refs and slots.get("size") == ["M"] and "m" not in row and in_the_middle(reading):
        del slots["size"]  # "el del medio" is a place, and no medium
    question = "?" in row or "؟" in row or bool(row and row[0] in _QUESTIONS)
    return Case(
        reading, slots, context, refs, pointed(reading), described(reading, slots),
        list(dict.fromkeys(attributes)), question,
    )  # fmt: skip


_QUESTIONS = bag(
    """
    what which does do is are can how who where when why whats hows kya kaunsa kitne kitna que cual cuanto es
    tiene quel quelle combien est was welche welches wie ist gibt hat qual quanto tem क्या कितना कितने ما
    ماذا كم هل بكم
    """
)


def _addresses(reading: Reading, used: set[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for i, token in enumerate(reading.tokens):
        if token.kind == "url":
            found["url"] = token.raw.rstrip(".,;!?)")
            used.add(i)
        elif token.kind == "email":
            found["email"] = _DOT.sub(".", _AT.sub("@", token.raw.lower(), count=1)).strip(".")
            used.add(i)
    return found


def _currency_alone(reading: Reading) -> dict[str, str]:
    """ "use rupees", "prices in euros": a currency without an amount."""
    found = lexicon.currency_phrases().everywhere(reading.row)
    return {"currency": found[0][2][0][1]} if found else {}


def _slots_for(intent: str, case: Case) -> dict[str, Any]:
    slots = {k: v for k, v in case.slots.items() if k != "language"}
    if intent in _REFERRING and "url" not in slots:
        _refer(intent, case, slots)
    completed = _COMPLETE.get(intent)
    if completed:
        slots = completed(case, slots)
    wanted = _SLOTS.get(intent)
    return slots if wanted is None else {k: v for k, v in slots.items() if k in wanted}


def _asked_about(case: Case, slots: dict[str, Any]) -> dict[str, Any]:
    return slots | {"attribute": _attribute(case)} if case.attributes else slots


def _lasting(case: Case, slots: dict[str, Any]) -> dict[str, Any]:
    slots = _currency_alone(case.reading) | slots
    of_a_kind = {"wearer", "within"} <= case.reading.notions or {"mine", "being"} <= case.reading.notions
    if not of_a_kind or slots.get("category") == ["shoes"]:  # "I'm a size L in shirts"
        slots.pop("category", None)  # "my shoes are 36"
    if "language" in case.slots:
        slots["language"] = case.slots["language"]
    notions = case.reading.notions
    if "never" in notions and "exclude" not in slots:  # "nunca me muestres poliéster"
        unwanted = {name: slots.pop(name) for name in _TASTES if name in slots}
        slots |= {"exclude": unwanted} if unwanted else {}
    if notions & {"forget", "delete"} or ("remove" in notions and "wearer" not in notions):  # "I take a 42"
        slots["remove"] = _forgotten(case, slots)
    return slots


_TASTES = ("color", "pattern", "material", "brand", "fit")


def _alike(case: Case, slots: dict[str, Any]) -> dict[str, Any]:
    """ "more sarees like the fourth" on a page of sarees names no other kind."""
    if slots.get("category") == case.context.query.get("category"):
        slots.pop("category", None)
    return slots


def _mailed(case: Case, slots: dict[str, Any]) -> dict[str, Any]:
    """When to write, and what first."""
    if "notify" in case.reading.notions and not {"cadence", "day", "time"} & slots.keys():
        slots["cadence"] = "alert"
    elif "day" in slots and "cadence" not in slots and case.words(_EVERY):
        slots["cadence"] = "weekly"
    slots = _timed(case, slots)
    if "sort" not in slots and case.words(_NEW):
        slots["sort"] = "newest"
    by_mail = {"mail", "cheaper", "whenever"} <= case.reading.notions
    if by_mail or slots.get("cadence") == "alert" or "watch_price" in case.reading.notions:
        slots.pop("rel", None)  # "tell me when it gets cheaper"
        slots |= _watched(case, slots)
        if "watch_price" in case.reading.notions and slots.get("category") == ["watch"]:
            del slots["category"]  # "watch the price"
    return slots


def _timed(case: Case, slots: dict[str, Any]) -> dict[str, Any]:
    """ "Every friday at 9", "on the 15th of every month": numbers that mean nothing else are hours and days here."""
    known = {name: slots[name] for name in ("cadence", "day", "time") if name in slots}
    monthly = (slots.get("cadence") or (case.context.digest or {}).get("cadence")) == "monthly"
    row = case.reading.row
    for i, token in enumerate(case.reading.tokens):
        if token.kind != "number" or not token.text.isdigit():
            continue
        number, before = int(token.text), row[i - 1] if i else ""
        if before in _AT_HOUR and number < 24 and row[i + 1 : i + 2] not in (["%"], *_ENDINGS):
            known.setdefault("time", f"{number:02d}:00")
        elif monthly and 1 <= number <= 31 and (row[i + 1 : i + 2] in _ENDINGS or before in _ON_DAY):
            known.setdefault("day", str(number))
    return slots | known


_AT_HOUR = bag("at um las as a to by gegen vers sobre pelas alas الساعه ساعه auf")
_ON_DAY = bag("the on am el le no dia day den il dem يوم tareekh tarikh taarikh तारीख")
_ENDINGS = [["th"], ["st"], ["nd"], ["rd"], ["."], ["er"], ["tareekh"], ["tarikh"], ["तारीख"]]


def _watched(case: Case, _: dict[str, Any]) -> dict[str, Any]:
    """Whose price is waited for, or no longer."""
    return {"ref": case.refs} if case.refs else {}


def _dressed(case: Case, slots: dict[str, Any]) -> dict[str, Any]:
    """ "would black boots go with it?": the boots are matched, not searched for."""
    goes_with = "category" in slots and "go_with" in case.reading.notions
    if case.has("matching") or goes_with:
        slots["topic"] = "outfit"
    if "category" in slots and (slots.get("ref") or goes_with):
        names = [v for name in ("color", "material", "pattern", "category") for v in slots.pop(name, [])]
        slots["match"] = " ".join(names)
    return slots


def _whose(case: Case, _: dict[str, Any]) -> dict[str, Any]:
    photos = case.words(_PHOTOS) and not case.words(_EVERYTHING)
    return {"scope": "photos" if photos else "all"}


def _which_photo(case: Case, _: dict[str, Any]) -> dict[str, Any]:
    return {"photo": "previous" if case.words(_EARLIER) else "new"}


def _forgotten(case: Case, slots: dict[str, Any]) -> list[str]:
    """What "forget that I like green" and "remove my size" take out of the profile."""
    named = [name for tag in case.reading.steering for name in tag.values("slot")]
    return list(dict.fromkeys(named or [name for name in slots if name not in ("remove", "exclude")]))


_EVERY = bag("every each cada todos todas chaque jeden jede har toda todo हर كل")
_NEW = bag(
    """
    new nuevo nuevos nueva nuevas nouveau nouveaux nouvelle nouvelles neu neue neuen neues novo novos nova novas naye naya
    nayi नए नई नया नये جديد جديده الجديد الجديده
    """
)


_NONE: frozenset[str] = frozenset()
_SLOTS = {
    "tryon": bag("ref ref_desc url color size"),
    "details": bag("ref ref_desc url attribute size color material"),
    "buy": bag("ref ref_desc url size color"),
    "save": bag("ref ref_desc url"),
    "unsave": bag("ref ref_desc"),
    "compare": bag("ref ref_desc attribute"),
    "feedback_positive": bag("ref ref_desc"),
    "feedback_negative": bag("ref ref_desc problem"),
    "email_results": bag("ref email"),
    "more": bag("count"),
    "add_link": bag("url"),
    "delete_data": bag("scope"),
    "set_photo": bag("photo"),
    "help": bag("topic"),
    "digest_unsubscribe": bag("ref"),
    **dict.fromkeys(
        (
            "back", "greet", "thanks", "goodbye", "out_of_scope", "reset", "cancel", "tryon_status", "tryon_retry",
            "show_saved", "deny", "link", "unlink",
        ),
        _NONE,
    ),
}  # fmt: skip
"""What an intent can say more about; words of another meaning in the same message are no filters."""
_ASKED_FOR = {
    "email": bag("email"),
    "size": bag("size"),
    "budget": bag("price_max price_min price_about currency"),
    "gender": bag("gender"),
    "photo": bag("photo"),
}


def _answer(case: Case, slots: dict[str, Any]) -> dict[str, Any]:
    """What was asked for; an answer without it says that the person does not know."""
    if case.refs and case.context.asked == "person":
        return {"ref": case.refs}
    wanted = None if "category" in slots else _ASKED_FOR.get(case.context.asked or "")
    found = {k: v for k, v in slots.items() if wanted is None or k in wanted}
    return found or {"unknown_answer": True}


_PHOTOS = bag(
    """
    photo photos picture pictures pic pics foto fotos image images फोटो صوري صورتي صوره صور
    """
)
_EVERYTHING = bag("data everything account donnees daten dados datos डेटा حسابي بياناتي")
_EARLIER = bag(
    """
    previous old earlier last anterior precedente ancienne altes vorheriges purani pehle पुरानी السابقه
    """
)


def _refer(intent: str, case: Case, slots: dict[str, Any]) -> None:
    """Adds what the intent is about, and moves a description out of the filters."""
    looks = {k: slots[k] for k in _DESCRIBING if k in slots}
    if case.refs:
        slots["ref"] = case.refs
    elif looks and intent not in ("advice", "similar", "email_results") and _describes(intent, case, looks):
        slots["ref_desc"] = looks
        for name in looks:
            del slots[name]
    elif intent in ("feedback_positive", "feedback_negative"):
        if case.context.state in ("tryon_done", "tryon_running"):
            slots["ref"] = ["tryon"]
        elif "all" in case.pronouns:
            slots["ref"] = ["all"]
        elif case.context.focus:
            slots["ref"] = ["it"]
    elif intent in ("tryon", "details", "buy", "similar", "save", "unsave", "email_results", "compare", "advice"):
        pronoun = _pronoun(intent, case)
        if pronoun:
            slots["ref"] = [pronoun]
    if intent == "feedback_negative":
        problem = next((name for name, words in _PROBLEMS.items() if case.words(words)), None)
        if problem == "length" and case.reading.lang == "pt" and case.words(_WIDE):
            problem = "fit"
        if problem:
            slots["problem"] = problem


def _describes(intent: str, case: Case, looks: dict[str, Any]) -> bool:
    """Whether a look says which one is meant, and not how else it should be."""
    if case.context.focus and looks.keys() == {"category"}:
        return False  # "what is the jumper made of", looking at one
    if case.described:
        return True
    return intent in ("tryon", "save") and case.context.state == "results" and "it" not in case.pronouns


_PROBLEMS = {
    "face": bag("face faces cara rostro visage tete gesicht rosto chehra chehre muh चेहरा चेहरे وجه وجهي وشي"),
    "hands": bag("hand hands fingers mano manos dedos main mains doigts haende haend mao maos haath hath हाथ يد يدي ايدي"),
    "arms": bag("arm arms brazo brazos bras arme braco bracos baazu ذراع"),
    "sleeve": bag("sleeve sleeves manga mangas manche manches aermel aasteen आस्तीन اكمام كم"),
    "color": bag("color colour colours couleur farbe cor rang रंग لون"),
    "length": bag("length long short largo corto larga corta court courte longue lang kurz comprimento comprido curto lamba lambi chhota chhoti लंबा लंबी छोटा छोटी طويل قصير"),
    "fit": bag(
        """
        fit fits baggy tight loose big small wide narrow ancho ajustado apretado grande chico flojo holgado large serre
        ample grand petit eng weit gross klein locker passt apertado largo folgado justo dheela dheeli bada badi ढीला
        ढीली टाइट बड़ा واسع ضيق كبير صغير
        """
    ),
    "quality": bag("blurry blurred pixelated quality borrosa borroso floue flou unscharf embacada borrado धुंधला धुंधली مشوش"),
}  # fmt: skip


_WIDE = bag("largo larga largos largas")
"""Wide in Portuguese, long in Spanish."""


def _pronoun(intent: str, case: Case) -> str | None:
    if intent == "advice" and case.context.state == "tryon_done" and not case.has("matching"):
        return "tryon"
    several = "which_one" in case.reading.notions and case.context.state == "results" and not case.wished
    if intent == "advice" and several:
        return "all"
    if intent == "advice" and (case.has("matching") or "complete" in case.reading.notions):
        return "it" if case.context.focus or "it" in case.pronouns else None
    for name in ("saved", "tryon", "all"):
        if name in case.pronouns:
            return name
    if "it" in case.pronouns:
        return "it"
    if intent == "email_results" and case.context.shown:
        return "all"
    return "it" if case.context.focus else None


def _attribute(case: Case) -> str:
    others = [a for a in case.attributes if a != "size"]
    if "size" in case.slots or not others:
        return "size" if "size" in case.attributes else case.attributes[0]
    return others[0]


def _topic(case: Case, _: dict[str, Any]) -> dict[str, Any]:
    if case.words(_PRIVATE) or (case.words(bag("know have")) and case.words(bag("about"))):
        return {"topic": "privacy"}
    if case.words(_PHOTOS) or case.words(bag("upload subo hochladen")):
        return {"topic": "photo"}
    return {}


_COMPLETE: dict[str, Callable[[Case, dict[str, Any]], dict[str, Any]]] = {
    "details": _asked_about,
    "similar": _alike,
    "set_profile": _lasting,
    "digest_subscribe": _mailed,
    "digest_update": _timed,
    "digest_unsubscribe": _watched,
    "advice": _dressed,
    "provide": _answer,
    "delete_data": _whose,
    "set_photo": _which_photo,
    "help": _topic,
}
"""What is said of an intent beyond the slots that the words gave."""


_PRIVATE = bag("keep linked store privacy safe seguro sicher sees sure data stored secure securise")


def _rest(reading: Reading, used: set[int], intent: str) -> tuple[str, ...]:
    """The words that nothing in the lexicon knows: they may still stand in a product's title."""
    if intent not in ("search", "refine", "out_of_scope", "tryon", "provide"):
        return ()
    known, common = lexicon.vocabulary(), lexicon.common_words()
    words = [t.text for i, t in enumerate(reading.tokens) if t.kind == "word" and i not in used]
    fixed = {t.text: w for t, w in zip(reading.tokens, reading.row, strict=True)}
    return tuple(w for w in words if len(w) > 1 and fixed[w] not in known and w not in common)
