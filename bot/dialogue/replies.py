"""Every sentence the stylist says. Short, warm, plain; about clothes and pictures, never about bodies.

Sentences are whole, with named placeholders, so that a catalogue can translate them: calling one with the values
of its placeholders says it in the language spoken now. Labels of buttons are in `labels.py`, names of colours and
clothes in `names.py`. After a change: `python -m bot.locale` (docs/languages.md).
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogue.language import N_, NN_, listed


def channel(name: str) -> str:
    """What people call a channel."""
    return str(CHANNELS.get(name, name))


def channels(names: Iterable[str]) -> str:
    """ "Telegram and Discord"."""
    return listed([channel(name) for name in names])


# --- beginning, consent, privacy -------------------------------------------------------------------

GREETING = N_(
    "Hello, I am your stylist. Send me one photo of yourself, tell me what you would like to wear, "
    "and I show you a picture of you wearing it."
)
TERMS = N_(
    "Before I keep a photo I need your yes. I keep your photo for {photo_days} days, the pictures I make of it "
    "for {result_days} days, and this conversation. Say “delete my data” at any time and all of it is gone."
)
ONLY_HERE = N_("Only this program on this machine sees it, and none learns from it.")
MODEL_READS = N_(
    "What you write to me also goes, without your name, to a language model on {where}, which helps me to "
    "understand and to answer."
)
MODEL_SEES = N_("So does a picture that I made of you when you ask for advice on it.")
PICTURES_STAY = N_("Your photo and your pictures stay here.")
PHOTO_STAYS = N_("Your photo stays here.")
DRAWN_THERE = N_(
    "To make a picture I send your photo and the garment, without your name, to {where}, which draws it and sends "
    "it back."
)
THIS_MACHINE = N_("this machine")
WELCOME_BACK = N_("Welcome back. Everything is where you left it.")
WE_LOOKED_FOR = N_("We were looking for: {wish}.")
WE_TRIED_ON = N_("The last thing you tried on was {title}.")
WE_WAITED = N_("I still need a photo of you to show you what you picked.")
PRIVACY = N_(
    "What I keep: your photo and the garments you send for {photo_days} days, the pictures I make of them for "
    "{result_days} days, and what you save, what you tell me about yourself and this conversation until you "
    "delete them. Of a photo I keep the picture only: its place, date and camera are removed when it arrives. Say "
    "“delete my data” at any time and all of it is gone."
)
PRIVACY_SHOPS = N_("What you look for goes to {shops}, without who you are and without any photo.")
PRIVACY_LINKED = N_(
    "This chat is linked with {channels}: your photo, your pictures, your agreement and what you save count in "
    "all of them, and “delete my data” deletes it in all of them."
)
CONSENT_THANKS = N_("Thank you.")
CONSENT_ALREADY = N_("You have agreed already, thank you.")
CONSENT_DECLINED = N_("That is fine, I keep no photo. You can look around without one.")
CONSENT_DECLINED_PHOTO = N_("That is fine, I have deleted the photo. You can look around without one.")
CONSENT_WAITING = N_("I have not looked at your photo yet: I need your yes first.")
ASK_PHOTO = N_(
    "Please send me a photo of yourself. What works best: facing the camera, in good light, "
    "head to hips or more in the picture, arms a little away from the sides."
)
PHOTO_TIPS = N_(
    "Send a photo here, the way you send any picture. What works best: one person facing the camera, in good "
    "light, head to hips or more in the picture, arms a little away from the sides, nothing in front of the "
    "clothes."
)
ASK_WISH = N_("What would you like to wear? Say it in your own words, for example “white t-shirt under 1000”.")

# --- photos ----------------------------------------------------------------------------------------

PHOTO_KEPT = N_("Your photo is ready.")
PHOTO_REPLACED = N_("Your new photo is ready. It takes the place of the one before.")
PHOTO_PICK_ITEM = N_("Pick something to try on.")
PHOTO_WHICH_PERSON = NN_(
    "I see {count} people in this photo. Which one are you?",
    "I see {count} people in this photo. Which one are you?",
)
PHOTO_WHICH_PERSON_RANGE = NN_(
    "Please pick a number from 1 to {count}.", "Please pick a number from 1 to {count}."
)
PHOTO_LOOKING = N_("I am looking at your photo now.")
PHOTO_IN_WORK = N_("I am still looking at your photo. I go on by myself as soon as that is done.")
PHOTO_NOBODY = N_("I cannot find a person in this photo. Please send one with you in it.")
PHOTO_REFUSED_KEEP = N_("I go on using the photo you sent before.")
PHOTO_DROPPED = N_(
    "Your photo is deleted. The pictures that I made of it stay for now; “delete my data” removes them too."
)
PHOTO_NONE = N_("I have no photo of you.")
PHOTO_PREVIOUS_GONE = N_("I do not keep earlier photos. Please send the one you want to use.")
PHOTO_SEND_NEW = N_("Send the new photo and I use it from then on.")
PICTURE_FOR_WHAT = N_("Is this you, or something you want to try on?")
PICTURE_UNCLEAR = N_("In one of the pictures I can make out neither a person nor a single garment.")
PEOPLE_ALT = NN_(
    "Your photo with {count} people, numbered from left to right",
    "Your photo with {count} people, numbered from left to right",
)

# --- looking for things ----------------------------------------------------------------------------

FOUND = NN_("I found one that fits.", "I found {count} that fit.")
FOUND_MORE = N_("Here are more, page {page}.")
FOUND_RELAXED = N_("Nothing had everything you asked for, so I left out {dropped}. Here is what comes close.")
FOUND_NOTHING = N_("I found nothing for that. Shall we try it with fewer wishes?")
FOUND_UNUSUAL = N_("Nothing had all that you usually want, so I looked without {dropped}.")
USUAL_KEPT = N_("I kept to what you told me, as far as the shops say it: {facts}.")
SHOPS_STILL_LOOK = N_("Other shops are still looking.")
FOUND_HOW = NN_("Shall I show it on you?", "Pick one to see it on you.")
NONE_CHEAPER = N_("I have nothing cheaper than these.")
NONE_DEARER = N_("I have nothing dearer than these.")
NO_MORE = N_("That is all I have for this.")
NO_EARLIER = N_("This is the first page.")
NOTHING_ON_SCREEN = N_("There is nothing on the screen yet. What would you like to wear?")
SEARCH_FAILED = N_("I cannot look that up right now.")
TELL_ME_MORE = N_("Tell me a little more: a piece of clothing, a colour, a price.")
NO_PRICES = N_("I do not know the prices of these.")
ASK_COLOUR = N_("Which colour would you like?")
STARTED_OVER = N_("We start from the beginning. Your photo stays with me. What would you like to wear?")
STARTED_OVER_NO_PHOTO = N_("We start from the beginning. What would you like to wear?")
FORGOT_WISH = N_("All right, I put none of that on you.")
UNDONE = N_("Undone.")
UNDONE_TO = N_("Undone. We are back at: {wish}.")
UNDONE_SEARCH = N_("Undone. I forgot that search. What would you like to wear?")
UNDO_NOTHING = N_("There is nothing that I could undo here.")
WHICH_ONE = N_("Which one do you mean?")
WHICH_ONE_RANGE = NN_(
    "There is just one on the screen.", "There are {count} on the screen. Which one do you mean?"
)
WHICH_ONE_SEVERAL = NN_(
    "{count} of them could be meant. Which one is it?", "{count} of them could be meant. Which one is it?"
)
WHICH_ONE_NONE = N_("I see none like that here. Which one do you mean?")
PRODUCT_GONE = N_("That one is not there any more. Let us find another.")

# --- about one thing -------------------------------------------------------------------------------

DETAILS = N_("{title}: {facts}.")
DETAILS_UNKNOWN = N_("I do not know that about {title}. The shop's page may say it; this is what I know.")
DETAILS_PRICE_UNKNOWN = N_("I do not know the price of {title}.")
PRICE = N_("{title} costs {price}.")
WATCHING = N_("I will tell you here when {title} costs less than {price}.")
WATCHING_MANY = N_("You already wait for as many prices as I can watch. Stop one first, or all of them.")
WATCHING_NOTHING = N_("All right, I tell you about no price any more.")
WATCH_NO_PRICE = N_("I know no price of {title}, so I cannot tell you when it changes.")
UNWATCHED = N_("All right, I tell you no more about the price of {title}.")
PRICE_FELL = N_("Good news: {title} costs {price} now. It was {was}.")
BACK_IN_STOCK = N_("Good news: {title} can be had again.")
MORE_OFFERS = NN_("one more offer", "{count} more offers")
SOLD_OUT = N_("sold out")
BUY = N_("Here it is. The link on the card leads to the shop.")
BUY_NO_LINK = N_("{title} has no shop page that I know of. I can look for something similar.")
COMPARE = N_("Side by side: {items}.")
SAVED = N_("Saved: {title}.")
UNSAVED = N_("No longer saved: {title}.")
SAVED_LIST = NN_("You have saved one.", "You have saved {count}.")
NOT_SOLD = N_("No longer sold: {titles}.")
SAVED_NONE = N_("You have not saved anything yet.")

# --- what the person brings ------------------------------------------------------------------------

OWN_TITLE = N_("{color} {category}")
OWN_SEEN = N_("I see a garment in your picture: {title}.")
OWN_SEEN_SEVERAL = NN_(
    "I see {count} garments in your pictures: {titles}.", "I see {count} garments in your pictures: {titles}."
)
LINK_WHERE = N_("Send me the link to the page, and I look at what it sells.")
LINK_READING = N_("I am looking at that page. It takes a few seconds.")
LINK_SEEN = N_("This is what the page sells: {title}.")
LINK_LOST = N_("I could not look at that page. Send the link again, or send me a picture of the piece.")

# --- trying on -------------------------------------------------------------------------------------

TRYON_NEEDS_PHOTO = N_("I would love to show you {title} on you.")
THE_CHOSEN = N_("the one you picked")
TRYON_NOT_THIS_KIND = N_("I cannot put {title} on a photo; I do tops, trousers, skirts and dresses.")
TRYON_ALREADY = N_("I am already working on {title}. The picture comes by itself.")
TRYON_TOO_MANY = NN_(
    "{count} pictures are on their way already. As soon as one is there you can ask for the next.",
    "{count} pictures are on their way already. As soon as one is there you can ask for the next.",
)
TRYON_STARTED = N_("{title} is on its way to you: {when}")
TRYON_NOW = N_("I start right now, about {wait}.")
TRYON_QUEUED = NN_("One is ahead of you, about {wait}.", "{count} are ahead of you, about {wait}.")
TRYON_DONE = N_("Here you are in {title}.")
RESULT_LABELS = {"preview": N_("A preview: the picture shows the look and promises no fit.")}
RESULT_LABEL_GENERATED = N_(
    "Made by a diffusion model: parts of the picture are generated, and it promises no fit."
)
TRYON_REFINING = N_("A finer picture is being painted; it takes the place of this one by itself.")
TRYON_KEPT = N_("I stopped there: the preview stays.")
TRYON_NOT_REFINED = N_("I am sorry: the finer picture did not work out, so the preview stays.")
TRYON_BEFORE_ALT = N_("Your photo before")
TRYON_RESULT_ALT = N_("You wearing {title}")
TRYON_FAILED = N_("{title} did not work out.")
TRYON_CANCELLED = N_("Stopped. I do not go on with {title}.")
TRYON_NEW_PHOTO = N_("I make {title} with your new photo instead.")
TRYON_STOPPING = NN_("I am stopping it.", "I am stopping all {count}.")
TRYON_NOTHING_RUNNING = N_("Nothing is running at the moment.")
TRYON_STATUS = NN_("I am still working on {titles}.", "I am working on {count}: {titles}.")
TRYON_STATUS_DONE = N_("It is done: here is {title} again.")
TRYON_NOTHING_TO_RETRY = N_("There is no try-on to repeat yet.")
TRYON_WHICH = N_("Tell me what to try on: pick one here, or say what you would like to wear.")

# --- deleting --------------------------------------------------------------------------------------

ERASE_ASK = N_(
    "Shall I delete everything: your photo, all pictures of you, what you saved and this conversation? "
    "It cannot be brought back."
)
ERASE_KEPT = N_("Nothing is deleted.")
ERASE_DONE = N_("All of it is deleted. Thank you for your visit. If you come again, we start afresh.")

ERASED_ELSEWHERE = N_("You asked for it in {channel}, which was linked with this chat.")

# --- one person, many channels ---------------------------------------------------------------------

CHANNELS = {
    "web": N_("the web chat"),
    "terminal": N_("the terminal"),
    "telegram": N_("Telegram"),
    "discord": N_("Discord"),
    "email": N_("e-mail"),
}
LINK_CODE = N_(
    "Your code is\n\n{code}\n\nOpen me in the other app or browser and send me just this code there. It works "
    "once, within {wait}. Your photo, what you saved and your agreement then count in both. Give it to nobody: "
    "whoever sends it can use your photo."
)
LINK_ASK = N_(
    "Link this chat with the person who made the code? It was made in {channel}. Your photo (the newest one), "
    "your pictures and what you saved are then shared by both chats. Say yes only if you made the code yourself."
)
LINK_DECLINED = N_("All right, nothing is linked.")
LINKED = N_(
    "Done: this chat is linked with the one in {channel}. Your photo, what you saved and your agreement count in "
    "both; each chat keeps its own messages. “Unlink this chat” undoes it."
)
LINKED_ELSEWHERE = N_(
    "Your code was used in {channel}: both chats are linked now and share your photo and what you saved. If that "
    "was not you, unlink this chat, or delete your data: that deletes it for both."
)
LINK_REFUSED = {
    "unknown": N_("That code is no longer valid. A code works once, for a few minutes; you can make a new one."),
    "own": N_(
        "That code was made by yourself, here or in a chat that is linked already. Send it in the other app."
    ),
    "public": N_("Others can read along here. Please write to me in private about linking, with a new code."),
    "too_many": N_("Those were too many wrong codes. For safety I take none from you for an hour."),
}
UNLINK_ASK = N_(
    "Shall I unlink this chat from {channels}? It keeps its messages, the pictures in them and a copy of what you "
    "saved. A photo stays only with the chats that it was sent in."
)
UNLINK_NOTHING = N_("This chat is not linked with any other.")
UNLINK_KEPT = N_("This chat stays linked.")
UNLINKED = N_(
    "This chat is on its own again, with its messages and a copy of what you saved. The other chats keep theirs. "
    "Neither sees anything new of the other."
)
UNLINKED_ELSEWHERE = N_("A chat in {channel} was unlinked from this one.")

# --- what a person told for good --------------------------------------------------------------------

SIZE = N_("size {sizes}")
SIZE_IN = N_("{kind}: size {sizes}")
UP_TO = N_("up to {price}")
FROM = N_("from {price}")
ABOUT = N_("about {price}")
PRICES_IN = N_("prices in {currency}")
WITHOUT = N_("without {things}")
LIKES = N_("you like {things}")
AVOIDS = N_("you avoid {things}")
NOTED = N_("Noted for next time: {facts}.")
FORGOTTEN = N_("Forgotten: {facts}.")
UNDONE_AGAIN = N_("Undone. I remember again: {facts}.")
UNDONE_FORGOTTEN = N_("Undone. I have forgotten again: {facts}.")
PROFILE = N_("This is what I know about you:")
PROFILE_EMPTY = N_("I know nothing about you yet. Your size, your budget or a colour you avoid help me choose.")
PROFILE_ALREADY = N_("That is what I know already.")
PROFILE_NOT_KNOWN = N_("I know nothing of that, so there is nothing to forget.")
PROFILE_WHAT = N_("I can remember your size, your budget, for whom you look, and what you like and avoid.")
ASK_SIZE = N_("Which size do you usually take? Tap one or write it.")
ASK_SIZE_IN = N_("Which size do you usually take? Tap one or write it. It is for: {kind}.")
ASK_BUDGET = N_("What is the most that one piece may cost? Write it, for example “2000 rupees” or “50 euros”.")
ASK_GENDER = N_("Shall I look among women's or men's clothes?")
ASK_CURRENCY = N_("Which currency should prices be in?")
ASK_LANGUAGE = N_("Which language shall I speak?")
TASTES = N_("Tap what I should forget, or just tell me what you like and what you avoid.")
LANGUAGE_SET = N_("From now on I speak {language}.")
LANGUAGE_UNKNOWN = N_("I do not speak that language yet.")
WITHOUT_ANSWER = N_("That is fine, we go on without it.")

# --- mails -----------------------------------------------------------------------------------------

MAILS_ONLY = N_(
    "Mails go only to an address that you gave me and confirmed, and only those you asked for, until you say stop."
)
MAIL_ASK_ADDRESS = N_(
    "Which address shall I write to? I send a link there first; nothing else goes out before you open it."
)
MAIL_NO_ADDRESS = N_("That is no address that I can write to. It should look like name@example.com.")
MAIL_ASK_ZONE = N_("Where are you, so that it comes at the right hour? Tap a city, or write a city or a country.")
MAIL_ZONE_UNKNOWN = N_("I do not know that place; a larger city nearby helps.")
MAIL_NOT_NOW = N_("All right, no mails.")
MAIL_PUBLIC = N_("Others can read along here. Please write to me in private about mails.")
MAIL_WHICH = N_("What shall I send there?")
MAIL_NOT_ONE_KIND = N_("I choose after your taste, not one kind alone.")
MAIL_CONFIRM_FIRST = N_(
    "I have sent a link to {address}. Once you open it, mails come {when}: your new pictures, what got cheaper of "
    "what you saved, and what may be to your taste. When nothing is new, none comes."
)
MAIL_CONFIRM_ALERT = N_("I have sent a link to {address}. Once you open it, a mail tells you {when}.")
MAIL_CONFIRM_THEN = N_("I have sent a link to {address}. Once you open it, the mail you asked for goes out.")
MAIL_CONFIRMED = N_("Thank you, {address} is confirmed.")
MAIL_UNCONFIRMED = N_("Nothing is sent yet: please open the link that I sent there.")
MAILS_COME = N_("Mails go to {address}, {when}.")
MAILS_ARE_PAUSED = N_("They are paused at the moment.")
MAILS_ONLY_ASKED = N_("I write to {address} only when you ask for something. Nothing comes by itself.")
MAILS_NONE = N_("You get no mails from me. If you like, I write now and then. How often?")
MAILS_PAUSED = N_("The mails are paused until you say “send the mails again”.")
MAILS_PAUSED_FOR = NN_("The mails are paused for one day.", "The mails are paused for {count} days.")
MAILS_PAUSED_TO = N_("The mails are paused. They go on here: {day}.")
MAILS_STOPPED = N_("All right, no more mails come by themselves. I keep the address for what you ask for.")
MAIL_FORGOTTEN = N_("I have forgotten the address and send no more mails.")
MAIL_CHANGE_HOW = N_("Say how you want it, for example “every sunday at 10”, or tap one.")
MAIL_PLAN_STAYS = N_("Your mails come {when}, with the prices that fell. Shall I mail prices at once instead?")
MAILED = N_("It is on its way to {address}.")
MAILED_ALREADY = N_("I have mailed you just that already.")
MAIL_REFUSED = {
    "address": MAIL_NO_ADDRESS,
    "too_many": N_(
        "I have sent links to that address several times today. Please look there, or try it tomorrow."
    ),
    "bounced": N_("Mails to that address came back. Which other one may I use?"),
    "complained": N_("Somebody asked me never to write to that address. Which other one may I use?"),
    "public": MAIL_PUBLIC,
    "off": N_("There is nothing that I could send, or no confirmed address to send it to."),
}
MAIL_WHEN = {
    "daily": N_("every day at {time}, {city} time"),
    "weekly": N_("every week on {day} at {time}, {city} time"),
    "monthly": N_("every month on day {day} at {time}, {city} time"),
    "alert": N_("as soon as the price of something you wait for falls"),
}

# --- small talk, help, and what is not there yet ---------------------------------------------------

GREET = N_("Hello, good to see you.")
THANKS = N_("You are welcome.")
GOODBYE = N_("Goodbye. I am here when you want to try something on.")
GLAD = N_("I am glad you like it.")
SORRY_PICTURE = N_("I am sorry that it did not turn out right. Another photo often helps, or another piece.")
SORRY_ITEMS = N_("Thank you for telling me. What should be different?")
LEFT_OUT = NN_("I leave {titles} out from now on.", "I leave out these {count} from now on: {titles}.")
LOOK_CLOSER = N_("Then I look for a closer fit. What is drawn shows the look, not how it fits.")
LOOK_LOOSER = N_("Then I look for a looser fit. What is drawn shows the look, not how it fits.")
WHICH_FIT = N_("What should I look for instead?")
OUT_OF_SCOPE = N_("I only know about clothes. Tell me what you would like to wear.")
NOT_UNDERSTOOD = N_("I did not understand that. Tell me what you would like to wear, in a few words.")
EMPTY = N_("That message came without words. Tell me what you would like to wear.")
CUT = N_("That was a long message; I read the first {limit} characters of it.")
UNSUPPORTED = {
    "voice": N_("I cannot listen to voice messages. Please write to me what you would like to wear."),
    "audio": N_("I cannot listen to recordings. Please write to me what you would like to wear."),
    "video": N_("I cannot watch videos. Please send me a photo, or write what you would like to wear."),
    "animation": N_("I cannot look at animations. Please send me a photo, or write what you would like to wear."),
    "sticker": N_("Nice one! Now tell me what you would like to wear."),
    "contact": N_("I have no use for contacts. Tell me what you would like to wear."),
    "location": N_("I need not know where you are. Tell me what you would like to wear."),
    "file": N_("I can only open pictures. Please send a photo, or write what you would like to wear."),
}
UNSUPPORTED_OTHER = N_("I only read words and look at photos. Tell me what you would like to wear.")
UNKNOWN_ACTION = N_("That button does nothing any more. Here is how we can go on.")
YES_TO_WHAT = N_("Gladly. What would you like to do?")
NO_TO_WHAT = N_("All right. What would you like instead?")
HELP = N_(
    "Here is what I do: you send a photo of yourself, say what you would like to wear (“red dress under 2000”), "
    "pick one (“try the second one”), and I show it on you. A picture of a garment works too, and so does a link "
    "to a shop's page. Also: “more”, “cheaper”, “in blue”, “undo”, “save 2”, "
    "“show saved”, “my size is L”, “what do you know about me?”, “cancel”, “new photo”, “email me these”, "
    "“link my Telegram”, “delete my data”."
)
PICTURES_AWAY = N_(
    "My store of pictures does not work at this moment. Nothing is lost: I go on with what you asked for by "
    "myself, as soon as it works again."
)
SOMETHING_BROKE = N_("Something on my side did not work, and I could not answer that. Please try it again.")
