"""`python -m tests.dialogues FILE...`: plays scripts and prints what happens, in the words of a script."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from bot.settings import BotSettings
from bot.stocking import prepare
from storage.local_servers import LocalServers
from tests.dialogues.script import read
from tests.dialogues.stage import play
from tests.programs import stage


def main() -> None:
    """Each file once, in the terminal."""
    scripts = [read(Path(name)) for name in sys.argv[1:]]
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalServers(Path(folder) / "servers", durable=False) as servers,
        stage(servers.database_url, servers.redis_url, Path(folder)) as opened,
    ):
        data = Path(opened.environment["FASHIONCORE_DATA"])
        prepare(BotSettings(DATABASE_URL=servers.database_url, REDIS_URL=servers.redis_url, data=data))
        outcomes = asyncio.run(play(opened, [(script, "terminal") for script in scripts]))
    for script, outcome in zip(scripts, outcomes, strict=True):
        print(f"# {script.title}\n")
        print("\n\n".join(outcome.story))
        print(f"\n{outcome.error or 'as written'}\n")


if __name__ == "__main__":
    main()
