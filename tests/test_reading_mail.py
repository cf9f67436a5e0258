"""Mail: EML and mailboxes, their bodies, people and attachments. All names and words are invented."""

from __future__ import annotations

import base64
from email.message import EmailMessage

import pytest

from thememiner.reading import correspondents, mail, mboxes, read
from thememiner.reading.parsed import RefusedError
from thememiner.records import KNOWN, Source

FIRST = "The crisis team did not ring back on Friday."
SECOND = "Nobody told us who the new coordinator was."
HEADERS = (
    "From: Ottoline Quill <o.quill@example.org>\r\nTo: Review <review@example.org>\r\n"
    "Subject: A visit\r\nDate: Tue, 03 Mar 2026 23:30:00 -0500\r\nMIME-Version: 1.0\r\n"
)


def eml(body, sort="text/plain; charset=utf-8", headers=HEADERS, **more):
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in more.items())
    data = body if isinstance(body, bytes) else body.encode()
    return f"{headers}Content-Type: {sort}\r\n{lines}\r\n".encode() + data


def parts(*items, sort="mixed"):
    body = "".join(f"--b1\r\n{item}\r\n" for item in items) + "--b1--\r\n"
    return eml(body, f"multipart/{sort}; boundary=b1")


def text(parsed):
    return "\n".join(block.text for block in parsed.blocks)


def test_the_headers_are_known_and_not_in_the_text():
    parsed = mail.parse(eml(f"{FIRST}\r\n\r\n{SECOND}"))
    assert [block.text for block in parsed.blocks] == [FIRST, SECOND]
    assert [block.location for block in parsed.blocks] == ["paragraph 1", "paragraph 2"]
    assert (parsed.title, parsed.date, parsed.partly) == ("A visit", "2026-03-03", "")
    assert parsed.known == (
        ("e-mail", "o.quill@example.org"),
        ("e-mail", "review@example.org"),
        ("person", "Ottoline Quill"),
        ("person", "Review"),
    )
    assert {sort for sort, _ in parsed.known} <= set(KNOWN)


def test_what_is_known_reaches_the_document(tmp_path):
    path = tmp_path / "visit.eml"
    path.write_bytes(eml(FIRST))
    (document,) = read([Source(path, kind="account")]).documents
    assert (document.title, document.date, document.text) == ("A visit", "2026-03-03", FIRST)
    assert ("person", "Ottoline Quill") in document.known


@pytest.mark.parametrize(
    ("value", "people", "addresses"),
    [
        ("Ottoline Quill <o.quill@example.org>", {"Ottoline Quill"}, {"o.quill@example.org"}),
        ('"QUILL, Ottoline (AN INVENTED NHS TRUST)" <o@example.org>', {"Ottoline QUILL"}, {"o@example.org"}),
        ("o@example.org", set(), {"o@example.org"}),
        ('"o@example.org" <o@example.org>', set(), {"o@example.org"}),
        ("Patient Safety Team <safety@example.org>", set(), {"safety@example.org"}),
        ("a@example.org, Ottoline Quill <b@example.org>; Bram Tolliver <c@example.org>",
         {"Ottoline Quill", "Bram Tolliver"}, {"a@example.org", "b@example.org", "c@example.org"}),
        ("Ottoline Quill [mailto:b@example.org]", {"Ottoline Quill"}, {"b@example.org"}),
        ("undisclosed-recipients:;", set(), set()),
        ("", set(), set()),
    ],
)  # fmt: skip
def test_people_of_a_header(value, people, addresses):
    found = correspondents.of_headers([value])
    assert {name for sort, name in found if sort == "person"} == people
    assert {name for sort, name in found if sort == "e-mail"} == addresses


def test_people_of_the_mails_that_are_answered_are_known_too():
    body = (
        f"{FIRST}\r\n\r\nOn Mon, 2 Mar 2026 at 10:12, Bram Tolliver <b@example.org> wrote:\r\n"
        f"> {SECOND}\r\n\r\n"
        "From: Ines Farrow <i@example.org>\r\nTo: Team\r\n\r\nOutcome: none"
    )
    parsed = mail.parse(eml(body))
    assert {name for sort, name in parsed.known if sort == "person"} == {
        "Ottoline Quill",
        "Review",
        "Bram Tolliver",
        "Ines Farrow",
    }
    assert FIRST in text(parsed)
    assert SECOND in text(parsed)


