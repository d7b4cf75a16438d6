"""The commands of `./fashioncore`. Each imports what it needs when it runs, so that the quick ones are quick.

Exit codes: 0 done; 2 wrong usage; 3 the input was refused, the message says why; 1 anything else.
"""

from __future__ import annotations

import json
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn
from uuid import UUID

import typer

from bot.weights.commands import app as weights_app
from bot.weights.commands import prepare_engine
from bot.weights.errors import Refused, WeightsError
from pipeline.errors import EngineUnavailable, PipelineError

if TYPE_CHECKING:
    from bot.channels.telegram.settings import TelegramSettings

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None
)

app.add_typer(weights_app, name="weights")

Data = Annotated[Path | None, typer.Option("--data", help="Folder for everything that is kept.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

WRONG_USAGE, REFUSED = 2, 3


class EngineName(StrEnum):
    """Engines of `tryon`."""

    PREVIEW = "preview"
    IDM = "idm"


class CategoryName(StrEnum):
    """Parts of the body, as in pipeline.types.Category."""

    UPPER = "upper"
    LOWER = "lower"
    DRESS = "dress"


def main() -> None:
    """Run the command of the arguments."""
    from dotenv import load_dotenv
    from pydantic import ValidationError

    from catalog.errors import CatalogError
    from storage.environment import explained
    from storage.errors import MediaUnavailable
    from storage.server_process import LocalServerError

    # Here once, so that every command and every process it starts sees the same; the environment wins.
    load_dotenv(Path(__file__).resolve().parents[1] / ".env")
    try:
        app(prog_name="fashioncore")
    except EngineUnavailable as error:
        _stop(1, error.detail)
    except (PipelineError, CatalogError) as error:
        _stop(REFUSED, error.user_message)
    except ValidationError as error:
        if not error.title.endswith("Settings"):
            raise
        _stop(WRONG_USAGE, explained(error))
    except Refused as error:
        _stop(REFUSED, str(error))
    except (LocalServerError, MediaUnavailable, WeightsError) as error:
        _stop(1, str(error))
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stop(code: int, message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise SystemExit(code)


@app.command()
def up(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the web chat.")] = 8787,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    data: Data = None,
) -> None:
    """Start everything on this machine; Ctrl-C ends it."""
    from bot.up import UpError
    from bot.up import up as run

    prepare_engine(data)
    try:
        run(port, host, data)
    except UpError as error:
        _stop(1, str(error))


@app.command()
def web(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8787,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    shared: Annotated[int | None, typer.Option("--socket", hidden=True)] = None,
) -> None:
    """Serve the web chat alone (DATABASE_URL and REDIS_URL say where the rest is)."""
    import asyncio
    import socket

    import uvloop

    from bot.settings import BotSettings

    settings = BotSettings()
    if shared is None and settings.web_processes > 1:
        from bot.web.together import serve_together

        try:
            asyncio.run(serve_together(settings, host, port))
        except OSError as error:
            _stop(1, f"Port {port} cannot be used on {host}: {error.strerror}.")
    else:
        from bot.web.server import serve

        # A tenth less of the processor for each message than asyncio's own loop takes.
        uvloop.run(serve(settings, host, port, None if shared is None else socket.socket(fileno=shared)))


def _telegram_settings(**given: Any) -> TelegramSettings:
    """The settings of the environment."""
    from bot.channels.telegram.settings import TelegramSettings

    return TelegramSettings(**given)


@app.command()
def telegram(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the webhook.")] = 8788,
    host: Annotated[str, typer.Option(help="Address the webhook listens on.")] = "127.0.0.1",
) -> None:
    """Serve Telegram alone: polling, or a webhook when FASHIONCORE_PUBLIC_URL is set."""
    import asyncio

    from bot.channels.telegram.server import TokenRefused, serve

    try:
        asyncio.run(serve(_telegram_settings(), host, port))
    except TokenRefused as error:
        _stop(1, str(error))


@app.command()
def discord() -> None:
    """Serve Discord alone (DISCORD_BOT_TOKEN, DATABASE_URL and REDIS_URL)."""
    import asyncio

    from bot.channels.discord.server import DiscordError, serve
    from bot.settings import BotSettings

    try:
        asyncio.run(serve(BotSettings()))
    except DiscordError as error:
        _stop(1, str(error))


@app.command()
def refund(
    charge: Annotated[str, typer.Argument(help="The payment's charge id, as the person sees it in their Stars.")],
    data: Data = None,
) -> None:
    """Give a payment of Telegram Stars back."""
    import asyncio

    from bot.channels.telegram.refunds import RefundRefused
    from bot.channels.telegram.refunds import refund as run
    from bot.local import settings_for

    with settings_for(data) as plain:
        urls = {"DATABASE_URL": plain.database_url, "REDIS_URL": plain.redis_url}
        settings = _telegram_settings(**{name: url.get_secret_value() for name, url in urls.items()})
        try:
            print(asyncio.run(run(settings, charge)))
        except RefundRefused as error:
            _stop(REFUSED, str(error))


@app.command()
def worker(
    serve: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Draw for workers elsewhere, on this port, without any database."),
    ] = None,
    host: Annotated[str, typer.Option(help="Address that --serve listens on.")] = "127.0.0.1",
) -> None:
    """Run one worker alone; with FASHIONCORE_ENGINE=idm it fetches its weights first, where they are not there."""
    from bot.up import without

    prepare_engine()
    more = [] if serve is None else ["--serve", str(serve), "--host", host]
    environment = without(dict(os.environ), "HF_TOKEN")  # it has done its work
    # Our own interpreter.
    os.execve(sys.executable, [sys.executable, "-m", "workers", *more], environment)  # noqa: S606


@app.command()
def migrate(data: Data = None) -> None:
    """Bring the database to the newest schema and stock the sample catalogue."""
    from bot.local import settings_for
    from bot.stocking import prepare

    with settings_for(data) as settings:
        prepare(settings)


@app.command()
def tryon(
    person: Annotated[Path, typer.Argument(help="Photo of a person.")],
    garment: Annotated[Path, typer.Argument(help="Picture of a garment.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Where the picture goes (.jpg, .png, .webp).")],
    engine: Annotated[EngineName, typer.Option()] = EngineName.PREVIEW,
    category: Annotated[CategoryName | None, typer.Option(help="Detected when not given.")] = None,
    number: Annotated[int | None, typer.Option("--person", min=1, help="Which of several people, from 1.")] = None,
    back: Annotated[Path | None, typer.Option(help="The garment from behind.")] = None,
    over: Annotated[
        bool | None,
        typer.Option(
            "--over/--instead", help="Over or instead of what is worn; seen in the picture when not given."
        ),
    ] = None,
    also: Annotated[
        list[Path] | None, typer.Option(help="A further piece of the outfit; may be repeated.")
    ] = None,
    tucked: Annotated[
        bool, typer.Option("--tucked", help="The top is tucked into the trousers or skirt.")
    ] = False,
    words: Annotated[str, typer.Option(help="What the garment is, for engines that read.")] = "",
    mask: Annotated[Path | None, typer.Option(help="Write the mask of changed pixels here.")] = None,
    as_json: AsJson = False,
) -> None:
    """One picture, with no server and no database."""
    from pipeline.tryon import run_tryon
    from pipeline.types import Category
    from storage.environment import EngineSettings

    try:
        report = run_tryon(
            person,
            garment,
            out,
            engine_name=engine.value,
            options=EngineSettings().engine_options(),
            category=None if category is None else Category(category.value),
            person_index=None if number is None else number - 1,
            back=back,
            over=over,
            also=also or (),
            tucked=tucked,
            words=words,
            mask=mask,
        )
    except OSError as error:
        _stop(2, f"{error.filename or 'A file'}: {error.strerror}.")
    if as_json:
        print(json.dumps(report.as_json()))
        return
    for warning in report.warnings:
        print(warning, file=sys.stderr)
    print(f"{report.out} ({sum(report.seconds.values()):.1f} s)")


@app.command()
def intake(files: list[Path], as_json: AsJson = False) -> None:
    """Say of each file whether it may come in as a photo."""
    from pipeline.intake import verdicts

    refused = False
    for verdict in verdicts(files):
        refused |= verdict["verdict"] == "reject"
        line = f"{verdict['file']}: {verdict['verdict']} ({verdict['code']}) {verdict['message']}"
        print(json.dumps(verdict) if as_json else line, flush=True)
    if refused and not as_json:
        raise SystemExit(REFUSED)


@app.command()
def search(
    text: str,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 10,
    source: Annotated[str | None, typer.Option(help="Only products of this source.")] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Search the catalogue and the shops that are set up; one line a product."""
    import asyncio
    from dataclasses import asdict

    from bot.bootstrap import open_catalogue, open_database
    from bot.dialogue.types import Context
    from bot.dialogue.understanding import understand as read
    from bot.local import settings_for
    from bot.stocking import prepare
    from catalog.query import query_from_slots
    from catalog.types import Page

    with settings_for(data) as settings:
        prepare(settings)
        database = open_database(settings)
        slots = dict(read(text, Context()).slots)
        if source:
            slots["source"] = [source]
        query = query_from_slots(text, slots)

        async def find() -> Page:
            async with open_catalogue(settings, database) as catalogue:
                return await catalogue.search(query, limit)

        page = asyncio.run(find())
        database.close()
    for product in page.products:
        print(json.dumps(asdict(product), default=str) if as_json else f"{product.id}  {product.title}")


@app.command()
def chat(
    as_json: AsJson = False,
    data: Data = None,
    name: Annotated[str, typer.Option("--as", help="Who is talking: each name is a person of its own.")] = "me",
    pictures: Annotated[
        Path | None, typer.Option(help="Folder for pictures, instead of one with the data.")
    ] = None,
    wait: Annotated[float, typer.Option(min=1, help="Seconds that the answers to one line may take.")] = 120,
) -> None:
    """Talk to the stylist here; lines on standard input, messages on standard output."""
    import asyncio

    from bot.channels.terminal.chat import ChatError, Manner
    from bot.channels.terminal.command import NAME
    from bot.channels.terminal.command import chat as run
    from bot.local import settings_for
    from bot.stocking import prepare

    if not NAME.fullmatch(name):
        raise typer.BadParameter("A name has letters, digits, dots, dashes and underscores.", param_hint="--as")
    manner = Manner(as_json, sys.stdin.isatty(), sys.stdout.isatty() and not as_json, wait)
    try:
        with settings_for(data) as settings:
            prepare(settings)
            asyncio.run(run(settings, name, pictures, manner))
    except ChatError as error:
        _stop(1, str(error))


@app.command()
def understand() -> None:
    """Read messages as JSON Lines on standard input, write their frames on standard output."""
    from bot.dialogue.understanding import understand_lines

    for line in understand_lines(sys.stdin):
        print(line, flush=True)


@app.command("import-feed")
def import_feed(
    feed: Annotated[str, typer.Argument(help="File or address: XML, CSV, TSV, JSON, JSON Lines; .gz too.")],
    source: Annotated[str, typer.Option(help="Name of the shop, part of its products' ids.")] = "feed",
    currency: Annotated[str | None, typer.Option(help="Currency of prices that name none, as EUR.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="OURS=THEIRS, as title=product_label; may be repeated.")
    ] = None,
    shop: Annotated[str | None, typer.Option(help="Address of the shop, for Shopify's exports.")] = None,
    encoding: Annotated[str | None, typer.Option(help="When it is neither UTF-8 nor western.")] = None,
    partial: Annotated[bool, typer.Option("--partial", help="What the feed does not name stays on sale.")] = False,
    pictures: Annotated[
        bool, typer.Option("--pictures", help="Fetch pictures from the web now, not when first shown.")
    ] = False,
    shrink: Annotated[
        bool, typer.Option("--shrink", help="Take out what is gone though it is more than half.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Also when the feed has not changed.")] = False,
    data: Data = None,
) -> None:
    """Put the products of a feed into the catalogue; started again after a break it goes on where it was."""
    from bot.feeds import FeedOrder
    from bot.feeds import import_feed as run
    from bot.local import settings_for
    from bot.progress import ProgressBar
    from catalog.feeds import FeedOptions
    from storage.migrate import upgrade

    pairs = [pair.partition("=") for pair in column or ()]
    if not all(ours and theirs for ours, _, theirs in pairs):
        raise typer.BadParameter("It is OURS=THEIRS, as title=product_label.", param_hint="--column")
    columns = {ours.strip(): theirs.strip() for ours, _, theirs in pairs}
    options = FeedOptions(source, currency.upper() if currency else None, columns, shop, encoding)
    order = FeedOrder(feed, options, partial, pictures, shrink, again)
    with settings_for(data) as settings:
        upgrade(settings.database_url.get_secret_value())
        try:
            with ProgressBar() as bar:
                summary = run(settings, order, bar)
        except KeyboardInterrupt:
            _stop(1, "Stopped. The same command goes on where it was.")
    for line in summary.lines():
        print(line)


@app.command()
def feeds() -> None:
    """Import the feeds that FASHIONCORE_FEEDS lists, each as often as it says, until stopped."""
    from bot.feed_schedule import serve
    from bot.settings import BotSettings

    serve(BotSettings())


@app.command()
def doctor(data: Data = None) -> None:
    """Look whether everything that is needed is there and well."""
    from bot.local import settings_for
    from bot.operations import doctor as look
    from bot.stocking import prepare

    ill = False
    with settings_for(data) as settings:
        prepare(settings)
        for finding in look(settings):
            ill |= not finding.well
            print(f"{'ok     ' if finding.well else 'PROBLEM'} {finding.what}: {finding.detail}", flush=True)
    if ill:
        raise SystemExit(1)


@app.command()
def digest(
    preview: Annotated[
        UUID | None, typer.Option("--preview", help="Open in the browser what this person would get now.")
    ] = None,
    home: Annotated[str | None, typer.Option(hidden=True)] = None,
    data: Data = None,
) -> None:
    """Send mail, and take in what comes back, until stopped; with --preview show one mail and send nothing."""
    import asyncio

    from bot.local import settings_for

    if preview is None:
        from bot.mail.service import serve

        with settings_for(data) as settings:
            asyncio.run(serve(settings, home))
        return
    import tempfile
    import webbrowser

    from bot.mail.preview import letter_for, save
    from bot.operations import known

    with settings_for(data) as settings:
        if not known(settings, preview):
            _stop(REFUSED, f"There is no person {preview}.")
        letter = asyncio.run(letter_for(settings, preview))
    if letter is None:
        print("Nothing is new for them: no mail would go.")
        return
    # Not with the data: it shows somebody's pictures, and is nothing to keep.
    page = save(letter, Path(tempfile.mkdtemp(prefix="fashioncore-")), f"digest-{preview}")
    print(page)
    webbrowser.open(page.as_uri())


@app.command("mail-in")
def mail_in(
    file: Annotated[typer.FileBinaryRead, typer.Argument(help="A mail as it came in; - is standard input.")],
    data: Data = None,
) -> None:
    """Take in one mail that came back: a bounce, a complaint, a request to stop. For a mail server's pipe."""
    import asyncio

    from bot.local import settings_for
    from bot.mail.incoming import MAX_BYTES
    from bot.mail.service import take_in

    with settings_for(data) as settings:
        print(asyncio.run(take_in(settings, file.read(MAX_BYTES))))


@app.command("export-user")
def export_user(
    person: UUID,
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write to.")],
    data: Data = None,
) -> None:
    """Write everything kept about a person into a folder."""
    from bot.local import settings_for
    from bot.operations import export_user as run

    with settings_for(data) as settings:
        pictures = run(settings, person, out)
    if pictures < 0:
        _stop(REFUSED, f"There is no person {person}.")
    print(f"{out / 'person.json'} and {pictures} pictures")


@app.command("erase-user")
def erase_user(person: UUID, data: Data = None) -> None:
    """Erase a person with everything kept about them."""
    import asyncio

    from bot.local import settings_for
    from bot.operations import erase_user as run

    with settings_for(data) as settings:
        erased = asyncio.run(run(settings, person))
    if not erased:
        _stop(REFUSED, f"There is no person {person}.")
    print("Erased.")


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="Where backups are; an older one there is brought up to date.")],
    keep: Annotated[int, typer.Option(min=1, max=1000, help="How many dumps of the database stay.")] = 7,
    data: Data = None,
) -> None:
    """Back up database and pictures while everything runs."""
    from bot.backup import BackupError, back_up
    from bot.local import settings_for
    from bot.progress import ProgressBar

    try:
        with settings_for(data) as settings, ProgressBar() as told:
            dump = back_up(settings, folder, keep, told)
    except (BackupError, OSError) as error:
        _stop(1, str(error))
    print(dump)


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="Where backups are.")],
    dump: Annotated[Path | None, typer.Option(help="Another dump than the newest.")] = None,
    data: Data = None,
) -> None:
    """Bring a backup into an empty place; who was erased since stays erased."""
    from bot.backup import BackupError
    from bot.backup import restore as run
    from bot.local import settings_for
    from bot.progress import ProgressBar

    try:
        with settings_for(data) as settings, ProgressBar() as told:
            restored = run(settings, folder, told, dump)
    except (BackupError, OSError) as error:
        _stop(1, str(error))
    print(f"Restored {restored}")


