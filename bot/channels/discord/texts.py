"""What the channel itself says: commands, options, and the few sentences that are not the dialogue's."""

from __future__ import annotations

LOCALES = ("hi", "es-ES", "fr", "de", "pt-BR")
"""Besides English; the order of the translations below."""

CONTEXT_MENU = "Try this on"

COMMANDS: dict[str, tuple[str, ...]] = {
    "tryon": (
        "See yourself wearing something",
        "खुद को कोई कपड़ा पहने हुए देखें",
        "Mira cómo te queda una prenda",
        "Voyez-vous portant un vêtement",
        "Sieh dich selbst in einem Kleidungsstück",
        "Veja-se usando uma peça",
    ),
    "style": (
        "Say in your own words what you would like to wear",
        "अपने शब्दों में बताएं कि आप क्या पहनना चाहेंगे",
        "Di con tus palabras qué te gustaría ponerte",
        "Dites avec vos mots ce que vous aimeriez porter",
        "Sag in eigenen Worten, was du tragen möchtest",
        "Diga com suas palavras o que gostaria de vestir",
    ),
    "search": (
        "Look for clothes in the catalogue",
        "कैटलॉग में कपड़े खोजें",
        "Busca ropa en el catálogo",
        "Chercher des vêtements dans le catalogue",
        "Suche Kleidung im Katalog",
        "Procure roupas no catálogo",
    ),
    "wardrobe": (
        "What you saved",
        "आपने जो सहेजा है",
        "Lo que guardaste",
        "Ce que vous avez gardé",
        "Was du gespeichert hast",
        "O que você salvou",
    ),
    "outfit": (
        "What goes well with it",
        "इसके साथ क्या अच्छा लगेगा",
        "Qué combina bien con ello",
        "Ce qui va bien avec",
        "Was gut dazu passt",
        "O que combina com isso",
    ),
    "compare": (
        "Two items of the last results side by side",
        "पिछले नतीजों में से दो चीज़ें साथ-साथ",
        "Dos prendas de los últimos resultados, una junto a otra",
        "Deux articles des derniers résultats côte à côte",
        "Zwei Stücke der letzten Ergebnisse nebeneinander",
        "Duas peças dos últimos resultados lado a lado",
    ),
    "profile": (
        "Tell the stylist your size, taste or budget",
        "स्टाइलिस्ट को अपना साइज़, पसंद या बजट बताएं",
        "Cuéntale tu talla, gusto o presupuesto",
        "Indiquez votre taille, vos goûts ou votre budget",
        "Nenne deine Größe, deinen Geschmack oder dein Budget",
        "Conte seu tamanho, gosto ou orçamento",
    ),
    "digest": (
        "New things by e-mail now and then",
        "समय-समय पर नई चीज़ें ई-मेल से",
        "Novedades por correo de vez en cuando",
        "Des nouveautés par e-mail de temps en temps",
        "Ab und zu Neues per E-Mail",
        "Novidades por e-mail de vez em quando",
    ),
    "privacy": (
        "What is kept about you, and how to delete it",
        "आपके बारे में क्या रखा जाता है और उसे कैसे मिटाएं",
        "Qué se guarda de ti y cómo borrarlo",
        "Ce qui est conservé sur vous et comment l'effacer",
        "Was über dich gespeichert ist und wie du es löschst",
        "O que guardamos sobre você e como apagar",
    ),
    "help": (
        "What you can say here",
        "आप यहां क्या कह सकते हैं",
        "Qué puedes decir aquí",
        "Ce que vous pouvez dire ici",
        "Was du hier sagen kannst",
        "O que você pode dizer aqui",
    ),
    "result": (
        "Your latest picture once more",
        "आपकी सबसे नई तस्वीर फिर से",
        "Tu última imagen otra vez",
        "Votre dernière image encore une fois",
        "Dein letztes Bild noch einmal",
        "Sua última imagem mais uma vez",
    ),
}