def test_encoded_headers_are_decoded():
    headers = (
        "From: =?utf-8?q?Quill=2C_Zo=C3=AB?= <z@example.org>\r\n"
        "Subject: =?iso-8859-1?q?Caf=E9?=\r\n =?utf-8?b?4oCT?= new\r\n"
    )
    parsed = mail.parse(eml(FIRST, headers=headers))
    assert parsed.title == "Café– new"
    assert ("person", "Zoë Quill") in parsed.known
    raw = mail.parse(b"Subject: Caf\xe9\r\nFrom: Zo\xc3\xab <z@example.org>\r\n\r\nWords.")
    assert raw.title == "Café"
    assert ("person", "Zoë") in raw.known


@pytest.mark.parametrize(
    ("charset", "data", "packing"),
    [
        ("utf-8", "Her father’s £20", "8bit"),
        ("utf-8", "Her father’s £20", "base64"),
        ("windows-1252", "Her father’s £20", "8bit"),
        ("windows-1252", "Her father’s £20", "base64"),
        ("utf-16", "Her father’s £20", "base64"),
        ("koi8-r", "Дом", "8bit"),
        ("koi8-r", "Дом", "base64"),
    ],
)
def test_a_body_in_its_character_set(charset, data, packing):
    body = data.encode(charset)
    body = base64.encodebytes(body) if packing == "base64" else body
    parsed = mail.parse(eml(body, f"text/plain; charset={charset}", Content_Transfer_Encoding=packing))
    assert text(parsed) == data


@pytest.mark.parametrize("charset", ["iso-8859-1", "us-ascii", "x-no-such-set", "hex", "utf-8", '"'])
def test_a_character_set_that_is_wrong_or_unknown_loses_nothing(charset):
    parsed = mail.parse(eml("Her father’s £20".encode("cp1252"), f"text/plain; charset={charset}"))
    assert text(parsed) == "Her father’s £20"


def test_plain_text_comes_before_a_page_that_says_the_same():
    page = f"<html><body><p>{FIRST}</p></body></html>"
    parsed = mail.parse(
        parts(
            f"Content-Type: text/plain\r\n\r\n{FIRST}",
            f"Content-Type: text/html\r\n\r\n{page}",
            sort="alternative",
        )
    )
    assert [block.text for block in parsed.blocks] == [FIRST]


def test_a_plain_text_that_only_points_at_the_page_does_not_hide_it():
    page = f"<p>{FIRST}</p><p>{SECOND}</p><table><tr><td>Ward</td><td>Four</td></tr></table>"
    parsed = mail.parse(
        parts(
            "Content-Type: text/plain\r\n\r\nSee the page.",
            f"Content-Type: text/html\r\n\r\n{page}",
            sort="alternative",
        )
    )
    assert [block.text for block in parsed.blocks] == [FIRST, SECOND, "Ward", "Four"]


def test_all_stretches_of_a_body_are_kept_and_numbered_through():
    parsed = mail.parse(
        parts(f"Content-Type: text/plain\r\n\r\n{FIRST}", f"Content-Type: text/html\r\n\r\n<p>{SECOND}</p>")
    )
    assert [(block.text, block.location) for block in parsed.blocks] == [
        (FIRST, "paragraph 1"),
        (SECOND, "paragraph 2"),
    ]


def attachment(name, data, sort="text/plain", disposition="attachment", more=""):
    packed = base64.encodebytes(data).decode().replace("\n", "\r\n")
    return (
        f"Content-Type: {sort}\r\nContent-Transfer-Encoding: base64\r\n{more}"
        f'Content-Disposition: {disposition}; filename="{name}"\r\n\r\n{packed}'
    )


