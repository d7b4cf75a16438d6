"""`./fashioncore weights …`, and what `up` and `worker` do first when their engine needs weights."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.weights.errors import WeightsError

if TYPE_CHECKING:
    from bot.weights.pull import Halve
    from bot.weights.settings import WeightsSettings
    from bot.weights.sources import Source

app = typer.Typer(help="The weights of IDM-VTON: fetch, check, convert (docs/idm.md).", no_args_is_help=True)

ENGINE = "idm"

Folder = Annotated[Path | None, typer.Option("--dir", help="Folder of the weights, instead of one with the data.")]
Data = Annotated[Path | None, typer.Option("--data", help="Folder for everything that is kept.")]


@app.command()
def pull(
    folder: Folder = None,
    repository: Annotated[str | None, typer.Option(help="Another repository, as a mirror's OWNER/NAME.")] = None,
    revision: Annotated[str | None, typer.Option(help="Branch, tag or commit.")] = None,
    source: Annotated[
        Path | None, typer.Option("--from", help="Take them out of a folder, not from the network.")
    ] = None,
    dresscode: Annotated[
        bool, typer.Option("--dresscode", help="The second UNet, for lower bodies and dresses, as well.")
    ] = False,
    as_published: Annotated[
        bool, typer.Option("--as-published", help="Keep full precision; needs no torch and twice the space.")
    ] = False,
    accept_licence: Annotated[
        str | None, typer.Option(help="Name of the licence, where nobody is there to be asked.")
    ] = None,
    data: Data = None,
) -> None:
    """Fetch the weights, check every file, and convert them to half precision. Goes on where it was."""
    given = {
        "idm_weights": folder,
        "idm_repository": repository,
        "idm_revision": revision,
        "accept_licence": accept_licence,
    }
    settings = _settings(data, **{name: value for name, value in given.items() if value is not None})
    _pull(settings, source, dresscode=dresscode, halve=None if as_published else _halve())
    print(f"\n{settings.weights} is complete. Next: FASHIONCORE_ENGINE={ENGINE} ./fashioncore up")
    if dresscode:
        print(
            f"With FASHIONCORE_IDM_DRESSCODE_WEIGHTS={settings.dresscode} it draws lower bodies and dresses, too."
        )


@app.command()
def verify(folder: Folder = None, data: Data = None) -> None:
    """Read every file and compare its checksum; 1 when one is off."""
    from bot.progress import ProgressBar
    from bot.weights.pull import PULL_AGAIN
    from bot.weights.pull import verify as run

    settings = _settings(data, **({} if folder is None else {"idm_weights": folder}))
    bad = 0
    with ProgressBar(unit=" MB") as bar:
        for path, wrong in run(settings.weights, bar):
            bar.clear()
            print(f"{path} {wrong}" if wrong else f"ok  {path}", flush=True)
            bad += wrong is not None
    if bad:
        raise WeightsError(f"{bad} wrong. {PULL_AGAIN} fetches these again, and nothing else.")


@app.command()
def convert(folder: Folder = None, data: Data = None) -> None:
    """Convert to half precision what was pulled with --as-published, in its place."""
    from bot.weights.pull import convert as run

    settings = _settings(data, **({} if folder is None else {"idm_weights": folder}))
    run(settings.weights, print, _halve())
    print(f"{settings.weights} holds half precision.")


def prepare_engine(data: Path | None = None) -> None:
    """Before a worker starts: if its engine is ours and lacks weights, fetch them, asking as `pull` asks."""
    from bot.weights.pull import lacking

    settings = _settings(data)
    if settings.engine != ENGINE:
        return
    missing = lacking(settings.weights)
    if missing:
        lacks = f"The engine {ENGINE} lacks {', '.join(missing[:3])} in {settings.weights}."
        if not _writable(settings.weights):
            raise WeightsError(
                f"{lacks} Nothing can be written there. Where it can, run: ./fashioncore weights pull"
            )
        print(f"{lacks} ./fashioncore weights pull fetches them, and so is done now.", flush=True)
        _pull(settings, None, dresscode=False, halve=_halve())


def _writable(folder: Path) -> bool:
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    return os.access(there, os.W_OK)


def _settings(data: Path | None, **given: Any) -> WeightsSettings:
    from bot.local import data_folder
    from bot.weights.settings import WeightsSettings

    if data is not None or not os.environ.get("FASHIONCORE_DATA"):
        os.environ["FASHIONCORE_DATA"] = str(data_folder(data))
    return WeightsSettings(**given)


def _halve() -> Halve:
    """The conversion, if it can be done here. Torch takes seconds to load: not before it is needed."""
    from importlib.util import find_spec

    missing = [name for name in ("torch", "diffusers", "transformers") if find_spec(name) is None]
    if missing:
        raise WeightsError(
            f"Converting needs {missing[0]}, of the packages in requirements/gpu.txt, which ./fashioncore"
            " installs. With --as-published it is left for later (./fashioncore weights convert)."
        )

    def halve(folder: Path, begins: Callable[[], None]) -> Path | None:
        from pipeline.engines.idm.convert import halve as run

        return run(folder, begins)

    return halve


def _pull(settings: WeightsSettings, folder: Path | None, *, dresscode: bool, halve: Halve | None) -> None:
    from bot.progress import ProgressBar
    from bot.weights.hub import Hub
    from bot.weights.licence import accept
    from bot.weights.local import Folder as LocalFolder
    from bot.weights.pull import Puller
    from bot.weights.settings import DRESSCODE

    def from_where(repository: str) -> Source:
        if folder is not None:
            return LocalFolder(folder)
        token = settings.hf_token.get_secret_value() if settings.hf_token else None
        revision = settings.idm_revision if repository == settings.idm_repository else "main"
        return Hub(repository, revision, settings.hf_endpoint, token)

    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    accept(settings.weights, settings.accept_licence, input if interactive else None, print)
    orders: list[tuple[str, Path, dict[str, tuple[str, ...]]]] = [(settings.idm_repository, settings.weights, {})]
    if dresscode:
        orders.append((DRESSCODE, settings.dresscode, {"components": ("unet",), "around": ()}))
    for repository, target, what in orders:
        source = from_where(repository)
        try:
            with ProgressBar(unit=" MB") as bar:

                def say(line: str, bar: ProgressBar = bar) -> None:
                    bar.clear()
                    print(line, flush=True)

                Puller(source, target, say, bar, halve).run(**what)
        except KeyboardInterrupt:
            raise WeightsError("Stopped. The same command goes on where it was.") from None
        finally:
            source.close()
