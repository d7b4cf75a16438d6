"""What a folder of media does beside the contract of every store."""

from __future__ import annotations

import os
import time
from pathlib import Path

from storage.media import LocalMediaStore


def test_what_a_writer_that_died_left_half_written_goes_after_an_hour(tmp_path: Path) -> None:
    store = LocalMediaStore(tmp_path)
    key = store.put(b"whole")
    shelf = tmp_path / key[:2] / key[2:4]
    left, fresh = shelf / ".part-left", shelf / ".part-fresh"
    for part in (left, fresh):
        part.write_bytes(b"half of a pho")
    hours_ago = time.time() - 2 * 3600
    os.utime(left, (hours_ago, hours_ago))
    assert [listed for listed, _ in store.listing()] == [key]
    assert not left.exists()
    assert fresh.exists(), "somebody may be writing it"
