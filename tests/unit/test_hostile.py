"""Every kind of bad file ends at once, with its own message in both languages, and does not stop the others."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest

from service import record
from service.errors import InputError, MingzhangError
from service.reading import document
from service.records import Document
from service.settings import Settings
from tests.support import hostile

SETTINGS = Settings(workers=1, read_timeout=60)
PAGE = hostile.page(b"BT /F 12 Tf 72 700 Td (2023) Tj ET")


def _locked(**passwords: str) -> bytes:
    with pymupdf.open(stream=PAGE) as made:
        data: bytes = made.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, permissions=0, **passwords)
        return data


@pytest.fixture(autouse=True)
def _without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.reading.ocr.installed", lambda: False)


BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty": (lambda: b"", "文件是空的", "empty"),
    "noise": (lambda: bytes(range(256)) * 50, "已损坏无法打开", "damaged"),
    "zeros": (lambda: bytes(5000), "已损坏无法打开", "damaged"),
    "header only": (lambda: b"%PDF-1.7\n%%EOF", "", ""),
    "text": (lambda: "2023年部门预算".encode() * 9, "而是文本", "plain text"),
    "old text": (lambda: "青禾区2023年部门预算公开".encode("gb18030") * 90, "而是文本", "plain text"),
    "web page": (lambda: b"<!DOCTYPE html><html></html>", "而是网页", "web page"),
    "word": (lambda: b"PK\x03\x04" + bytes(99), "Word", "Word"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "而是图片", "picture"),
    "user password": (lambda: _locked(user_pw="u", owner_pw="o"), "已加密", "encrypted"),
    "no pages": (hostile.no_pages, "没有页面", "no pages"),
    "blank": (lambda: hostile.blank_pages(2), "空白", "blank"),
    "10,000 pages": (lambda: hostile.blank_pages(10_000), "超过上限 2000 页", "limit of 2000"),
    "xfa": (hostile.xfa, "XFA", "XFA"),
    "million strokes": (lambda: hostile.drawings(1_000_000), "MINGZHANG_MAX_PAGE_MB", "can be read"),
    "million characters": (lambda: hostile.characters(1_000_000), "MINGZHANG_MAX_PAGE_ITEMS", "can be read"),
    "forms in forms": (lambda: hostile.laughs(12), "MINGZHANG_MAX_PAGE_MB", "can be read"),
    "patterns in patterns": (lambda: hostile.patterns(9), "MINGZHANG_MAX_PAGE_MB", "can be read"),
    "unpacking bomb": (lambda: hostile.bomb(100), "第 1 页", "can be read"),
    "no unicode map": (lambda: hostile.unmapped(b"Total2023:1234.56"), "OCR", "can be read"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_with_their_reason(tmp_path: Path, name: str) -> None:
    make, zh, en = BAD[name]
    path = tmp_path / "bad.pdf"
    path.write_bytes(make())
    with pytest.raises(InputError) as caught:
        document.read(path, SETTINGS)
    assert zh in caught.value.zh
    assert en in caught.value.en
    assert caught.value.exit_status == 2
    assert "bad.pdf" in caught.value.zh
    assert "\n" not in str(caught.value)


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(PAGE)
    with path.open("r+b") as file:
        file.truncate(201 << 20)  # sparse: takes no room
    with pytest.raises(InputError, match="200 MiB"):
        document.read(path, SETTINGS)


READ: dict[str, Callable[[], bytes]] = {
    "owner password only": lambda: _locked(owner_pw="o"),
    "page of 5 m": lambda: hostile.page(b"BT /F 1200 Tf 72 700 Td (2023) Tj ET", size=(14173, 14173)),
    "page without size": lambda: hostile.page(b"BT /F 12 Tf 72 700 Td (2023) Tj ET", size=(0, 0)),
    "scripts": hostile.scripted,
    "fonts in fonts": lambda: hostile.glyphs(9),
    "few forms in forms": lambda: hostile.laughs(3),
}


@pytest.mark.parametrize("name", READ)
def test_odd_files_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "odd.pdf"
    path.write_bytes(READ[name]())
    assert isinstance(document.read(path, SETTINGS), Document)


def test_too_many_strokes_cost_the_rules_and_not_the_text(tmp_path: Path) -> None:
    path = tmp_path / "drawn.pdf"
    path.write_bytes(hostile.drawings(3000))
    read = document.read(path, Settings(max_page_items=2000))
    assert [p.text for p in read.paragraphs] == ["2023"]
    assert "3000 个图形" in read.unread[0].reason


def test_bad_files_do_not_stop_a_batch(tmp_path: Path, samples: Path) -> None:
    shutil.copy(samples / "qinghe-2025-budget.pdf", tmp_path / "b.pdf")
    (tmp_path / "a.pdf").write_bytes(hostile.laughs(12))
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7 nothing")
    todo = [(path, path.stem) for path in sorted(tmp_path.iterdir())]
    done = {path.stem: outcome for path, outcome in record.records(todo, SETTINGS)}
    assert isinstance(done["a"], MingzhangError)
    assert isinstance(done["b"], record.Record)
    assert isinstance(done["c"], MingzhangError)


def test_a_file_that_takes_too_long_says_so(tmp_path: Path, samples: Path) -> None:
    shutil.copy(samples / "qinghe-2024-final.pdf", tmp_path / "slow.pdf")
    ((_, outcome),) = record.records([(tmp_path / "slow.pdf", "slow")], Settings(read_timeout=0.05))
    assert isinstance(outcome, InputError)
    assert "MINGZHANG_READ_TIMEOUT" in outcome.zh
    assert "given up" in outcome.en
