"""The only door to rapidocr: the picture of a page → where its lines stand; pictures of lines → their characters.

The models are those that rapidocr's wheel carries; nothing is fetched.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.records import Unread

Image = NDArray[np.uint8]
"""Grey pixels, shape (height, width), 0 black."""
Area = tuple[int, int, int, int]
"""(x0, y0, x1, y1) in pixels, ends exclusive."""

NEEDED = ("rapidocr", "onnxruntime", "cv2")
INSTALL = "pip install 'mingzhang[ocr]'"
"""What installs them."""
MISSING = f"本页是图片，没有文字层，未读；安装 OCR 组件后可识别：{INSTALL}"
"""Why a page stays unread where they are not."""

_BATCH = 8
"""Pictures of lines that are read together; they are sorted by width first, so that little is padded."""
_NARROWEST = 96
"""Narrower pictures of lines are padded to this width (pixels at a height of 48); rapidocr's own 320 is long for cells."""
_CERTAIN = 0.9
"""The classifier of directions is believed from this score on: rapidocr's own."""


@dataclass(frozen=True, slots=True)
class Text:
    """A line as recognised: per character of `text` the place of its middle (0 to 1 of the width) and the model's certainty (0 to 1)."""

    text: str
    middles: tuple[float, ...]
    certain: tuple[float, ...]


class Eyes:
    """The models, loaded once. Use `eyes`."""

    def __init__(self) -> None:
        import rapidocr  # kept out of the start: half a second, and the extra may not be installed

        models = Path(rapidocr.__file__).parent / "models"
        parameters: dict[str, Any] = {
            "Global.log_level": "critical",
            "Global.return_word_box": True,
            "Global.max_side_len": 4000,
            # Small pages are not blown up: their type is as large as that of others.
            "Det.limit_side_len": 64,
            "Rec.rec_batch_num": _BATCH,
            "Rec.rec_img_shape": [3, 48, _NARROWEST],
            # With its path a model is opened or missing; without, a missing one would be fetched.
            "Det.model_path": _only(models, "*_det_*.onnx"),
            "Rec.model_path": _only(models, "*_rec_*.onnx"),
            "Cls.model_path": _only(models, "*_cls_*.onnx"),
        }
        self._engine: Any = rapidocr.RapidOCR(params=parameters)

    def find(self, image: Image) -> list[Area]:
        """Where lines of text stand in a picture, in no order."""
        found = self._engine(_coloured(image), use_det=True, use_cls=False, use_rec=False)
        if found.boxes is None:
            return []
        low, high = np.floor(found.boxes.min(axis=1)), np.ceil(found.boxes.max(axis=1))
        return [(int(a[0]), int(a[1]), int(b[0]), int(b[1])) for a, b in zip(low, high, strict=True)]

    def read(self, lines: Sequence[Image]) -> list[Text]:
        """The text of pictures that hold one line each."""
        if not lines:
            return []
        found = self._engine.recognize_txt([_coloured(line) for line in lines])
        return [_text(text, words) for text, words in zip(found.txts, found.word_results, strict=True)]

    def upside_down(self, lines: Sequence[Image]) -> bool:
        """Whether most pictures of lines stand on their heads."""
        if not lines:
            return False
        _, found = self._engine.cls_and_rotate([_coloured(line) for line in lines])
        turned = sum(label == "180" and score >= _CERTAIN for label, score in found.cls_res)
        return bool(turned > len(lines) / 2)


def installed() -> bool:
    """Whether the extra is installed; nothing of it is imported to say so."""
    return all(find_spec(name) is not None for name in NEEDED)


def would_help(unread: Iterable[Unread]) -> bool:
    """Whether what stayed unread for want of the extra can be recognised, since it is installed by now."""
    return any(item.reason == MISSING for item in unread) and installed()


@lru_cache(maxsize=1)
def eyes() -> Eyes:
    """The models of this process."""
    return Eyes()


def _only(folder: Path, pattern: str) -> str:
    """The first model of a kind."""
    return str(min(folder.glob(pattern)))


def _coloured(image: Image) -> Image:
    """Three equal channels, as the models want."""
    return np.ascontiguousarray(np.repeat(image[:, :, np.newaxis], 3, axis=2))


def _text(text: str, words: Any) -> Text:  # noqa: ANN401 - rapidocr's WordInfo
    """The line without white space: where the paper is blank is seen in the picture, not guessed by a model of language."""
    columns = [column for word in words.word_cols for column in word]
    certain = [score for char, score in zip(text, words.confs, strict=False) if not char.isspace()]
    kept = "".join(char for char in text if not char.isspace())
    length = max(words.line_txt_len, 1.0)
    return Text(kept, tuple(min((column + 0.5) / length, 1.0) for column in columns), tuple(certain))
