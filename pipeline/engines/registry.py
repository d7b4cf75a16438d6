"""Which engines there are. Nothing is loaded before an engine renders for the first time.

A new engine is one module, one line here, and the suite in tests/contract/test_engine.py.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module

from pipeline.errors import PipelineError
from pipeline.ports import Engine, EngineOptions

PREVIEW, IDM = "preview", "idm"
"""The engine whose pictures are there at once, and the one that paints them on a GPU."""

_ENGINES = {
    PREVIEW: ("pipeline.engines.preview", "PreviewEngine"),
    "idm": ("pipeline.engines.idm.engine", "IdmEngine"),
}
"""Name to (module, class taking EngineOptions)."""

_DEFAULTS = EngineOptions()


def engine_names() -> tuple[str, ...]:
    """Names which `engine` knows, the default first."""
    return tuple(_ENGINES)


@lru_cache(maxsize=len(_ENGINES))
def engine(name: str, options: EngineOptions = _DEFAULTS) -> Engine:
    """The one engine of that name and these options in this process. Raises PipelineError with code
    unknown_engine."""
    if name not in _ENGINES:
        known = ", ".join(_ENGINES)
        raise PipelineError("unknown_engine", f"There is no engine called “{name}”. I know: {known}.")
    module, class_name = _ENGINES[name]
    make: Callable[[EngineOptions], Engine] = getattr(import_module(module), class_name)
    return make(options)