OPTIONS: dict[str, tuple[str, ...]] = {
    "photo": (
        "A photo of yourself, head to hips or more",
        "आपकी तस्वीर, सिर से कमर तक या अधिक",
        "Una foto tuya, de la cabeza a la cadera o más",
        "Une photo de vous, de la tête aux hanches ou plus",
        "Ein Foto von dir, Kopf bis Hüfte oder mehr",
        "Uma foto sua, da cabeça ao quadril ou mais",
    ),
    "garment": (
        "A picture of the garment",
        "कपड़े की तस्वीर",
        "Una imagen de la prenda",
        "Une image du vêtement",
        "Ein Bild des Kleidungsstücks",
        "Uma imagem da peça",
    ),
    "link": (
        "The page of the garment in a shop",
        "दुकान में कपड़े का पेज",
        "La página de la prenda en una tienda",
        "La page du vêtement dans une boutique",
        "Die Seite des Kleidungsstücks in einem Shop",
        "A página da peça em uma loja",
    ),
    "search": (
        "Something from the catalogue: begin to type",
        "कैटलॉग से कुछ: लिखना शुरू करें",
        "Algo del catálogo: empieza a escribir",
        "Quelque chose du catalogue : commencez à écrire",
        "Etwas aus dem Katalog: fang an zu tippen",
        "Algo do catálogo: comece a digitar",
    ),
    "text": (
        "In your own words, for example: linen shirt under 2000",
        "अपने शब्दों में, जैसे: 2000 से कम की लिनन शर्ट",
        "Con tus palabras, por ejemplo: camisa de lino por menos de 2000",
        "Avec vos mots, par exemple : chemise en lin à moins de 2000",
        "In eigenen Worten, zum Beispiel: Leinenhemd unter 2000",
        "Com suas palavras, por exemplo: camisa de linho até 2000",
    ),
    "first": (
        "Number of the first item",
        "पहली चीज़ का नंबर",
        "Número de la primera prenda",
        "Numéro du premier article",
        "Nummer des ersten Stücks",
        "Número da primeira peça",
    ),
    "second": (
        "Number of the second item",
        "दूसरी चीज़ का नंबर",
        "Número de la segunda prenda",
        "Numéro du deuxième article",
        "Nummer des zweiten Stücks",
        "Número da segunda peça",
    ),
}

# What a command says for the person, in words the dialogue understands.
SAY_OUTFIT = "what goes with this"
SAY_COMPARE = "compare {first} and {second}"
SAY_DIGEST = "send me a weekly digest"
SAY_LINK = "try on {url}"
SAY_TRY_THIS = "try this on"
SAY_BUDGET = "under {amount}"

# --- buttons, selects and forms of the channel's own -------------------------------------------------

OWN_WORDS = "In your own words"
OTHER_BUDGET = "Other budget"
SHARE = "Share"
TRY_ON = "Try on …"
SAVE = "Save …"
MORE = "More …"
FORM_WORDS = "What would you like?"
FORM_BUDGET = "At most how much?"
FORM_PROFILE = "Your size, taste or budget"

# --- sentences --------------------------------------------------------------------------------------

MOMENT = "One moment …"
NOT_YOURS = "These buttons belong to somebody else. Mention me or use /tryon, and you get your own."
IN_PRIVATE = "I have answered you in private, since it is about your photo."
CANNOT_WRITE = "I may not write to you in private. Use /result here, and only you will see it."
MISSED = "An answer of mine could not reach you; /result shows your latest picture."
SHARED = "<@{account}> tried on {title}."
SHARE_GONE = "That picture is not kept any more, so there is nothing to share."
SHARE_DONE = "It is in the channel now."
SHARE_BARRED = "I may not write in that channel."
TROUBLE = "I could not take that in just now. Please try it again in a minute."
PICTURE_GONE = "That picture cannot be fetched any more. Please send it again."
PICTURE_TOO_LARGE = "That picture is too large. Please send one below {megabytes} MB."
NO_PICTURE = "There is neither a picture nor a link in that message."
QUEUED = "{title} is on its way to you: {place}"
AHEAD = ("One is ahead of you, about {wait} s.", "{count} are ahead of you, about {wait} s.")
NEXT = "you are next, about {wait} s."
WORKING = "I am working on {title}.\n{bar} {percent} %"
SEVERAL_MORE = "… and {count} more in the list below."


def translations() -> dict[str, dict[str, str]]:
    """For each English description its translations by Discord's name of the locale."""
    rows = [*COMMANDS.values(), *OPTIONS.values()]
    return {row[0]: dict(zip(LOCALES, row[1:], strict=True)) for row in rows}
