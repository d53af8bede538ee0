"""The command line run as a process of its own, as people run it."""

import os
import subprocess
import sys

from service.settings import Settings

FINAL = "qinghe-2024-final"


def environment(settings: Settings) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MINGZHANG_", "OPENAI_"))}
    return {**clean, "MINGZHANG_HOME": str(settings.home), "PYTHONWARNINGS": "error"}


def run(settings: Settings, *arguments: str | bytes, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        env=environment(settings) | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def is_refused(done: "subprocess.CompletedProcess[str]", words: str) -> None:
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
