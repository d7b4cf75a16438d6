"""`python -m tests.audit SET=REPORT...`: what pip-audit found out, said so that nobody takes silence for safety.

pip-audit says that it found no hole where nobody told it anything, as behind a mirror that has packages and no
advisories. Here that is a third answer. It fails nothing, unless FASHIONCORE_REQUIRE_AUDIT is set.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAMED = 5
"""Packages that are named of those that nobody knows anything about."""


@dataclass(frozen=True, slots=True)
class Audit:
    """Of one set of packages: how many were looked up, which could not be, and the holes that are known."""

    name: str
    asked: int
    unknown: tuple[str, ...]
    holes: tuple[str, ...]

    @property
    def line(self) -> str:
        """For people."""
        known = f"{self.asked} of {self.asked + len(self.unknown)} packages looked up"
        if self.holes:
            return f"{self.name}: HOLES: {', '.join(self.holes)} ({known})"
        if not self.asked:
            return f"{self.name}: NOT AUDITED: nothing could be asked ({known})"
        more = " …" if len(self.unknown) > NAMED else ""
        missing = f"; NOT AUDITED: {', '.join(self.unknown[:NAMED])}{more}" if self.unknown else ""
        return f"{self.name}: no known holes, {known}{missing}"


def read(name: str, report: object) -> Audit:
    """What a report of pip-audit says; one that is none says nothing of anything."""
    # Any: JSON of another program.
    listed: Any = report.get("dependencies") if isinstance(report, Mapping) else None
    packages = [one for one in listed or () if isinstance(one, Mapping)]
    asked = [one for one in packages if isinstance(one.get("vulns"), list)]
    unknown = tuple(str(one.get("name")) for one in packages if one not in asked)
    holes = tuple(f"{one.get('name')} {hole.get('id')}" for one in asked for hole in one["vulns"])
    return Audit(name, len(asked), unknown, holes)


def verdict(audits: list[Audit], *, required: bool) -> tuple[str, int]:
    """The last line, and the exit code: 1 for holes, 3 where all must be known and is not."""
    holes = sorted({hole for audit in audits for hole in audit.holes})
    if holes:
        return f"KNOWN HOLES: {', '.join(holes)}; lock again, or say in .ci/security why one may stay", 1
    missing = [audit.name for audit in audits if audit.unknown or not audit.asked]
    if not any(audit.asked for audit in audits):
        said = "NOT AUDITED: the advisory service knew nothing of any package. This says nothing about holes."
    elif missing:
        said = f"no known holes in what could be asked; NOT AUDITED in part: {', '.join(missing)}"
    else:
        return "no known holes in any package", 0
    hint = "FASHIONCORE_AUDIT_SERVICE and FASHIONCORE_OSV_URL name another service."
    return f"{said}\n{hint}", 3 if required else 0


def main(arguments: list[str]) -> int:
    """Print what is known of each set, and the verdict."""
    audits = []
    for name, _, path in (argument.partition("=") for argument in arguments):
        try:
            report = json.loads(Path(path).read_text())
        except (OSError, ValueError):
            report = None
        audits.append(read(name, report))
    said, code = verdict(audits, required=bool(os.environ.get("FASHIONCORE_REQUIRE_AUDIT")))
    lines = [*(audit.line for audit in audits), f"== known holes: {said}"]
    sys.stdout.write("\n".join(lines) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
