"""Text from anywhere as the words of a Word document: never an element, a field or a mark of its own."""

from __future__ import annotations

import re
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Signs that XML cannot hold.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OPENS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
_BREAKS = re.compile("([\n\t])")


def clean(text: str) -> str:
    """A text that XML can hold: a sign that it cannot is replaced, and every line end is one sign."""
    return _NO_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """A text for a heading: clean, on one line."""
    return " ".join(clean(text).split())


def closing(text: str) -> str:
    """What ends the turns of direction that a text begins and does not end, so that none reaches further."""
    opened: list[str] = []
    for sign in text:
        if sign in _OPENS:
            opened.append(_OPENS[sign])
        elif sign in "\u202c\u2069" and sign in opened:
            del opened[len(opened) - 1 - opened[::-1].index(sign) :]
    return "".join(reversed(opened))


def child(parent: Any, tag: str, **attributes: str) -> Any:
    """A new element of Word's own, last in its parent, with attributes of Word's own."""
    from lxml.etree import SubElement

    made = SubElement(parent, W + tag)
    for name, value in attributes.items():
        made.set(W + name, value)
    return made


def run(paragraph: Any, text: str, *, bold: bool = False) -> None:
    """A stretch of text at the end of a paragraph, with its line breaks and tabs."""
    made = child(paragraph, "r")
    if bold:
        child(child(made, "rPr"), "b")
    for part in _BREAKS.split(clean(text)):
        if part == "\n":
            child(made, "br")
        elif part == "\t":
            child(made, "tab")
        elif part:
            words = child(made, "t")
            words.text = part
            words.set(_SPACE, "preserve")


def field(paragraph: Any, instruction: str, shown: str = "1") -> None:
    """A field that Word works out, such as PAGE; `instruction` is ours, never a text from outside."""
    run(child(paragraph, "fldSimple", instr=f" {instruction} "), shown)
