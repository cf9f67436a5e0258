"""A slide to draw on, 1600 × 900 units from the top left, and its bytes as SVG and PNG.

The one module that draws with matplotlib. Its settings are its own defaults, never a user's, so that the
same report gives the same bytes; formulas in names (`$`) are not read.
"""

from __future__ import annotations

import functools
import io
import logging
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Literal, cast

from thememiner.reports.pictures import lettering

WIDTH, HEIGHT = 1600, 900
_DPI = 100
Align = Literal["left", "center", "right"]
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}  # how much of a line stands before its place
_POINT = 72 / _DPI  # points a unit
INK, GREY, RULE, PAPER = "#212b32", "#4c6272", "#d8dde0", "#ffffff"
_RC = {
    "svg.fonttype": "none",
    "svg.hashsalt": "thememiner",
    "hatch.linewidth": 2.0,
    "text.parse_math": False,
    "text.hinting": "none",  # a fifth of the time, for letters that look the same at this size
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
}  # Verdana is as wide, and on most desks


class Canvas:
    """What is drawn, in the order in which it is drawn."""

    def __init__(self) -> None:
        # Where its folder for lists of fonts cannot be written it says so; nothing depends on that.
        logging.getLogger("matplotlib").setLevel(logging.ERROR)
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        self.figure: Any = Figure(figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI, facecolor=PAPER)
        # no axes: they would cost as much as all that is drawn on them
        self._place = Affine2D().scale(1 / WIDTH, -1 / HEIGHT).translate(0, 1) + self.figure.transFigure

    def _add(self, artist: Any) -> None:
        artist.set_transform(self._place)
        self.figure.add_artist(artist)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 24,
        *,
        align: Align = "left",
        bold: bool = False,
        colour: str = INK,
        on: str = "",
    ) -> None:
        """A line of text about the height y; `on` is the colour of a ground behind it."""
        from matplotlib.font_manager import FontProperties

        weight = "bold" if bold else "normal"  # told to the SVG, where words are text
        font = FontProperties(fname=lettering.font_file(bold=bold), weight=weight, size=size * _POINT)
        if on and words:
            wide = lettering.width(lettering.drawable(words), size, bold=bold) + 12
            left = {"left": x - 6, "center": x - wide / 2, "right": x - wide + 6}[align]
            self.box(left, y - 0.7 * size, wide, 1.4 * size, on)
        line = _line()(
            x,
            y + 0.36 * size,  # half of a capital's height
            lettering.drawable(words),
            fontproperties=font,
            horizontalalignment=align,
            verticalalignment="baseline",
            color=colour,
            parse_math=False,
        )
        line.wide = lettering.width(line.get_text(), size, bold=bold)
        self._add(line)

    def block(
        self,
        x: float,
        y: float,
        words: str,
        room: float,
        size: float = 24,
        *,
        most: int = 2,
        align: Align = "left",
        bold: bool = False,
        colour: str = INK,
        on: str = "",
    ) -> None:
        """Text in lines about the height y."""
        told = lettering.lines(words, room, size, most, bold=bold)
        for place, line in enumerate(told):
            at = y + 1.2 * size * (place - (len(told) - 1) / 2)
            self.text(x, at, line, size, align=align, bold=bold, colour=colour, on=on)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        edge: str = "none",
        hatch: str = "",
        thick: float = 1.0,
    ) -> None:
        """A rectangle; a hatch is drawn in the colour of its edge."""
        from matplotlib.patches import Rectangle

        self._add(
            Rectangle(
                (x, y), width, height, facecolor=fill, edgecolor=edge, hatch=hatch or None, linewidth=thick
            )
        )

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, thick: float = 2.0, *, dashed: bool = False
    ) -> None:
        """A line through points."""
        from matplotlib.lines import Line2D

        xs, ys = zip(*points, strict=True)
        self._add(Line2D(xs, ys, color=colour, linewidth=thick * _POINT, linestyle="--" if dashed else "-"))

    def marks(self, points: Iterable[tuple[float, float]], sign: str, colour: str, size: float) -> None:
        """Signs of one sort: "o", "^", "v" or "open"."""
        from matplotlib.lines import Line2D

        at = list(points)
        if not at:
            return
        xs, ys = zip(*at, strict=True)
        face = PAPER if sign == "open" else colour
        self._add(
            Line2D(
                xs,
                ys,
                marker="o" if sign == "open" else sign,
                linestyle="none",
                markersize=size * _POINT,
                markerfacecolor=face,
                markeredgecolor=colour,
                markeredgewidth=2 * _POINT,
            )
        )

    def svg(self, title: str, description: str) -> bytes:
        """The slide as SVG with its words as text, and with a title and description for who cannot see it."""
        out = io.StringIO()
        self.figure.savefig(
            out, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")), facecolor=PAPER
        )
        drawn = out.getvalue()
        named = (
            f'<title id="title">{escape(_plain(title))}</title>\n'
            f'<desc id="desc">{escape(_plain(description))}</desc>\n'
        )
        start = drawn.index("<svg ")
        end = drawn.index(">", start)
        opened = f'{drawn[start:end]} role="img" aria-labelledby="title desc">\n{named}'
        return (drawn[:start] + opened + drawn[end + 1 :]).encode("utf-8")

    def png(self) -> bytes:
        """The slide as PNG, 1600 × 900, with no word of when or by what it was made."""
        out = io.BytesIO()
        self.figure.savefig(out, format="png", metadata={"Software": None}, pil_kwargs={"compress_level": 3})
        return out.getvalue()


@functools.cache
def _line() -> Any:
    """A line of text of a width that is known (`wide`): laid out anew it would cost twice as much."""
    from matplotlib.text import Text

    class Line(Text):
        wide = 0.0

        def draw(self, renderer: Any) -> None:
            if not self.get_text():
                return
            across, down = renderer.get_canvas_width_height()
            x, y = self.get_transform().transform(self.get_unitless_position())
            x -= _BEFORE[self.get_horizontalalignment()] * self.wide * across / WIDTH
            gc = renderer.new_gc()
            gc.set_foreground(self.get_color())
            renderer.open_group("text", self.get_gid())
            y = down - y if renderer.flipy() else y
            renderer.draw_text(gc, x, y, self.get_text(), self.get_fontproperties(), 0, mtext=self)
            renderer.close_group("text")
            gc.restore()

    return Line


class settings:  # noqa: N801  read as a word: with settings():
    """matplotlib's own defaults and ours while charts are drawn, and what was before again after."""

    def __enter__(self) -> None:
        import matplotlib as mpl

        self._before = mpl.rc_context()
        self._before.__enter__()
        mpl.rcdefaults()
        mpl.rcParams.update(cast("Any", _RC))

    def __exit__(self, *error: object) -> None:
        self._before.__exit__(None, None, None)


def _plain(text: str) -> str:
    """A text that XML can hold."""
    return "".join(
        c if c in "\t\n" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff" else " "
        for c in text
    )
