"""A mail's parts → the bytes of an EML file, for a mail inside an Outlook message: the same each time."""

from __future__ import annotations

import datetime as dt
import hashlib
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime
from typing import TYPE_CHECKING

from thememiner.reading.tidying import line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from email.mime.base import MIMEBase

    from thememiner.reading.mailparts import Parts, Stretch


def written(parts: Parts, *, title: str, date: str, known: Iterable[tuple[str, str]]) -> bytes:
    """The mail as EML; its people stand in its headers, so that they are known again."""
    mail = _multipart("mixed", title, date)
    mail["Subject"] = Header(line(title), "utf-8").encode()
    if date:
        mail["Date"] = format_datetime(dt.datetime.fromisoformat(f"{date}T12:00:00+00:00"))
    for sort, value in sorted(known):
        mail["To"] = Header(f'"{value}" <>' if sort == "person" else f"<{value}>", "utf-8").encode()
    for number, stretch in enumerate(parts.stretches):
        mail.attach(_stretch(stretch, number))
    for member in parts.files():
        if member.code:
            continue
        item = MIMEApplication(member.data, policy=compat32)
        item.add_header("Content-Disposition", "attachment", filename=("utf-8", "", member.name))
        mail.attach(item)
    return mail.as_bytes(policy=compat32)


def _stretch(stretch: Stretch, number: int) -> MIMEBase:
    versions: list[MIMEBase] = [
        MIMEText(text, "plain", "utf-8", policy=compat32) for text in stretch.plain if text
    ]
    for page in stretch.pages:
        if page:
            item = MIMEApplication(page, policy=compat32)
            item.replace_header("Content-Type", "text/html")
            versions.append(item)
    if len(versions) == 1:
        return versions[0]
    both = _multipart("alternative", str(number), *stretch.plain)
    for version in versions:
        both.attach(version)
    return both


def _multipart(sort: str, *words: str) -> MIMEMultipart:
    """Parts with a boundary of their own that is no dice throw: the file's digest must not change."""
    digest = hashlib.sha256("\0".join((sort, *words)).encode("utf-8", "replace")).hexdigest()
    return MIMEMultipart(sort, boundary=f"={digest[:40]}", policy=compat32)
