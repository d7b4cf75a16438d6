"""`fashioncore up`: everything on this machine, started in order, watched, and ended in order."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import httpx

from bot import local
from bot.parts import Part, say
from bot.settings import BotSettings
from bot.stocking import prepare
from pipeline.engines.registry import IDM, PREVIEW
from storage.local_servers import LocalServers
from storage.server_process import AlreadyRunning, LocalServerError

READY_S = 60.0
TOKENS = ("TELEGRAM_BOT_TOKEN", "DISCORD_BOT_TOKEN")
"""Each belongs to the part of its channel alone: nobody else is told, a worker least of all."""

WORKERS_OWN = ("FASHIONCORE_REMOTE_KEY",)
"""For workers: no other part calls the engine elsewhere."""

KEYS = (
    "OPENAI_API_KEY",
    "AMAZON_CREDENTIAL_SECRET",
    "FLIPKART_AFFILIATE_TOKEN",
    "SHOPIFY_CLIENT_SECRET",
    "HF_TOKEN",
    "SMTP_URL",
    "IMAP_URL",
    "FASHIONCORE_MAIL_DKIM_KEY",
)
"""For the parts that talk with people; a worker only renders."""

WATCH_S = 0.5
"""How often we look whether our servers still run."""


class UpError(Exception):
    """Why it cannot start, and what to do; for the person at the terminal."""


class Steps:
    """Prints what is done and how long each step took."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def done(self, what: str) -> None:
        """A step is over."""
        now = time.monotonic()
        print(f"  {what:<44}{now - self._began:5.1f} s", flush=True)
        self._began = now


def up(port: int, host: str, given: Path | None) -> None:
    """Run everything until Ctrl-C or SIGTERM. Raises UpError, LocalServerError."""
    data = local.data_folder(given)
    address = f"http://{host if ':' not in host else f'[{host}]'}:{port}/"
    _check_port(host, port)
    print("fashionCORE", flush=True)
    steps = Steps()
    local.make_master_key(data)
    # One port cannot be had by each of them.
    environment = without({**os.environ, "FASHIONCORE_DATA": str(data)}, "FASHIONCORE_HEALTH_PORT")
    servers = None
    if not (environment.get("DATABASE_URL") and environment.get("REDIS_URL")):
        servers = LocalServers(data)
        try:
            servers.start()
        except AlreadyRunning as error:
            found = local.running(data)
            where = f" at {found.address}" if found else ""
            raise UpError(f"It runs already{where}, with the data in {data}.") from error
        environment["DATABASE_URL"] = environment.get("DATABASE_URL") or servers.database_url
        environment["REDIS_URL"] = environment.get("REDIS_URL") or servers.redis_url
        steps.done("PostgreSQL and Valkey answer")
    try:
        os.environ.update({name: environment[name] for name in ("DATABASE_URL", "REDIS_URL", "FASHIONCORE_DATA")})
        prepare(BotSettings())
        steps.done("database and sample catalogue are ready")
        local.announce(data, local.Running(address, environment["DATABASE_URL"], environment["REDIS_URL"]))
        asyncio.run(_serve(environment, host, port, lambda: _say_hello(steps, address, data), servers))
    finally:
        local.withdraw(data)
        if servers is not None:
            servers.stop()
    print("Stopped. Everything is kept in", data, flush=True)


async def _serve(
    environment: dict[str, str], host: str, port: int, ready: Callable[[], None], servers: LocalServers | None
) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    plain = without_tokens(environment)
    parts = [
        Part("web", ["bot", "web", "--host", host, "--port", str(port)], plain, stop_s=8),
        Part("mail", ["bot", "digest", "--home", f"http://{_reachable(host)}:{port}"], plain, stop_s=15),
    ]
    parts += [
        Part(name, ["workers"], for_worker(environment) | told, stop_s=25)
        for name, told in workers_of(BotSettings().engine, environment)
    ]
    if has_token(environment, "TELEGRAM_BOT_TOKEN"):
        mine = with_token(environment, "TELEGRAM_BOT_TOKEN")
        # Its webhook listens beside the web chat; whatever serves https in front of both parts them by path.
        beside = port + 1 if port < 65535 else port - 1
        arguments = ["bot", "telegram", "--host", host, "--port", str(beside)]
        parts.append(Part("telegram", arguments, mine, stop_s=8))
    if has_token(environment, "DISCORD_BOT_TOKEN"):
        parts.append(Part("discord", ["bot", "discord"], with_token(environment, "DISCORD_BOT_TOKEN"), stop_s=8))
    if environment.get("FASHIONCORE_FEEDS"):
        parts.append(Part("feeds", ["bot", "feeds"], without(plain, *KEYS), stop_s=8))
    tasks = [asyncio.create_task(part.run()) for part in parts]
    if servers is not None:
        tasks.append(asyncio.create_task(_watch(servers)))

    def asked() -> None:
        if stop.is_set():
            # A second Ctrl-C: no more waiting for the running job.
            for task in tasks:
                task.cancel()
        stop.set()

    for signum in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signum, asked)
    try:
        starting = asyncio.create_task(_until_ready(host, port))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            ready()
        await stopping
        print("\nStopping.", flush=True)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _watch(servers: LocalServers) -> None:
    """Start our servers again when they end; the parts wait for them by themselves. Until cancelled."""
    while True:
        await asyncio.sleep(WATCH_S)
        reviving = asyncio.create_task(asyncio.to_thread(servers.revive))
        try:
            for name in await asyncio.shield(reviving):
                say(f"{name}: it had ended and is started again")
        except asyncio.CancelledError:
            # Whoever ends the servers next must find them whole.
            await asyncio.wait([reviving])
            raise
        except LocalServerError as error:
            say(str(error))


