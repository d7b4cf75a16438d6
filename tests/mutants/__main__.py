"""`python -m tests.mutants [AREA ...]`: changes the program in small ways, and counts what no test notices.

mutmut makes the changes, in a copy under build/mutants; areas.toml says where, and which tests judge them. The
score goes into docs/testing.md. `--again` tries only what survived the last run; `--show` prints it. Exit code 1
where a tenth or more of an area's mutants survive.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatch
from importlib.metadata import version
from pathlib import Path
from typing import Any

from storage.local_servers import LocalServers
from tests.programs import ROOT
from tests.servers import SHARED, make_template

AREAS = tomllib.loads((Path(__file__).parent / "areas.toml").read_text())
WORK = ROOT / "build" / "mutants"
PAGE = ROOT / "docs" / "testing.md"
MOST_SURVIVORS = 0.1

_ROWS = re.compile(r"(<!-- mutants: .*? -->\n.*?\n\|-[-|]*\n)(.*?)(<!-- end -->)", re.DOTALL)
_OUTCOMES = {0: "survived", 1: "killed", 3: "killed", 5: "survived", 33: "survived", None: "not tried"}
"""mutmut's exit codes. What no test reaches (33) survives; what takes for ever or breaks Python stands apart."""
_SKIPPED = 34
_TIME_OUT = (36, 24, -24, 152, 255)


@dataclass(slots=True)
class Score:
    """What became of an area's mutants."""

    area: str
    counts: Counter[str] = field(default_factory=Counter)
    survivors: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Survivors among the mutants that were judged."""
        judged = self.counts["killed"] + self.counts["survived"]
        return self.counts["survived"] / judged if judged else 1.0


def prepare(area: str) -> None:
    """A folder in which mutmut finds the sources of the area and puts its copies; all else is the tree itself."""
    told, folder = AREAS[area], WORK / area
    shutil.rmtree(folder, ignore_errors=True)
    mutated = folder / "mutants"
    mutated.mkdir(parents=True)
    packages = sorted({Path(name).parts[0] for name in told["mutate"]})
    for name in (*packages, "tests"):
        (folder / name).symlink_to(ROOT / name)
    for entry in ROOT.iterdir():
        if entry.name not in {*packages, "tests", "pyproject.toml", "build"} and not entry.name.startswith("."):
            (mutated / entry.name).symlink_to(entry)
    settings = {
        "source_paths": packages,
        "only_mutate": told["mutate"],
        "pytest_add_cli_args_test_selection": told["tests"],
        "timeout_multiplier": 60.0,  # a busy machine is no endless loop
        "use_git_change_detection": False,
    }
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in settings.items()]
    project = (ROOT / "pyproject.toml").read_text()
    (folder / "pyproject.toml").write_text(f"{project}\n[tool.mutmut]\n{''.join(lines)}")


def mutate(area: str, names: list[str]) -> None:
    """Run mutmut; names of mutants, or patterns of them, leave out the others."""
    environment = {**os.environ, "PYTHONPATH": _without_this_tree(os.environ.get("PYTHONPATH", ""))}
    if not AREAS[area].get("servers"):
        _run_mutmut(WORK / area, names, environment)
        return
    with tempfile.TemporaryDirectory() as data, LocalServers(Path(data) / "servers", durable=False) as running:
        make_template(running)
        _run_mutmut(WORK / area, names, {**environment, SHARED: f"{running.database_url} {running.redis_url}"})


def _run_mutmut(folder: Path, names: list[str], environment: dict[str, str]) -> None:
    command = [
        sys.executable,
        "-c",
        "from mutmut.__main__ import cli; cli()",
        "run",
        "--max-children",
        "2",
        *names,
    ]
    log = folder / "log"
    with log.open("w") as out:
        if subprocess.run(command, cwd=folder, env=environment, check=False, stdout=out, stderr=out).returncode:
            sys.exit(f"mutmut did not come to its end: {log}")


def _without_this_tree(paths: str) -> str:
    return os.pathsep.join(one for one in paths.split(os.pathsep) if one and Path(one).resolve() != ROOT)


def patterns(area: str) -> list[str]:
    """Of the mutants that the area counts; none means all."""
    return [f"{_mangled(name)}__mutmut_*" for name in AREAS[area].get("only", ())]


def counts(area: str, mutant: str) -> bool:
    """Whether it is one of those."""
    wanted = patterns(area)
    return not wanted or any(fnmatch(mutant, one) for one in wanted)


def _mangled(function: str) -> str:
    """As mutmut names it: "storage.jobs.Jobs.claim", or "catalog.merging.merged"."""
    path, name = function.rsplit(".", 1)
    module, _, owner = path.rpartition(".")
    return f"{module}.xǁ{owner}ǁ{name}" if owner[:1].isupper() else f"{path}.x_{name}"


def outcomes(folder: Path) -> Iterator[tuple[str, int | None]]:
    """Every mutant of the last run with mutmut's exit code."""
    for record in sorted((folder / "mutants").rglob("*.py.meta")):
        yield from json.loads(record.read_text())["exit_code_by_key"].items()


