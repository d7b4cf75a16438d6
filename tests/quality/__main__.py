"""`python -m tests.quality`: measure the preview engine; tables and contact sheets go to build/quality."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.data import TEST_DATA
from tests.quality.material import material
from tests.quality.report import as_json, as_markdown
from tests.quality.run import digests, measure
from tests.quality.sheet import write_sheets

OUT = Path(__file__).resolve().parents[2] / "build" / "quality"


def main() -> None:
    """Exit 0 when it was measured, whatever it says; 2 without the test photos."""
    parser = argparse.ArgumentParser(prog="tests.quality", description=__doc__)
    parser.add_argument("--only", default="", help="cases whose name contains this, as person+garment")
    parser.add_argument("--jobs", type=int, choices=(1, 2), default=1, help="processes; seconds are true with one")
    parser.add_argument("--digests", default="", help="print the SHA-256 of these cases (comma) and end")
    parser.add_argument("--threads", type=int, default=2, help="for --digests")
    arguments = parser.parse_args()
    if not TEST_DATA.is_dir():
        parser.error(f"the test photos are not at {TEST_DATA} (set FASHIONCORE_TEST_DATA)")
    if arguments.digests:
        sys.stdout.write(json.dumps(digests(tuple(arguments.digests.split(",")), arguments.threads)))
        return
    if not any(arguments.only in case.name for case in material().cases):
        parser.error(f"no picture has {arguments.only} in its name")
    pictures = OUT / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    run = measure(pictures, arguments.only, arguments.jobs)
    table = as_markdown(run)
    (OUT / "summary.json").write_text(json.dumps(as_json(run), indent=1), encoding="utf-8")
    (OUT / "summary.md").write_text(table, encoding="utf-8")
    sheets = write_sheets(run.cases, pictures, OUT)
    sys.stdout.write(table)
    sys.stderr.write("\n" + "".join(f"{path}\n" for path in sheets))


if __name__ == "__main__":
    main()
