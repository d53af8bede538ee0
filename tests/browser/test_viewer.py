"""`mingzhang eval view` in a real browser: the suites of a run, the cases of one and a case are shown, and nothing leaves this machine."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from ui import server

ROOT = Path(__file__).parents[2]
PYTHON = Path(os.environ.get("MINGZHANG_EVALS", ROOT / ".venv-evals")) / "bin" / "python"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not PYTHON.exists(), reason="no evaluation environment (make evals): inspect's viewer is not tested"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The viewer over a run of two questions."""
    folder = tmp_path_factory.mktemp("viewed")
    with server.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
    program = [str(PYTHON), "-m", "service", "eval"]
    runs = ["--runs", str(folder / "runs")]
    subprocess.run([*program, "run", "asking", "guard", "--limit", "2", *runs], check=True, cwd=ROOT, capture_output=True)
    viewer = subprocess.Popen(
        [*program, "view", "--port", str(port), *runs], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        viewer.terminate()
        viewer.wait(20)


def _wait(address: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own
                return
        except URLError:
            time.sleep(0.2)
    raise TimeoutError(address)


def test_a_case_is_shown_and_nothing_leaves_this_machine(address: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    expect(page.get_by_text("guard", exact=True).first).to_be_visible()
    page.get_by_text("asking", exact=True).first.click()
    expect(page.get_by_text("qinghe-q002", exact=True).first).to_be_visible()
    page.get_by_text("qinghe-q001", exact=True).first.click()
    expect(page.get_by_text("青禾区医保局2024年收入总计、支出总计是多少？").first).to_be_visible()
    expect(page.get_by_text("全部符合").first).to_be_visible()
    hosts = {urlsplit(url).hostname for url in asked if url.startswith(("http", "ws"))}
    assert hosts == {"127.0.0.1"}
    page.close()