def test_attachments_are_files_of_their_own(tmp_path):
    path = tmp_path / "visit.eml"
    items = (
        f"Content-Type: text/plain\r\n\r\n{FIRST}",
        attachment("notes.txt", SECOND.encode()),
        attachment("../../notes.txt", b"Other words."),
        attachment("scan.png", b"x", "image/png"),
    )
    path.write_bytes(parts(*items))
    reading = read([Source(path, kind="policy")])
    assert [(e.source, e.status, e.reason) for e in reading.ledger] == [
        ("visit.eml", "read", ""),
        ("visit.eml/notes (2).txt", "read", ""),
        ("visit.eml/notes.txt", "read", ""),
        ("visit.eml/scan.png", "refused", "unsupported"),
    ]
    assert {d.text for d in reading.documents} == {FIRST, SECOND, "Other words."}


def test_a_picture_that_the_page_shows_is_counted_and_another_is_a_file():
    shown = attachment("logo.png", b"x", "image/png", "inline", "Content-ID: <logo@x>\r\n")
    other = attachment("photo.png", b"y", "image/png", "inline", "Content-ID: <photo@x>\r\n")
    page = f'Content-Type: text/html\r\n\r\n<p>{FIRST}</p><img src="cid:logo@x">'
    parsed = mail.parse(parts(page, shown, other, sort="related"))
    assert [member.name for member in parsed.members] == ["photo.png"]
    assert parsed.skipped == (("picture in the text", 1),)


def test_a_mail_in_a_mail_is_a_file_and_its_headers_come_along(tmp_path):
    inner = eml(SECOND, headers=HEADERS.replace("Ottoline Quill", "Bram Tolliver")).decode()
    path = tmp_path / "visit.eml"
    path.write_bytes(
        parts(f"Content-Type: text/plain\r\n\r\n{FIRST}", f"Content-Type: message/rfc822\r\n\r\n{inner}")
    )
    reading = read([Source(path, kind="policy")])
    assert [e.source for e in reading.ledger] == ["visit.eml", "visit.eml/attached mail.eml"]
    assert reading.documents[1].text == SECOND
    assert ("person", "Bram Tolliver") in reading.documents[1].known


def test_what_is_no_text_and_no_file_is_counted():
    signed = parts(
        f"Content-Type: text/plain\r\n\r\n{FIRST}",
        "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR",
        attachment("smime.p7s", b"0", "application/pkcs7-signature"),
        "Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n",
        sort="signed",
    )
    parsed = mail.parse(signed)
    assert text(parsed) == FIRST
    assert parsed.skipped == (("calendar entry", 1), ("delivery report", 1), ("signature", 1))
    assert not parsed.members
    assert not parsed.partly


def test_a_winmail_is_counted_and_the_mail_only_partly_read():
    item = attachment("winmail.dat", b"\x78\x9f\x3e\x22", "application/ms-tnef")
    parsed = mail.parse(parts(f"Content-Type: text/plain\r\n\r\n{FIRST}", item))
    assert (parsed.partly, parsed.skipped) == ("unsupported", (("winmail.dat", 1),))


ENVELOPED = bytes.fromhex("308006092a864886f70d010703a080")


@pytest.mark.parametrize(
    "data",
    [
        eml(base64.encodebytes(ENVELOPED), "application/pkcs7-mime", Content_Transfer_Encoding="base64"),
        eml("x", "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"),
        parts("Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1", sort="encrypted"),
        eml("-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----"),
    ],
)
def test_an_encrypted_mail_is_refused_as_that(data):
    with pytest.raises(RefusedError) as refused:
        mail.parse(data)
    assert refused.value.code == "encrypted"


def test_a_mail_cut_short_says_so():
    whole = parts(f"Content-Type: text/plain\r\n\r\n{FIRST}", attachment("a.txt", SECOND.encode()))
    assert mail.parse(whole).partly == ""
    cut = mail.parse(whole[: whole.index(b"filename")])
    assert (cut.partly, text(cut)) == ("truncated", FIRST)


@pytest.mark.parametrize(
    "data", [b"Only words.\n", b"\x00\x01\x02", b"id,text\n1,words\n", b"Dear all\n\nWords: x"]
)
def test_what_is_no_mail_is_refused(data):
    with pytest.raises(RefusedError, match="malformed"):
        mail.parse(data)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_mail_saved_in_another_encoding_is_read(encoding):
    assert (
        text(mail.parse((HEADERS + f"\r\nHer father’s £20. {FIRST}").encode(encoding)))
        == f"Her father’s £20. {FIRST}"
    )


