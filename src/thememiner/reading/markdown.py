"""Markdown → headings, paragraphs, list items and the cells of pipe tables, without the marks."""

from __future__ import annotations

import html
import re

from thememiner.reading.blocks import Blocks
from thememiner.reading.decoding import decode_whole
from thememiner.reading.parsed import RefusedError, Text
from thememiner.reading.tidying import line

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+(.*?))?\s*#*\s*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})\s*$")
_ITEM = re.compile(r"\s*(?:[-*+•]|(\d{1,9}[.)]))\s+(?:\[[ xX]\]\s+)?(.*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r" {0,3}([-*_])(?:\s*\1){2,}\s*$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_QUOTE = re.compile(r"^(?: {0,3}>\s?)+")
_FRONT = re.compile(r"---\s*\n(.*?)\n---\s*\n", re.DOTALL)
_TITLE = re.compile(r"^title:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
_PIPE = re.compile(r"(?<!\\)\|")
_LINK_TARGET = r"\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\s*\)"
_IMAGE = re.compile(r"!\[([^\]]*)\]" + _LINK_TARGET)
_LINK = re.compile(r"\[([^\]]*)\](?:" + _LINK_TARGET + r"|\[[^\]]*\])")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^>\s]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BREAK = re.compile(r"<br\s*/?>|</(?:li|p|div|tr|td|th|h[1-6])>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*{1,3}|(?<!\w)_{1,3})(?=\S)(.+?)(?<=\S)(?:\1)(?!\w)", re.DOTALL)
_CODE = re.compile(r"(`+)(.+?)\1")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~&<])")
_LONGEST_MARKED = 50_000  # characters of one paragraph; marks in longer ones are left as they are
_KEPT = re.compile("\ue000(\\d+)\ue001")  # where an escaped character stands meanwhile


def parse(data: bytes) -> Text:
    """The blocks of a Markdown file; its title is that of its front matter, else its first heading."""
    decoded = decode_whole(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    title = ""
    if front:
        told = _TITLE.search(front[1])
        title, text = (line(told[1]) if told else ""), text[front.end() :]
    blocks = _Reader().read(_without_comments(text).split("\n"))
    if not blocks.found:
        raise RefusedError("empty", "there is no text in the file")
    if not title:
        title = next((b.text for b in blocks.found if b.sort == "heading"), "")
    return Text(tuple(blocks.found), title, detail=decoded.detail)


class _Reader:
    """Reads line by line, holding the paragraph or item that is not yet at its end."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.held: list[str] = []
        self.sort = "paragraph"
        self.lead = ""  # the number of the item that is held
        self.row = -1  # of the table that is open, -1 when none is

    def read(self, lines: list[str]) -> Blocks:
        fence = ""
        for index, raw in enumerate(lines):
            opening = _FENCE.match(raw)
            if fence:
                if opening and opening[1].startswith(fence):
                    fence = ""
                    self.flush()
                else:
                    self.held.append(raw.replace("*", "\\*").replace("_", "\\_"))
            elif opening:
                self.flush()
                fence = opening[1]
            else:
                self.take(_QUOTE.sub("", raw), lines[index + 1] if index + 1 < len(lines) else "")
        self.flush()
        return self.blocks

    def take(self, raw: str, following: str) -> None:
        heading, item = _HEADING.match(raw), _ITEM.match(raw)
        if not raw.strip():
            self.flush()
        elif self._in_table(raw, following):
            self.cells(raw)
        elif heading:
            self.flush()
            self.blocks.add(inline(heading[2] or ""), "heading", len(heading[1]))
        elif self.held and self.sort == "paragraph" and (under := _UNDERLINE.match(raw)):
            text, self.held = " ".join(self.held), []
            self.blocks.add(inline(text), "heading", 1 if under[1].startswith("=") else 2)
        elif _RULE.match(raw):
            self.flush()
        elif item:
            self.flush()
            self.held, self.sort, self.lead = [item[2]], "item", f"{item[1]} " if item[1] else ""
        else:
            self.held.append(raw.strip() + ("\n" if raw.endswith(("  ", "\\")) else ""))

    def _in_table(self, raw: str, following: str) -> bool:
        if self.row >= 0:
            return bool(_PIPE.search(raw))
        starts = bool(_PIPE.search(raw)) and "|" in following and bool(_TABLE_RULE.match(following))
        if starts:
            self.flush()
            self.blocks.tables += 1
            self.row = 0
        return starts

    def cells(self, raw: str) -> None:
        if _TABLE_RULE.match(raw) and self.row == 1:
            return
        for column, cell in enumerate(_PIPE.split(raw.strip().removeprefix("|").removesuffix("|"))):
            self.blocks.cell(inline(cell), self.row, column)
        self.row += 1

    def flush(self) -> None:
        text = "".join(part if part.endswith("\n") else part + " " for part in self.held).strip()
        strong = bool(re.fullmatch(r"(\*\*|__)(?!.*\1.*\1).+\1:?", text, re.DOTALL))
        self.blocks.add(inline(text), self.sort, lead=self.lead, strong=strong)
        self.held, self.sort, self.lead, self.row = [], "paragraph", "", -1


def _without_comments(text: str) -> str:
    pieces = text.split("<!--")
    kept = [pieces[0]]
    for piece in pieces[1:]:
        _, closing, after = piece.partition("-->")
        kept.append(after if closing else f"<!--{piece}")
    return "".join(kept)


def inline(text: str) -> str:
    """A stretch of Markdown without its marks: links as their words, emphasis and code as plain text."""
    if len(text) > _LONGEST_MARKED:
        return text
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[match.lastindex or 0])
        return f"\ue000{len(kept) - 1}\ue001"

    text = _ESCAPE.sub(keep, text.replace("\ue000", "").replace("\ue001", ""))
    text = _CODE.sub(keep, text)
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    text = _AUTOLINK.sub(r"\1", text)
    text = _TAG.sub("", _BREAK.sub("\n", text))
    for _ in range(3):  # bold inside italic inside bold
        text = _EMPHASIS.sub(r"\2", text)
    text = html.unescape(text)
    return _KEPT.sub(lambda match: kept[int(match[1])], text)
