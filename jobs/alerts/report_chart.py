"""Draws the report's chart: a bar per priority with the share of deadlines met, now and before. Adds no text."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, MARGIN, ROW, LABELS, NUMBERS = 900, 32, 64, 210, 150  # pixels
_LETTERS = Path(__file__).parent / "fonts" / "dejavu-latin.ttf"
_INK, _SOFT, _GROUND, _TRACK = "#1c2430", "#5b6675", "#ffffff", "#e6eaf0"
_GOOD, _MIDDLING, _BAD = "#2f7d4f", "#b26a00", "#b3261e"


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the chart: its name, the share in percent with its words, and the share before, if known."""

    label: str
    percent: int
    words: str
    before: int | None = None


def draw(title: str, bars: Sequence[Bar], legend: str) -> bytes:
    """A PNG. `legend` explains the small mark, which is the previous share."""
    height = 2 * MARGIN + 60 + ROW * len(bars) + 24
    image = Image.new("RGB", (WIDTH, height), _GROUND)
    pen = ImageDraw.Draw(image)
    pen.text((MARGIN, MARGIN), title, _INK, _font(30))
    for number, bar in enumerate(bars):
        _line(pen, bar, MARGIN + 60 + ROW * number)
    if any(bar.before is not None for bar in bars):
        pen.text((MARGIN + LABELS, height - MARGIN - 14), f"| {legend}", _SOFT, _font(20))
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _line(pen: ImageDraw.ImageDraw, bar: Bar, top: int) -> None:
    left, right = MARGIN + LABELS, WIDTH - MARGIN - NUMBERS
    pen.text((MARGIN, top + 8), _fitting(bar.label), _INK, _font(24))
    pen.rounded_rectangle((left, top + 6, right, top + 42), 6, _TRACK)
    end = left + (right - left) * bar.percent // 100
    if end > left:
        pen.rounded_rectangle((left, top + 6, max(end, left + 12), top + 42), 6, _colour(bar.percent))
    if bar.before is not None:
        at = left + (right - left) * bar.before // 100
        pen.line((at, top, at, top + 48), _INK, 3)
    pen.text((right + 14, top + 8), bar.words, _INK, _font(24))


def _fitting(label: str) -> str:
    font = _font(24)
    while label and font.getlength(label) > LABELS - 12:
        label = label.removesuffix("…")[:-1] + "…"
    return label


def _colour(percent: int) -> str:
    if percent >= 90:
        return _GOOD
    return _MIDDLING if percent >= 75 else _BAD


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_LETTERS, size)
