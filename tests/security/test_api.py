"""schemathesis holds the running web chat to its OpenAPI document. Needs the tools of `.ci/security`."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import httpx

from bot.web.sessions import COOKIE
from tests.programs import free_port, stage

EXAMPLES = os.environ.get("FASHIONCORE_API_EXAMPLES", "50")
SEED = os.environ.get("FASHIONCORE_API_SEED", "1")


def test_nothing_that_is_asked_is_answered_otherwise_than_documented(
    stocked_database_url: str, redis_url: str, tmp_path: Path
) -> None:
    tool = Path(os.environ["FASHIONCORE_SECURITY_TOOLS"]) / "bin" / "schemathesis"
    port = free_port()
    with stage(stocked_database_url, redis_url, tmp_path) as opened:
        program = opened.web(port)
        base = f"http://127.0.0.1:{port}"
        cookie = httpx.get(f"{base}/api/conversation", trust_env=False).cookies[COOKIE]
        done = subprocess.run(
            [
                str(tool), "run", f"{base}/api/openapi.json",
                "--max-examples", EXAMPLES, "--seed", SEED, "--request-timeout", "10",
                "-H", f"Cookie: {COOKIE}={cookie}",
                # It does not end: tests/integration/test_web_security.py asks it.
                "--exclude-path", "/api/stream",
            ],
            capture_output=True, text=True, check=False, cwd=tmp_path, timeout=900,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
        log = program.output()
        assert "Traceback" not in log, log[-4000:]
