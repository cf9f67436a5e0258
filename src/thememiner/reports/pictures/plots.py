"""How each sort of slide is drawn. Colour is never alone: each cell and bar has its number or word."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from thememiner.reports.charts import shade
from thememiner.reports.contents import Cell
from thememiner.reports.pictures import lettering
from thememiner.reports.pictures.canvas import GREY, HEIGHT, INK, PAPER, RULE, WIDTH, Align, Canvas
from thememiner.reports.pictures.slides import Form, Slide

_LEFT, _RIGHT = 60, WIDTH - 60
_TOP, _FOOT = 232, HEIGHT - 92  # of what is drawn
_HEAD = 74  # height of the heads of columns
_NAMES = 470  # width of the names of rows
_SHADES = (PAPER, "#e6f0fa", "#c2dbf2", "#8fbbe3", "#005eb8", "#003f7d")  # those of the page
_WELL, _BADLY = "#005eb8", "#8a3b00"
_HIDDEN = "////"  # of a number that may not be told
# State → ground, words, hatch: told apart in grey too.
_STATES = {
    "consistent": ("#c2dbf2", INK, ""),
    "differs": ("#5c2400", PAPER, ""),
    "silent": (PAPER, INK, "//"),
    "not received": (PAPER, INK, ".."),
    "not applicable": ("#eef0f2", GREY, ""),
}


def draw(slide: Slide, source: str, marking: str) -> Canvas:
    """The slide, with its title, how to read it, where it comes from and its marking."""
    canvas = Canvas()
    canvas.text(_LEFT, 34, marking, 20, bold=True, colour=GREY)
    canvas.block(_LEFT, 104, slide.title, _RIGHT - _LEFT, 42, bold=True)
    canvas.block(_LEFT, 188, slide.about, _RIGHT - _LEFT, 23, colour=GREY)
    _FORMS[slide.form](canvas, slide)
    canvas.line([(_LEFT, HEIGHT - 68), (_RIGHT, HEIGHT - 68)], RULE)
    canvas.block(_LEFT, HEIGHT - 36, source, _RIGHT - _LEFT, 19, colour=GREY)
    return canvas


def _rows(count: int) -> tuple[float, float]:
    """Where the first row begins, and how high each is."""
    top = _TOP + _HEAD
    return top, min(96.0, (_FOOT - top) / max(1, count))


def _named(canvas: Canvas, slide: Slide, wide: float) -> tuple[float, float]:
    """Heads and names of a table of cells."""
    top, high = _rows(len(slide.table.rows))
    for at, head in enumerate(slide.table.columns[1:]):
        middle = _LEFT + _NAMES + (at + 0.5) * wide
        size = next((size for size in (21, 18) if lettering.whole(head, wide - 8, size, bold=True)), 16)
        canvas.block(middle, _TOP + _HEAD / 2, head, wide - 8, size, align="center", bold=True, most=3)
    for at, row in enumerate(slide.table.rows):
        canvas.block(_LEFT, top + (at + 0.5) * high, str(row[0]), _NAMES - 20, min(22.0, high / 2.7))
    return top, high


def _cells(slide: Slide) -> float:
    return min(300.0, (_RIGHT - _LEFT - _NAMES) / max(1, len(slide.table.columns) - 1))


def _heat(canvas: Canvas, slide: Slide) -> None:
    wide = _cells(slide)
    top, high = _named(canvas, slide, wide)
    for i, row in enumerate(slide.table.rows):
        for j, value in enumerate(row[1:]):
            x, y = _LEFT + _NAMES + j * wide, top + i * high
            step = shade(value, slide.largest) if isinstance(value, int) else 0
            hatch = "" if isinstance(value, int) else _HIDDEN
            canvas.box(x + 3, y + 3, wide - 6, high - 6, _SHADES[step], edge=RULE, hatch=hatch)
            colour = PAPER if step >= 4 else INK
            on = PAPER if hatch else ""
            said = _said(value)
            size = min(25.0, 25 * (wide - 36) / max(1.0, lettering.width(lettering.drawable(said), 25)))
            canvas.text(x + wide / 2, y + high / 2, said, size, align="center", colour=colour, on=on)


def _grid(canvas: Canvas, slide: Slide) -> None:
    wide = _cells(slide)
    top, high = _named(canvas, slide, wide)
    for i, row in enumerate(slide.table.rows):
        for j, value in enumerate(row[1:]):
            x, y = _LEFT + _NAMES + j * wide, top + i * high
            state = str(value).partition(":")[0].lower()
            fill, colour, hatch = _STATES.get(state, (PAPER, INK, ""))
            canvas.box(x + 3, y + 3, wide - 6, high - 6, fill, edge="#9aa7b0", hatch=hatch)
            canvas.block(
                x + wide / 2,
                y + high / 2,
                str(value),
                wide - 30,
                min(22.0, high / 2.6),
                align="center",
                bold=state == "differs",
                colour=colour,
                on=PAPER if hatch else "",
            )


def _tones(canvas: Canvas, slide: Slide) -> None:
    """Bars to both sides of a line, badly left and well right, and the other tones as numbers."""
    top, high = _rows(len(slide.table.rows))
    names, others = 330, 2 * 150
    left, right = _LEFT + names, _RIGHT - others
    room, beside = (right - left) / 2, 90
    middle = (left + right) / 2
    scale = (room - beside) / slide.largest if slide.largest else 0.0
    canvas.text(middle - 14, _TOP + _HEAD / 2, "Negative", 23, align="right", bold=True)
    canvas.text(middle + 14, _TOP + _HEAD / 2, "Positive", 23, bold=True)
    for at, head in enumerate(slide.table.columns[3:]):
        canvas.block(right + (at + 0.5) * 150, _TOP + _HEAD / 2, head, 140, 21, align="center", bold=True)
    for i, row in enumerate(slide.table.rows):
        y, bar = top + (i + 0.5) * high, min(52.0, high - 14)
        canvas.block(_LEFT, y, str(row[0]), names - 20, 23)
        for value, side in ((row[2], -1), (row[1], 1)):
            length = scale * value if isinstance(value, int) else 0.0
            start = middle - length if side < 0 else middle
            if length:
                fill, hatch = (PAPER, "//") if side < 0 else (_WELL, "")
                canvas.box(
                    start, y - bar / 2, length, bar, fill, edge=_BADLY if side < 0 else _WELL, hatch=hatch
                )
            align: Align = "right" if side < 0 else "left"
            canvas.text(middle + side * (length + 14), y, _said(value), 24, align=align)
        for at, value in enumerate(row[3:]):
            canvas.text(right + (at + 0.5) * 150, y, _said(value), 24, align="center")
    canvas.line([(middle, top), (middle, top + high * len(slide.table.rows))], INK)


def _shares(canvas: Canvas, slide: Slide) -> None:
    """A mark for each share and a line for its interval; words alone where there are too few."""
    top, high = _rows(len(slide.intervals))
    left, right = _LEFT + _NAMES, _RIGHT - 400
    ends = [high_end for *_, high_end, _ in slide.intervals if high_end is not None]
    step = next((s for s in (0.02, 0.05, 0.1, 0.2) if max(ends, default=0.0) <= 5 * s), 0.25)
    most = step * max(1, -(-max(ends, default=0.0) // step))
    foot = top + high * len(slide.intervals)
    for n in range(round(most / step) + 1):
        x = left + (right - left) * n * step / most
        canvas.line([(x, top), (x, foot)], RULE)
        canvas.text(x, _TOP + _HEAD - 20, f"{100 * n * step:g} %", 21, align="center", colour=GREY)
    for i, (name, share, low, high_end, words) in enumerate(slide.intervals):
        y = top + (i + 0.5) * high
        canvas.block(_LEFT, y, name, _NAMES - 30, min(22.0, high / 2.7))
        canvas.block(right + 30, y, words, 370, 20, colour=INK if share is not None else GREY)
        if share is None or low is None or high_end is None:
            continue
        at = [left + (right - left) * value / most for value in (low, share, high_end)]
        canvas.line([(at[0], y), (at[2], y)], _WELL, 5)
        for end in (at[0], at[2]):
            canvas.line([(end, y - 11), (end, y + 11)], _WELL, 4)
        canvas.marks([(at[1], y)], "o", INK, 18)


def _time(canvas: Canvas, slide: Slide) -> None:
    """The chart of the page, larger: the same points, lines and words at the same places."""
    chart = slide.time
    if chart is None:
        return
    scale = min((_RIGHT - _LEFT) / chart.width, (_FOOT - _TOP + 30) / chart.height)
    across = (_RIGHT - _LEFT) / chart.width
    x0, y0 = _LEFT, _TOP - 24

    def at(x: float, y: float) -> tuple[float, float]:
        return x0 + across * x, y0 + scale * y

    for box in chart.boxes:
        canvas.box(*at(box.x, box.y), across * box.width, scale * box.height, "#e8edee")
    looks = {"grid": (RULE, 2.0, False), "axis": (INK, 2.0, False), "limit": (GREY, 3.0, True),
             "centre": (INK, 3.0, False), "change": (GREY, 3.0, True)}  # fmt: skip
    for line in chart.lines:
        colour, thick, dashed = looks[line.style]
        canvas.line([at(line.x1, line.y1), at(line.x2, line.y2)], colour, thick, dashed=dashed)
    for points in chart.curves:
        places = [point.split(",") for point in points.split()]
        canvas.line([at(float(x), float(y)) for x, y in places], _WELL, 4)
    signs = {"plain": ("o", _WELL, 14.0), "open": ("open", _WELL, 16.0),
             "high": ("^", _BADLY, 28.0), "low": ("v", _BADLY, 28.0)}  # fmt: skip
    for style, (sign, colour, size) in signs.items():
        canvas.marks([at(m.x, m.y) for m in chart.marks if m.style == style], sign, colour, size)
    aligned: dict[str, Align] = {"right": "right", "value": "center"}
    for word in chart.words:
        x, y = at(word.x, word.y - 5)
        canvas.text(x, y, word.text, 25, align=aligned.get(word.style, "left"), bold=word.style == "line")


def _said(value: Cell) -> str:
    return f"{value:,}" if isinstance(value, int) else value


_FORMS: Mapping[Form, Callable[[Canvas, Slide], None]] = {
    "heat": _heat,
    "grid": _grid,
    "tones": _tones,
    "shares": _shares,
    "time": _time,
}
