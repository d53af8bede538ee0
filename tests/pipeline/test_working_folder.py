"""What lies beside the user's files harms nothing: modules of our names, paths that are not there."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from service import pipeline
from service.errors import NotFoundError
from tests.pipeline.conftest import offline


def test_a_module_in_the_working_folder_is_not_run(tmp_path: Path, samples: Path) -> None:
    (tmp_path / "service.py").write_text("import pathlib; pathlib.Path('ran').write_text('')", "utf-8")
    command = [sys.executable, "-P", "-m", "service", "tables", str(samples / "qinghe-2024-final.pdf"), "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["tables"]
    assert not (tmp_path / "ran").exists()


def test_a_missing_path_stops_nobody(tmp_path: Path, samples: Path) -> None:
    settings = offline(tmp_path / "home")
    report = pipeline.ingest([tmp_path / "missing.pdf", samples / "qinghe-2024-final.pdf"], settings)
    assert [item.status for item in report.documents] == ["added"]
    assert [failure.path.name for failure in report.failed] == ["missing.pdf"]
    with pytest.raises(NotFoundError):
        pipeline.ingest([tmp_path / "missing.pdf"], settings)