def forget(area: str, mutants: list[str]) -> None:
    """What became of these, so that mutmut tries them once more, with what was changed since."""
    for record in (WORK / area / "mutants").rglob("*.py.meta"):
        told = json.loads(record.read_text())
        codes: dict[str, int | None] = told["exit_code_by_key"]
        told["exit_code_by_key"] = {
            name: None if name in mutants else code if counts(area, name) else _SKIPPED
            for name, code in codes.items()
        }
        record.write_text(json.dumps(told))


def judge(area: str) -> Score:
    """Count them; a survivor that is listed as equivalent is none."""
    folder, score = WORK / area, Score(area)
    for name, code in outcomes(folder):
        if not counts(area, name):
            continue
        outcome = "time-out" if code in _TIME_OUT else _OUTCOMES.get(code, "suspicious")
        if outcome == "survived":
            if equivalent(area, name):
                outcome = "equivalent"
            else:
                score.survivors.append(name)
        score.counts[outcome] += 1
    return score


def _plain(mutant: str) -> str:
    """The function that it is made of: "storage.jobs.Jobs.claim"."""
    return re.sub(r"__mutmut_\d+$", "", mutant).replace(".xǁ", ".").replace("ǁ", ".").replace(".x_", ".")


def equivalent(area: str, mutant: str) -> bool:
    """Whether it is listed as one that changes nothing."""
    changed = difference(WORK / area, mutant).splitlines()
    made, gone = ([line[1:].strip() for line in changed if line.startswith(sign)] for sign in "+-")
    return any(
        one["in"] == _plain(mutant) and (one["now"] in made if "now" in one else not made and one["gone"] in gone)
        for one in AREAS[area].get("equivalent", ())
    )


def difference(folder: Path, mutant: str) -> str:
    """What a mutant changes, as a diff without its head."""
    from mutmut.mutation import diff_apply  # noqa: PLC0415 - it reads its settings where it is

    source = Path(*mutant.split(".x", 1)[0].split(".")).with_suffix(".py")
    with contextlib.chdir(folder):
        lines: list[str] = diff_apply.get_diff_for_mutant(mutant, path=source).splitlines()
    return "\n".join(line for line in lines if not line.startswith(("---", "+++")))


def row(score: Score, minutes: float) -> str:
    """A line of the table on the page."""
    told, counts = AREAS[score.area], score.counts
    files = ", ".join(f"`{name}`" for name in told["mutate"])
    numbers = [counts[name] for name in ("killed", "survived", "equivalent", "time-out", "suspicious")]
    when = f"{datetime.now(UTC):%Y-%m-%d}, mutmut {version('mutmut')}, {minutes:.0f} min"
    cells = [score.area, files, sum(counts.values()), *numbers, f"{score.share:.1%}", when]
    return "| " + " | ".join(map(str, cells)) + " |"


def write(page: str, rows: dict[str, str]) -> str:
    """The page with the rows of these areas in place of their old ones."""

    def renewed(found: re.Match[str]) -> str:
        old = {line.split("|")[1].strip(): line for line in found[2].splitlines()}
        return found[1] + "".join(f"{line}\n" for line in (old | rows).values()) + found[3]

    return _ROWS.sub(renewed, page)


def _options() -> Any:
    parser = argparse.ArgumentParser(prog="tests.mutants")
    parser.add_argument("areas", nargs="*", choices=[[], *AREAS], default=[])
    parser.add_argument("--again", action="store_true", help="only what survived the last run")
    parser.add_argument("--show", action="store_true", help="print the survivors of the last run, and try nothing")
    return parser.parse_args()


def main() -> int:
    """Run what was asked for."""
    told, rows, worst = _options(), dict[str, str](), 0.0
    for area in told.areas or AREAS:
        began = time.monotonic()
        if told.again:
            forget(area, judge(area).survivors)
            mutate(area, [])
        elif not told.show:
            prepare(area)
            mutate(area, patterns(area))
        spent = WORK / area / "minutes"
        minutes = (time.monotonic() - began) / 60 + (float(spent.read_text()) if spent.exists() else 0)
        spent.write_text(str(minutes))
        score = judge(area)
        for name in score.survivors:
            print(f"\n{name}\n{difference(WORK / area, name)}")
        rows[area] = row(score, minutes)
        print(f"\n{rows[area]}")
        worst = max(worst, score.share)
    if not told.show:
        PAGE.write_text(write(PAGE.read_text(), rows))
    return int(worst >= MOST_SURVIVORS)


if __name__ == "__main__":
    sys.exit(main())
