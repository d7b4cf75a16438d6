"""The sample people that come with the installed openvto package (MIT)."""

from __future__ import annotations

from importlib.metadata import files
from pathlib import Path


def sample_person(name: str = "people/1_posture.jpg") -> Path:
    """The file of a sample person."""
    for file in files("openvto") or []:
        if str(file).endswith(f"assets/{name}"):
            return Path(str(file.locate()))
    raise FileNotFoundError(name)
