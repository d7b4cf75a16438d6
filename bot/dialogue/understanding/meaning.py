"""From tagged words to slots: shades join their colours, "not" excludes, "any" removes, comparatives compare."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from bot.dialogue.understanding import lexicon
from bot.dialogue.understanding.lexicon.numerals import SIZE_WORDS
from bot.dialogue.understanding.reading import Reading, Tag
from bot.dialogue.understanding.text import bag

LISTS = (
    "category", "color", "pattern", "material", "occasion", "season", "fit", "length", "sleeve", "neckline",
    "style", "feature", "brand", "source",
)  # fmt: skip
_SCALARS = {
    "in_stock": "in_stock",
    "gender": "gender",
    "sort": "sort",
    "cadence": "cadence",
    "day": "day",
    "daytime": "time",
}
_SIZE_CUES = bag(
    """
    em size is du aata in sz talla taille groesse grosse tamanho mein me wear wears साइज में مقاس en a m am usually uso llevo soy visto calco porte prends fais trage nehme take pehnta pehnti
    """
)
_FILLERS = bag(
    """
    von from by da do del por para like want wanna show need wear love see quiero quiere gusta gustan gusto me encanta ver veux aime mag will moechte
    gosto quero curto chahiye pasand hai عاجبني عاجبتني احب ابغي ابي بدي اريد عايز عايزه with con avec mit com
    seja sejam sea sean ser soit soient be being sem welche welcher quelle quel qual cual me mir any a an the
    too so very more of en in em auf al na no nem muy tan zu trop el la los las os as de du der die das um uma
    is in ka ki ke se
    """
)
_ANY = bag("any whatever cualquier egal beliebig qualquer koi")


class Facets:
    """The facets of a message, and which tokens they use up."""

    def __init__(self, reading: Reading, used: set[int], *, asked: str | None) -> None:
        self.reading = reading
        self.used = set(used)
        self.slots: dict[str, Any] = {}
        self.rel: dict[str, str] = {}
        self.exclude: dict[str, list[str]] = {}
        self.remove: list[str] = []
        self.negated: set[int] = set()
        self.dropped: set[int] = set()
        self._asked = asked
        self._compare()
        self._compose()
        self._shade_alone()
        self._remove()
        self._negate()
        self._collect()

    def result(self) -> dict[str, Any]:
        """The slots."""
        self._merge()
        out = dict(self.slots)
        if "category" in out:  # "no dresses any more, a shirt": what is wanted instead says enough
            self.exclude.pop("category", None)
        if self.exclude:
            out["exclude"] = self.exclude
        if self.remove:
            out["remove"] = self.remove
        if self.rel:
            out["rel"] = self.rel
        return out

    def _merge(self) -> None:
        """A kind, a pattern or a shoe that another names more exactly says nothing of its own."""
        for name, general in (("pattern", "printed"), ("category", "shoes")):
            values = self.slots.get(name, [])
            if general in values and len(values) > 1 and (name != "category" or _SHOES & set(values)):
                values.remove(general)
        denied = self.exclude.get("pattern", [])
        if "printed" in denied and len(denied) > 1:
            denied.remove("printed")
        kinds = self.slots.get("category", [])
        if {"jeans", "trousers"} <= set(kinds):
            kinds.remove("trousers")
        if "jeans" in kinds and _DENIM & set(kinds) and not self._listed("jeans"):
            kinds.remove("jeans")
            self.slots.setdefault("material", []).append("denim")
        cargo = "cargo" in self.slots.get("style", ()) and {"shorts", "trousers"} <= set(kinds)
        if cargo and not self._listed("trousers"):
            kinds.remove("trousers")  # "bermuda cargo"

    def _listed(self, kind: str) -> bool:
        """Whether a kind is one of several: "jeans and a shirt", not "jeans shirt"."""
        tags = [t for t in self.reading.facets if t.values("category")]
        pairs = [(a, b) for a, b in pairwise(tags) if kind in (*a.values("category"), *b.values("category"))]
        return any(w in _OR | _BESIDE for a, b in pairs for w in self.reading.row[a.end : b.start])

    def _take(self, tag: Tag) -> None:
        self.used.update(range(tag.start, tag.end))

    def _free(self, tag: Tag) -> bool:
        return not any(i in self.used for i in range(tag.start, tag.end))

    def _compare(self) -> None:
        """Comparatives first: "lighter weight" is no light colour. A sort order said in full wins over them."""
        sorts = [t for t in self.reading.facets if t.values("sort")]
        for tag in self.reading.rels:
            longer = any(
                s.start <= tag.start and tag.end <= s.end and s.end - s.start > tag.end - tag.start for s in sorts
            )
            longer = longer or any(s.start <= tag.start and tag.end <= s.end for s in sorts)
            if longer or not self._free(tag) or self._adjective(tag):
                continue
            if self.reading.row[tag.start] == "ارخص" and self._kind_follows(tag):
                self.slots["sort"] = "price_asc"  # before what it is about, it is a superlative
                self._take(tag)
                continue
            for what, way in tag.pairs:
                self.rel[self._of_what(tag, what)] = way
            self._take(tag)

    def _adjective(self, tag: Tag) -> bool:
        """ "ein warmer Mantel" compares nothing."""
        german = self.reading.lang == "de" and self.reading.row[tag.start].endswith("er")
        return german and self._kind_follows(tag)

    def _kind_follows(self, tag: Tag) -> bool:
        return any(t.start == tag.end and t.values("category") for t in self.reading.facets)

    def _compose(self) -> None:
        """ "más larguito", "thoda dark", "less formal", "trop long": a word of degree beside a quality."""
        for tag in self.reading.facets:
            quality = next((q for q in tag.pairs if q in _QUALITIES), None)
            if quality is None or not self._free(tag):
                continue
            what, way, opposite = _QUALITIES[quality]
            degree = self._degree(tag)
            if degree:
                self.rel[self._of_what(tag, what)] = way if degree > 0 else opposite
                self._take(tag)

    def _degree(self, tag: Tag) -> int:
        """1 for more of a quality, -1 for less of it or too much, 0 where nothing is said."""
        row = self.reading.row
        before, after = row[max(0, tag.start - 2) : tag.start], row[tag.end : tag.end + 1]
        colour = any(t.values("color") and t.start in (tag.end, tag.start - 1) for t in self.reading.facets)
        if colour:
            return 0
        if before and before[-1] in _SO and any(w in _NOT for w in row[max(0, tag.start - 3) : tag.start - 1]):
            return -1
        for word in reversed(before):
            if word in _TOO or word in _LESS:
                return -1
            if word in _MORE:
                return 1
            if word not in _FILLERS:
                break
        if any(w in _AFTER_MORE for w in after):
            return 1
        return 0

    def _shade_alone(self) -> None:
        """ "gehra rang", "darker shade" said without a comparison: no colour is named, so it changes the one there is."""
        tags = self.reading.facets
        if any(t.values("color") for t in tags):
            return
        for tag in tags:
            near = self.reading.row[max(0, tag.start - 2) : tag.end + 2]
            way = _SHADES.get((tag.values("shade") or [""])[0])
            if way and self._free(tag) and any(w in _COLOUR_WORDS for w in near):
                self.rel.setdefault("color", way)
                self._take(tag)

    def _of_what(self, tag: Tag, what: str) -> str:
        """ "longer" beside "sleeves" is about them; "lighter" beside "fabric" is about weight."""
        near = self.reading.row[max(0, tag.start - 3) : tag.end + 3]
        if what == "length" and any(w in _SLEEVE_WORDS for w in near):
            self.used.update(i for i, w in enumerate(self.reading.row) if w in _SLEEVE_WORDS)
            return "sleeve"
        if what == "color" and any(w in _CLOTH_WORDS for w in near):
            return "weight"
        return what

    def _remove(self) -> None:
        """ "remove the price limit", "any colour", "price limit hata do", "sin límite de precio"."""
        steering = self.reading.steering
        clearing = [t for t in steering if {"remove", "forget"} & set(t.values("function"))]
        of_word = lexicon.notions().of_word
        clearing += [
            Tag(i, i + 1, (("function", "remove"),))
            for i, w in enumerate(self.reading.row)
            if of_word(w) & {"delete", "remove"} and not any(t.start <= i < t.end for t in clearing)
        ]
        limits = [t for t in steering if "limit" in t.values("function")]
        careless = any(w in _CARELESS for w in self.reading.row) or {"care", "notion_no"} <= self.reading.notions
        for tag in steering:
            names = tag.values("slot")
            if not names:
                continue
            limit = [t for t in limits if self._beside(t, tag)]
            near = [t for t in clearing if self._beside(t, tag) or any(self._beside(t, one) for one in limit)]
            if limits and clearing and sum(bool(t.values("slot")) for t in steering) == 1:
                near, limit = near or clearing, limit or limits
            strong = [t for t in near if "not" not in t.values("function")]
            if strong or (near and limit) or (careless and (limit or not self.slots_of(names[0]))):
                if names[0] not in self.remove:
                    self.remove.append(names[0])
                for one in (tag, *near, *limit):
                    self._take(one)

    def slots_of(self, name: str) -> bool:
        """Whether some value of this slot is named, so that the name of the slot is about it."""
        return any(tag.values(name) for tag in self.reading.facets)

    def _beside(self, one: Tag, other: Tag) -> bool:
        first, second = (one, other) if one.start < other.start else (other, one)
        between = self.reading.row[first.end : second.start]
        return len(between) <= 3 and all(w in _FILLERS for w in between)

    def _negate(self) -> None:
        """Marks the facets that a negation reaches."""
        tags = [t for t in self.reading.facets if self._free(t)]
        for word in self.reading.steering:
            functions = word.values("function")
            if "notafter" in functions and self._negate_before(tags, word):
                continue
            if "instead_of" in functions or "forget" in functions:
                following = next((t for t in tags if t.start >= word.end), None)
                if following and self._only_fillers(word.end, following.start):
                    self.dropped.add(following.start)
            elif self.reading.row[word.start] in _TAKE_AWAY or (
                "not" in functions and not (self._closes(word) and self._negate_before(tags, word))
            ):
                self._negate_after(tags, word)

    def _closes(self, word: Tag) -> bool:
        """ "vermelho não, azul": a comma or the end comes behind the negation."""
        return self.reading.row[word.end : word.end + 1] in ([], [","], ["."])

    def _negate_before(self, tags: list[Tag], word: Tag) -> bool:
        gap = [t for t in tags if 0 <= word.start - t.end <= 2 and self._only_fillers(t.end, word.start)]
        if not gap:
            return False
        reached = [gap[-1]]
        for tag in reversed([t for t in tags if t.end <= gap[-1].start]):
            if not gap[-1].values("category") or not self._only_fillers(tag.end, reached[0].start):
                break
            reached.insert(0, tag)
        self._deny(reached, word)
        return True

    def _negate_after(self, tags: list[Tag], word: Tag) -> None:
        if any(t.start <= word.start < t.end for t in tags):
            return
        position = word.end
        reached: list[Tag] = []
        for tag in (t for t in tags if t.start >= word.end):
            between = self.reading.row[position : tag.start]
            if reached and not self._continues(between, tag, tags):
                break
            if not reached and not all(w in _FILLERS or w in _ANY for w in between):
                break
            reached.append(tag)
            position = tag.end
        self._deny(reached, word)

    def _deny(self, reached: list[Tag], word: Tag) -> None:
        """ "no red dresses" is about the red ones."""
        looks = [t for t in reached if not t.values("category")]
        self.negated.update(t.start for t in looks or reached)
        if looks:
            self.dropped.update(t.start for t in reached if t not in looks)
        if reached:
            self._take(word)

    def _continues(self, between: list[str], tag: Tag, tags: list[Tag]) -> bool:
        """ "no red, blue or pink" goes on; "not pink, lavender" does not; "no red dress" is one phrase."""
        if not between:
            return True
        if between[-1] in _OR or (len(between) == 1 and between[0] in _OR):
            return True
        if between == [","]:
            later = [t for t in tags if t.start > tag.start]
            return any(self.reading.row[t.start - 1] in _OR for t in later)
        return False

    def _only_fillers(self, start: int, end: int) -> bool:
        return all(w in _FILLERS or w in _COLOUR_WORDS or w in _ONES for w in self.reading.row[start:end])

    def _collect(self) -> None:
        tags = self.reading.facets
        shades = {t.start: t for t in tags if t.values("shade")}
        for tag in tags:
            if not self._free(tag):
                continue
            if tag.values("shade"):
                continue
            if tag.values("sizeword"):
                self._size(tag)
                continue
            if tag.values("gender") and self._addressed(tag):
                continue
            if tag.start in self.dropped:
                self._take(tag)
                continue
            negated = tag.start in self.negated
            for name, value in tag.pairs:
                self._put(name, self._shaded(value, tag, shades) if name == "color" else value, negated=negated)
            self._take(tag)

    def _shaded(self, color: str, tag: Tag, shades: dict[int, Tag]) -> str:
        """ "dark" or "oscuro" beside a colour makes one colour of both."""
        if color == "lilac" and self.reading.lang == "de":
            color = "purple"
        for shade in shades.values():
            if shade.end == tag.start or shade.start == tag.end:
                self._take(shade)
                name = shade.values("shade")[0]
                return color if color.startswith(name) else f"{name} {color}"
        return color

    def _addressed(self, tag: Tag) -> bool:
        """ "bhai, jeans dikhao" speaks to somebody; "bhai ke liye" says for whom."""
        row = self.reading.row
        if tag.end - tag.start > 1 or row[tag.start] not in _ADDRESSES:
            return False
        before, after = row[max(0, tag.start - 2) : tag.start], row[tag.end : tag.end + 1]
        return not (any(w in _FOR_WHOM for w in before) or any(w in _FOR_WHOM_AFTER for w in after))

    def _put(self, name: str, value: str, *, negated: bool) -> None:
        if name in _SCALARS:
            if not negated:
                if name == "gender" and "notion_no" in self.reading.notions:
                    self.slots.pop("gender", None)  # "for boys ... no no, ladies"
                self.slots.setdefault(_SCALARS[name], value == "true" if name == "in_stock" else value)
            return
        target = self.exclude if negated else self.slots
        values = target.setdefault(name, [])
        if value not in values:
            values.append(value)

    def _size(self, tag: Tag) -> None:
        """Single letters are sizes only where a size can stand."""
        token = self.reading.tokens[tag.start]
        value = tag.values("sizeword")[0]
        row = self.reading.row
        before = row[tag.start - 1] if tag.start else ""
        after = row[tag.end] if tag.end < len(row) else ""
        spelt = tag.end - tag.start > 1 or len(token.text) > 1
        near = before in _SIZE_CUES | SIZE_WORDS or after in _SIZE_CUES | SIZE_WORDS
        sure = near or len(row) <= 2 or self._asked == "size"
        ends = tag.end == len(row) and any(t.values("category") for t in self.reading.facets)
        letter = (token.raw.isupper() or ends) and (
            value != "M" or before in (",", "") or ends or "set_profile" in self.reading.cues
        )
        if not sure and not (letter and not spelt) and not (spelt and (value != "M" or len(row) < 9)):
            return
        self.used.update(range(tag.start, tag.end))
        sizes = self.slots.setdefault("size", [])
        if value not in sizes:
            sizes.append(value)


_ADDRESSES = bag(
    """
    bhai bhaiya bhaiyya bro brother dude man sis sister didi behen bahen guys babe aunty uncle beta
    boss mam madam moca moco amiga amigo mano mana tio tia chica chicas chico chicos muchacho muchacha mama papa gente
    cara mec meuf gars mama nana fella lad señora senora senor senorita joven frau herr dost yaar saheli भाई भैया दीदी बहन आंटी अंकल
    اخوي اختي خوي يا حبيبتي حبيبي باشا his her him groom bride
    """
)
"""Words that also speak to the one who is written to, or are about somebody else."""
_FOR_WHOM = bag(
    """
    ein eine un una um uma une for to para pra pro por pour fuer my mi mis meu minha mon ma mein meine meinen meiner a al de da do du des der of
    apne apni mere meri mera लिए मेरे मेरी मेरा अपने अपनी
    """
)
_FOR_WHOM_AFTER = bag("ke k ka ki ko s wear wala wali के का की को")
_QUALITIES = {
    ("length", "long"): ("length", "longer", "shorter"),
    ("length", "short"): ("length", "shorter", "longer"),
    ("shade", "dark"): ("color", "darker", "lighter"),
    ("shade", "light"): ("color", "lighter", "darker"),
    ("shade", "bright"): ("color", "brighter", "darker"),
    ("occasion", "formal"): ("formality", "higher", "lower"),
    ("occasion", "casual"): ("formality", "lower", "higher"),
    ("style", "elegant"): ("formality", "higher", "lower"),
    ("feature", "warm"): ("weight", "higher", "lower"),
    ("feature", "lightweight"): ("weight", "lower", "higher"),
    ("neckline", "deep"): ("coverage", "lower", "higher"),
    ("style", "modest"): ("coverage", "higher", "lower"),
    ("style", "sexy"): ("coverage", "lower", "higher"),
}
"""What becomes of a quality when a word of degree stands beside it: more of it, and less."""
_MORE = bag(
    """
    more bit slightly little somewhat mas poco poquito plus peu mehr bisschen etwas mais pouco pouquinho aur zyada
    thoda thodi thode jyada और थोड़ा थोड़ी थोड़े ज्यादा اكثر شوي شويه قليلا
    """
)
_AFTER_MORE = bag("اكثر شوي شويه زياده")
_SO = bag("so too that si tan tao trop zu très tres muy very itna itni bahut")
_NOT = bag("not no nicht pas nao nahi isnt arent less")
_LESS = bag("less menos moins weniger kam कम اقل")
_TOO = bag("too demasiado demasiada trop zu demais bahut bohot bahot itna itni बहुत इतना مره جدا كثير")
_SHADES = {"dark": "darker", "light": "lighter", "bright": "brighter"}
_SHOES = bag("sneakers heels boots sandals flats loafers slippers")
_DENIM = bag("shorts skirt jacket shirt dress dungarees waistcoat shacket jumpsuit coat blouse top")
"""With these, "jeans" is the cloth: "bermuda jeans"."""
_CARELESS = bag("doesnt matter importa egal farak importe chalega whatever")
_TAKE_AWAY = bag(
    """
    remove drop delete hatao hata hatado quita quitar quitame elimina enleve enlever retire supprime entferne tira tirar
    remover retira हटाओ हटा احذف شيل
    """
)
"""Said of a look, not of a filter's name, they exclude it: "take out the printed ones"."""
_OR = bag("or and nor aur ya y o ni et ou und oder noch e nem या और او و")
_BESIDE = bag(", & + with con avec mit com saath sath साथ مع")
_ONES = bag("wala wali wale one ones वाला वाली वाले")
_COLOUR_WORDS = bag(
    "color colour colors colours shade shades tone rang rango rangon tono tons ton couleur farbe farbton cor tom रंग lon اللون لون الوان"
)
_SLEEVE_WORDS = bag(
    """
    sleeve sleeves manga mangas manche manches aermel aermeln armel baju baazu bazu aasteen बाजू आस्तीन اكمام الاكمام
    """
)
_CLOTH_WORDS = bag(
    """
    weight fabric material cloth kapda kapde tela tissu matiere stoff tecido कपड़ा कपड़े قماش
    """
)