@app.command("prepare-bucket")
def prepare_bucket(data: Data = None) -> None:
    """Make the bucket of S3_BUCKET where there is none, and set the rules by which deleted pictures are gone."""
    from bot.local import settings_for
    from bot.media_moves import prepare_bucket as run

    with settings_for(data) as settings:
        if not run(settings):
            _stop(WRONG_USAGE, "No bucket is set. Set S3_BUCKET and what belongs to it: docs/media.md.")
        print(f"The bucket {settings.s3_bucket} is ready.")


@app.command("move-media")
def move_media(data: Data = None) -> None:
    """Move all pictures into the store that FASHIONCORE_MEDIA names, while everything runs on."""
    from bot.local import settings_for
    from bot.media_moves import move_media as run
    from bot.progress import ProgressBar

    with settings_for(data) as settings, ProgressBar() as told:
        moved = run(settings, told)
    if moved is None:
        _stop(WRONG_USAGE, "There is one store only. Set S3_BUCKET and FASHIONCORE_MEDIA: docs/media.md.")
    print(f"{moved} pictures moved; the other store is empty.")


@app.command("seal-media")
def seal_media(data: Data = None) -> None:
    """Seal people's pictures that were kept while FASHIONCORE_MASTER_KEY was not set, while everything runs on."""
    from bot.local import settings_for
    from bot.media_moves import seal_media as run
    from bot.progress import ProgressBar

    with settings_for(data) as settings, ProgressBar() as told:
        if settings.master() is None:
            _stop(WRONG_USAGE, "Please set FASHIONCORE_MASTER_KEY: docs/privacy.md.")
        sealed = run(settings, told)
    print(f"{sealed} pictures sealed.")


