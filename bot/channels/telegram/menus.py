"""The commands: what each means, and the menus that Telegram shows for them in the person's language."""

from __future__ import annotations

import hashlib
import json

import redis.asyncio
from redis.exceptions import RedisError
from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

ACTIONS = {
    "help": "help",
    "photo": "photo",
    "saved": "saved",
    "status": "status",
    "cancel": "cancel",
    "privacy": "privacy",
    "forget": "erase",
}
"""Commands that are buttons of the dialogue."""

PRIVATE = ("start", "search", "photo", "saved", "status", "cancel", "privacy", "forget", "help")
GROUP = ("search", "saved", "status", "cancel", "help")

DESCRIPTIONS: dict[str, dict[str, str]] = {
    "": {
        "start": "Say hello and begin",
        "search": "Look for clothes: /search red dress",
        "photo": "Send or change your photo",
        "saved": "Show what you saved",
        "status": "How far your pictures are",
        "cancel": "Stop what is being made",
        "credits": "Your try-ons, and more of them",
        "privacy": "What is kept, and for how long",
        "forget": "Delete everything about you",
        "help": "What you can say here",
    },
    "hi": {
        "start": "बातचीत शुरू करें",
        "search": "कपड़े खोजें: /search red dress",
        "photo": "अपनी फ़ोटो भेजें या बदलें",
        "saved": "सहेजी हुई चीज़ें दिखाएँ",
        "status": "आपकी तस्वीर कहाँ तक पहुँची",
        "cancel": "बन रही तस्वीर रोकें",
        "credits": "आपके बचे हुए ट्राई-ऑन",
        "privacy": "क्या और कितने समय तक रखा जाता है",
        "forget": "मेरा सारा डेटा मिटाएँ",
        "help": "यहाँ क्या-क्या पूछ सकते हैं",
    },
    "es": {
        "start": "Saludar y empezar",
        "search": "Buscar ropa: /search vestido rojo",
        "photo": "Enviar o cambiar tu foto",
        "saved": "Ver lo que guardaste",
        "status": "Cómo va tu imagen",
        "cancel": "Detener lo que está en marcha",
        "credits": "Tus pruebas y cómo tener más",
        "privacy": "Qué se guarda y por cuánto tiempo",
        "forget": "Borrar todos tus datos",
        "help": "Qué puedes decir aquí",
    },
    "fr": {
        "start": "Dire bonjour et commencer",
        "search": "Chercher un vêtement : /search robe rouge",
        "photo": "Envoyer ou changer votre photo",
        "saved": "Voir ce que vous avez gardé",
        "status": "Où en est votre image",
        "cancel": "Arrêter ce qui est en cours",
        "credits": "Vos essayages, et en avoir plus",
        "privacy": "Ce qui est conservé, et combien de temps",
        "forget": "Effacer toutes vos données",
        "help": "Ce que vous pouvez dire ici",
    },
    "de": {
        "start": "Hallo sagen und anfangen",
        "search": "Kleidung suchen: /search rotes Kleid",
        "photo": "Foto schicken oder wechseln",
        "saved": "Gemerktes zeigen",
        "status": "Wie weit Ihr Bild ist",
        "cancel": "Anhalten, was gerade entsteht",
        "credits": "Ihre Anproben, und mehr davon",
        "privacy": "Was aufbewahrt wird und wie lange",
        "forget": "Alle Ihre Daten löschen",
        "help": "Was Sie hier sagen können",
    },
    "pt": {
        "start": "Dizer olá e começar",
        "search": "Procurar roupas: /search vestido vermelho",
        "photo": "Enviar ou trocar a sua foto",
        "saved": "Ver o que você guardou",
        "status": "Em que ponto está a sua imagem",
        "cancel": "Parar o que está em andamento",
        "credits": "As suas provas, e como ter mais",
        "privacy": "O que é guardado e por quanto tempo",
        "forget": "Apagar todos os seus dados",
        "help": "O que você pode dizer aqui",
    },
    "ar": {
        "start": "ابدأ المحادثة",
        "search": "ابحث عن ملابس: ‎/search red dress",
        "photo": "أرسل صورتك أو غيّرها",
        "saved": "اعرض ما حفظته",
        "status": "إلى أين وصلت صورتك",
        "cancel": "أوقف ما يجري الآن",
        "credits": "رصيدك من التجارب وكيف تزيده",
        "privacy": "ما الذي نحتفظ به وإلى متى",
        "forget": "احذف كل بياناتك",
        "help": "ما الذي يمكنك قوله هنا",
    },
}
"""By language; "" is for everybody else."""

_KEPT = "fashioncore:telegram:menus"


def menus(*, credits_offered: bool) -> list[tuple[str, str, list[BotCommand]]]:
    """Every menu as (scope, language, commands)."""
    private = (*PRIVATE[:-1], *(("credits",) if credits_offered else ()), PRIVATE[-1])
    scopes = {"private": private, "groups": GROUP}
    return [
        (scope, language, [BotCommand(name, descriptions[name]) for name in names])
        for scope, names in scopes.items()
        for language, descriptions in DESCRIPTIONS.items()
    ]


async def publish(bot: Bot, client: redis.asyncio.Redis, *, credits_offered: bool) -> bool:
    """Set the menus when they differ from the ones that were set last; True when they were set.

    Without Redis they are set at every start, which is harmless.
    """
    wanted = menus(credits_offered=credits_offered)
    plain = [(scope, language, [c.to_dict() for c in commands]) for scope, language, commands in wanted]
    digest = hashlib.sha256(json.dumps([bot.id, plain]).encode()).hexdigest()
    key = f"{_KEPT}:{bot.id}"
    try:
        known = await client.get(key)
    except (RedisError, OSError):
        known = None
    if known is not None and known.decode() == digest:
        return False
    scope_of: dict[str, BotCommandScope] = {
        "private": BotCommandScopeAllPrivateChats(),
        "groups": BotCommandScopeAllGroupChats(),
    }
    for scope, language, commands in wanted:
        await bot.set_my_commands(commands, scope=scope_of[scope], language_code=language or None)
    try:
        await client.set(key, digest)
    except (RedisError, OSError):
        return True
    return True
