"""`python -m tests.fuzz READER --seconds 60`: atheris makes up bytes until the reader breaks or the time is over.

It begins with the kept corpus; what it finds on the way is in build/fuzz/READER, and what breaks a reader is there
as crash-*: keep that in tests/fuzz/corpus, where tests/unit/test_fuzz_corpus.py reads it ever after.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

parser = argparse.ArgumentParser(prog="tests.fuzz")
parser.add_argument("reader", nargs="?")
parser.add_argument("--seconds", type=int, default=60)
parser.add_argument("--list", action="store_true")
told = parser.parse_args()

if told.list or told.reader is None:
    from tests.fuzz.readers import READERS

    sys.stdout.write("\n".join(READERS) + "\n")
    raise SystemExit

import atheris  # noqa: E402 - of build/security: what lists the readers needs it not

with atheris.instrument_imports(include=["bot", "catalog", "pipeline"]):
    from tests.fuzz.readers import CORPUS, READERS

found = Path("build/fuzz") / told.reader
found.mkdir(parents=True, exist_ok=True)
options = [
    f"-max_total_time={told.seconds}",
    "-max_len=4096",
    "-timeout=20",
    "-rss_limit_mb=4096",
    "-print_final_stats=1",
]
atheris.Setup(
    [sys.argv[0], f"-artifact_prefix={found}/", *options, str(found), str(CORPUS / told.reader)],
    READERS[told.reader],
)
atheris.Fuzz()