@app.command("rotate-master-key")
def rotate_master_key(data: Data = None) -> None:
    """Wrap people's keys with the first key of FASHIONCORE_MASTER_KEY, while everything runs on."""
    from bot.local import settings_for
    from bot.media_moves import rotate_master_key as run
    from bot.progress import ProgressBar

    with settings_for(data) as settings, ProgressBar() as told:
        if settings.master() is None:
            _stop(WRONG_USAGE, "Please set FASHIONCORE_MASTER_KEY: docs/privacy.md.")
        wrapped = run(settings, told)
    print(f"{wrapped} keys are wrapped with the first master key; the others may go.")


@app.command()
def stats(
    days: Annotated[int, typer.Option(min=1, max=3660, help="How many days up to today (UTC).")] = 14,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Print what people did, and how much of everything there is."""
    from bot.local import settings_for
    from bot.operations import stats as run
    from bot.stats_table import lines

    with settings_for(data) as settings:
        counted = run(settings, days)
    print(json.dumps(counted, indent=1) if as_json else "\n".join(lines(counted)))


@app.command()
def bench(
    quality: Annotated[bool, typer.Option("--quality", help="Judge the previews instead of the speed.")] = False,
    only: Annotated[str, typer.Option(help="With --quality: only pictures whose name contains this.")] = "",
    jobs: Annotated[int, typer.Option(min=1, max=2, help="With --quality: processes.")] = 1,
    search: Annotated[int, typer.Option(min=0, help="Measure search instead, over up to so many products.")] = 0,
    texts: Annotated[
        Path | None, typer.Option(help="With --search: texts whose words the products are made of.")
    ] = None,
    mail: Annotated[int, typer.Option(min=0, help="Measure mail instead, with so many subscriptions due.")] = 0,
    idm: Annotated[bool, typer.Option("--idm", help="Measure IDM-VTON's networks against the plain way.")] = False,
    load: Annotated[
        str, typer.Option(help="Measure under load: messages, people, queue, fairness, history, memory or all.")
    ] = "",
    seconds: Annotated[float, typer.Option(min=0, help="With --load: for how long; 0 is each part's own.")] = 0.0,
) -> None:
    """Measure this machine, or the quality of previews, search, mail, IDM-VTON, load; prints a Markdown table."""
    if mail:
        from bot.bench_mail import run as measure_mail

        print(measure_mail(mail))
        return
    if search:
        from bot.bench_search import run as measure_search

        print(measure_search(search, texts))
        return
    if quality or idm or load:
        # The measurement belongs to the tests, which no package of the program may import: a process of its own.
        path = [str(Path(__file__).resolve().parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
        if load:
            what = ["tests.load", *load.split(","), *(["--seconds", str(seconds)] if seconds else [])]
        else:
            what = ["tests.gpu.bench"] if idm else ["tests.quality", "--only", only, "--jobs", str(jobs)]
        arguments = [sys.executable, "-m", *what]
        os.execve(sys.executable, arguments, environment)  # noqa: S606 # our own interpreter
    from bot.bench import run

    print(run())


@app.command("verify-idm")
def verify_idm(folder: Path) -> None:
    """Compare every stage of IDM-VTON with stored results of its reference, a line each; 1 when one is off."""
    try:
        from pipeline.engines.idm.verify import verify
    except ModuleNotFoundError as error:
        _stop(1, f"IDM-VTON needs {error.name}, of the packages in requirements/gpu.txt.")
    missed = 0
    for stage in verify(folder):
        print(stage, flush=True)
        missed += not stage.passed
    if missed:
        _stop(1, f"{missed} outside the tolerance.")


if __name__ == "__main__":
    main()
