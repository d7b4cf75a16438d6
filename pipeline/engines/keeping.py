"""What engines share: results kept by content, and seconds noted by stage."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

import numpy as np

from pipeline.types import Progress

T = TypeVar("T")


class Recent(Generic[T]):
    """The last few results by content, oldest out first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._items: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str, make: Callable[[], T]) -> T:
        """What was made for `key`, made now where it was not."""
        with self._lock:
            if key in self._items:
                self._items.move_to_end(key)
                return self._items[key]
        made = make()
        with self._lock:
            self._items[key] = made
            while len(self._items) > self._size:
                self._items.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._items.clear()


def digest(*parts: object) -> str:
    """A key for pictures and plain values: their content."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, np.ndarray):
            total.update(repr(part.shape).encode())
            total.update(np.ascontiguousarray(part).tobytes())
        else:
            total.update(repr(part).encode())
        total.update(b"\0")
    return total.hexdigest()


class Clock:
    """Announces each stage and notes its wall seconds."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.seconds: dict[str, float] = {}

    def run(self, stage: str, fraction: float, work: Callable[[], T]) -> T:
        """Do `work`, which begins when `fraction` of everything is done."""
        self._progress(stage, fraction)
        started = time.perf_counter()
        made = work()
        spent = time.perf_counter() - started
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + spent, 4)
        return made