@pytest.mark.parametrize(
    "value", ["", "yesterday", "Tue, 99 Mar 2026", "Tue, 03 Mar 99999 10:00:00 +0000", "=?utf-8?b?%%%?="]
)
def test_a_date_that_is_none_is_none(value):
    headers = f"From: o@example.org\r\nDate: {value}\r\nSubject: {value}\r\n"
    assert mail.parse(eml(FIRST, headers=headers)).date == ""


def test_headers_that_break_the_rules_break_nothing():
    message = (
        b'From: "Ottoline <o@example.org\r\nTo: ,,;<>@\r\nCc: =?x?q?=ff?= <\r\nMessage-ID: <[bad]>\r\n'
        b"Content-Type: text/plain; charset*=x'y'%zz; name*0*=a\r\nContent-Disposition: ;;;\r\n"
        b"Content-Transfer-Encoding: nonsense\r\n\r\nWords."
    )
    parsed = mail.parse(message)
    assert text(parsed) or parsed.members
    assert ("e-mail", "o@example.org") in parsed.known


def mbox(*mails, start="From quill@example.org Tue Mar  3 10:00:00 2026"):
    return b"".join(f"{start}\n".encode() + data.replace(b"\r\n", b"\n") + b"\n\n" for data in mails)


def test_a_mailbox_gives_its_mails(tmp_path):
    path = tmp_path / "box.mbox"
    path.write_bytes(mbox(*[eml(f"{FIRST} {number}") for number in range(11)]))
    reading = read([Source(path, kind="policy")])
    assert [e.source for e in reading.ledger[:3]] == [
        "box.mbox",
        "box.mbox/mail 01.eml",
        "box.mbox/mail 02.eml",
    ]
    assert [d.text for d in reading.documents] == [f"{FIRST} {number}" for number in range(11)]


def test_a_line_of_a_text_that_begins_with_from_parts_no_mails():
    body = f"{FIRST}\n\n>From the ward we heard 2 things.\n>>From there too.\n\n"
    body += "From May 2026 on nobody came.\n\nFrom 9 to 5 in May 2026:\nReason: none.\n\n"
    body += "We waited\nFrom 9:00 to 17:00 in May 2026\nReason: unknown.\n\nEnd."
    (member,) = mboxes.parse(mbox(eml(body))).members
    found = text(mail.parse(member.data))
    for words in (
        "\nFrom the ward",
        "From there too.",
        "From May 2026 on nobody came.",
        "Reason: unknown.",
        "End.",
    ):
        assert words in found


@pytest.mark.parametrize("data", [b"Words only.\n", eml(FIRST), b"From here on nothing.\n"])
def test_what_is_no_mailbox_is_refused(data):
    with pytest.raises(RefusedError, match="malformed"):
        mboxes.parse(data)


def test_a_mailbox_of_too_many_mails_is_refused(monkeypatch):
    monkeypatch.setattr(mboxes, "MOST", 2)
    assert len(mboxes.parse(mbox(eml("a"), eml("b"))).members) == 2
    with pytest.raises(RefusedError, match="over_limit"):
        mboxes.parse(mbox(eml("a"), eml("b"), eml("c")))


def test_speakers_in_a_mail_are_heard(tmp_path):
    path = tmp_path / "notes.eml"
    path.write_bytes(eml(f"Carer: {FIRST}\r\n\r\nTrust lead: We have a new rota."))
    (document,) = read([Source(path, kind="feedback")]).documents
    assert [voice for voice, _, _ in document.voices] == ["family or carer", "provider lead"]


def test_a_mail_that_the_standard_library_writes_comes_back_whole():
    message = EmailMessage()
    message["From"], message["Subject"] = "Ottoline Quill <o@example.org>", "Ünïted"
    message.set_content(f"{FIRST} Her father’s £20.\n")
    message.add_alternative(f"<p>{FIRST} Her father’s £20.</p>", subtype="html")
    message.add_attachment("Ward,Bed\n4,2\n", subtype="csv", filename="beds é.csv")
    parsed = mail.parse(message.as_bytes())
    assert (parsed.title, text(parsed)) == ("Ünïted", f"{FIRST} Her father’s £20.")
    assert [(member.name, member.data) for member in parsed.members] == [("beds é.csv", b"Ward,Bed\n4,2\n")]