def engines_of(engine: str) -> tuple[str, ...]:
    """The engines that work where pictures are made by this one: the preview's goes before a slower one."""
    return tuple(dict.fromkeys((PREVIEW, engine)))


def workers_of(engine: str, environment: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The workers of this machine, by name, with what each is told: one for each GPU where there are several."""
    yield "worker", {"FASHIONCORE_ENGINE": PREVIEW}
    for one in engines_of(engine)[1:]:
        told = {"FASHIONCORE_ENGINE": one}
        count = gpus(environment)
        if count < 2 or one != IDM or environment.get("FASHIONCORE_IDM_DEVICE", "auto") != "auto":
            yield f"worker {one}", told
        else:
            for number in range(count):
                yield f"worker {one} {number}", {**told, "FASHIONCORE_IDM_DEVICE": f"cuda:{number}"}


def gpus(environment: Mapping[str, str]) -> int:
    """How many GPUs a process of this environment sees; asked without torch, which takes seconds to load."""
    if (visible := environment.get("CUDA_VISIBLE_DEVICES")) is not None:
        return len([name for name in visible.split(",") if name.strip() not in ("", "-1")])
    try:
        listed = subprocess.run(  # the one that the driver put where commands are
            ["nvidia-smi", "-L"],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    return len([line for line in listed.stdout.splitlines() if line.startswith("GPU ")])


def has_token(environment: dict[str, str], name: str) -> bool:
    """Whether a token is set, itself or as a file."""
    return bool(environment.get(name) or environment.get(f"{name}_FILE"))


def with_token(environment: dict[str, str], name: str) -> dict[str, str]:
    """The environment for the part that this one token is for."""
    mine = {key: environment[key] for key in (name, f"{name}_FILE") if environment.get(key)}
    others = {key: value for key, value in without_tokens(environment).items() if key != name}
    return others | mine


def without_tokens(environment: dict[str, str]) -> dict[str, str]:
    """The environment for a part that speaks to no platform."""
    return without(environment, *TOKENS, *WORKERS_OWN)


def for_worker(environment: dict[str, str]) -> dict[str, str]:
    """The environment for a worker: it speaks to no platform and asks no model."""
    return without(environment, *TOKENS, *KEYS)


def without(environment: dict[str, str], *secrets: str) -> dict[str, str]:
    """The environment with these set to nothing: a process reads `.env` too."""
    names = {key for name in secrets for key in (name, f"{name}_FILE")}
    return {key: value for key, value in environment.items() if key not in names} | dict.fromkeys(secrets, "")


async def _until_ready(host: str, port: int) -> None:
    deadline = time.monotonic() + READY_S
    async with httpx.AsyncClient(trust_env=False) as client:
        while time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                answer = await client.get(f"http://{_reachable(host)}:{port}/readyz")
                if answer.status_code == 200:
                    return
            await asyncio.sleep(0.05)
    raise UpError(f"The web chat did not answer within {READY_S:.0f} s; its lines above say why.")


def _say_hello(steps: Steps, address: str, data: Path) -> None:
    steps.done("worker and web chat are up")
    print(f"\n  Open  {address}\n\n  Kept in {data}. Ctrl-C ends it.\n", flush=True)


def _reachable(host: str) -> str:
    """Where this machine reaches a server that listens on `host`."""
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 # compared, not bound


def _check_port(host: str, port: int) -> None:
    try:
        with socket.create_server((host, port)):
            return
    except OSError as error:
        raise UpError(
            f"Port {port} cannot be used on {host} ({error.strerror}). Another program may have it;"
            f" choose one with --port, for example --port {port + 1 if port < 65535 else 8787}."
        ) from error
