"""Write the invented documents of the sample corpus, with their gold answers.

Six policies, four completed returns and the notes of four review meetings. Every sentence is
hand-written in the text banks beside this file (``sample_documents_*.toml``); nothing in them
comes from a real person, organisation or document. :func:`write` lays them out as Word, PDF, HTML
and Markdown files with no clock in them, and returns what was planted and where. The findings,
the table of organisations and the demands that the sample was built to show are in
``sample_documents_review.toml``.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import pathlib
import re
import tomllib
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import docx
import fpdf
from docx.oxml.ns import qn
from docx.shared import Pt

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = pathlib.Path(__file__).parent
FROZEN = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
ORGANISATIONS = {
    "HAR": "Harrowdale Mental Health NHS Foundation Trust",
    "TAR": "Tarnside Partnership NHS Foundation Trust",
    "ESK": "Eskmoor Healthcare NHS Trust",
    "CAL": "Calderwick Community NHS Trust",
    "FEL": "Fellgate Housing and Care Partnership",
}
POLICIES = ("har_transfer", "har_caseload", "tar_discharge", "tar_attendance", "esk_risk", "cal_standard")
SECTIONS = {
    "policies": "Relevant policies and procedures",
    "experience": "Experience of service use",
    "governance": "Governance, monitoring and partnership arrangements",
    "gaps": "Identification of gaps, barriers and challenges",
}
LEAD = "provider lead"
CONTROL = (
    "This is a controlled document, and the copy that counts is the one on the intranet.",
    "Once printed it is no longer controlled and may have been overtaken.",
    "It will be looked at again by the policy group on or before the review date shown in the table.",
    "Amendments between reviews must be passed by the policy group and entered in the version history.",
    "Earlier versions are kept in the policy archive for ten years.",
)
CONTROL_LINE = "Uncontrolled when printed. Check the intranet for the current version."
SIGNS = {"+": "positive", "-": "negative", "~": "mixed", "=": "neutral"}
TAGGED = re.compile(r"\[([a-z+\-~= !]+)\] (.+)")
UNNUMBERED = ("Appendix", "Annex", "Schedule")
INDENT = "    "


@dataclass(frozen=True)
class Sentence:
    """One sentence, the themes planted in it and whether it is a commitment."""

    text: str
    themes: dict[str, str] = field(default_factory=dict)
    commitment: bool = False


@dataclass
class Block:
    """A clause, a bulleted line, a table or a speaker's paragraph."""

    kind: str
    sentences: list[Sentence] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    label: str = ""

    @property
    def text(self) -> str:
        """The sentences as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass
class Part:
    """A heading and the blocks under it."""

    heading: str
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Gold:
    """The planted answers, gathered file by file."""

    documents: list[dict[str, object]] = field(default_factory=list)
    passages: list[dict[str, object]] = field(default_factory=list)
    identifiers: list[dict[str, str]] = field(default_factory=list)
    decoys: dict[str, list[str]] = field(default_factory=dict)
    blank: list[dict[str, str]] = field(default_factory=list)

    def add_document(self, bank: dict[str, Any], file: str, kind: str, date: str) -> None:
        """Record one document and the identifiers in it; its passages are there already."""
        mine = [p for p in self.passages if p["file"] == file]
        self.documents.append(
            {
                "file": file,
                "kind": kind,
                "organisation": ORGANISATIONS[bank["organisation"]],
                "date": date,
                "themes": overall(mine),
            }
        )
        self.identifiers += [{"file": file, **planted} for planted in bank.get("identifiers", [])]

    def add_passages(self, sentences: list[Sentence], **where: str) -> None:
        """Record the sentences that bear a theme."""
        for sentence in sentences:
            if sentence.themes:
                modality = "commitment" if sentence.commitment else "description"
                told = {"text": sentence.text, "themes": sentence.themes, "modality": modality}
                self.passages.append({**where, **told})

    def add_decoys(self, name: str, *texts: str) -> None:
        """Record wording that must not come up as a theme, once for each text."""
        listed = self.decoys.setdefault(name, [])
        listed += [text for text in texts if text not in listed]


def overall(passages: list[dict[str, Any]]) -> dict[str, str]:
    """Find what a document as a whole says of each theme: a polarity, or in a policy a commitment."""
    seen: dict[str, set[str]] = {}
    for passage in passages:
        for theme, polarity in passage["themes"].items():
            committed = passage["kind"] == "policy" and passage["modality"] == "commitment"
            seen.setdefault(theme, set()).add("commitment" if committed else polarity)
    return {theme: settle(found) for theme, found in sorted(seen.items())}


def settle(found: set[str]) -> str:
    """Settle on one word for all that a document says of a theme."""
    if "commitment" in found:
        return "commitment"
    told = found - {"neutral"}
    if len(told) > 1:
        return "mixed"
    return next(iter(told), "neutral")


# reading the banks


def load(name: str) -> dict[str, Any]:
    """Read one of the text banks."""
    return tomllib.loads((HERE / f"sample_documents_{name}.toml").read_text(encoding="utf-8"))


def read_sentence(line: str) -> Sentence:
    """Read one line of a bank: a sentence with or without tags before it."""
    tagged = TAGGED.fullmatch(line)
    if not tagged:
        return Sentence(line)
    marks = tagged[1].split()
    themes = {mark.rstrip("+-~="): SIGNS.get(mark[-1], "neutral") for mark in marks if mark != "!"}
    return Sentence(tagged[2], themes, commitment="!" in marks)


def read_paragraphs(text: str) -> list[list[str]]:
    """Split a block of a bank at its blank lines."""
    return [group.splitlines() for group in re.split(r"\n\s*\n", text.strip()) if group.strip()]


def read_parts(text: str) -> list[Part]:
    """Read the headings, clauses, bullets, tables and speakers of one document."""
    parts: list[Part] = []
    listing = False
    for group in read_paragraphs(text):
        lines = group
        if lines[0].startswith("#"):
            mark, _, heading = lines[0].partition(" ")
            listing = mark == "#."
            parts.append(Part(heading))
            lines = lines[1:]
        parts[-1].blocks += (
            [Block("line", [read_sentence(line)]) for line in lines] if listing else read_blocks(lines)
        )
    return parts


def read_blocks(lines: list[str]) -> Iterator[Block]:
    """Read one paragraph of a bank, which may have bullets or a table within it."""
    current: Block | None = None
    for line in lines:
        kind = {"*": "bullet", "|": "table"}.get(line[0], "clause")
        if line.startswith("@"):
            current = Block("speech", label=line[1:])
            continue
        if current and (kind == "bullet" or current.kind not in {kind, "speech"}):
            yield current
            current = None
        current = current or Block(kind)
        if kind == "table":
            current.rows.append([cell.strip() for cell in line.strip("| ").split("|")])
        else:
            current.sentences.append(read_sentence(line.removeprefix("* ")))
    if current:
        yield current


def long_date(day: str) -> str:
    """Write a date out, as in 3 May 2026."""
    date = dt.date.fromisoformat(day)
    return f"{date.day} {date:%B %Y}"


# policies


@dataclass(frozen=True)
class Line:
    """One thing to lay out in a policy: a heading, a clause, a bullet, a table or a plain line."""

    kind: str
    text: str = ""
    number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def control_rows(bank: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    """List the particulars at the head of a policy."""
    return (
        ("Organisation", ORGANISATIONS[bank["organisation"]]),
        ("Reference", bank["reference"]),
        ("Version", bank["version"]),
        ("Ratified by", bank["ratified_by"]),
        ("Date ratified", long_date(bank["ratified"])),
        ("Review date", long_date(bank["review"])),
        ("Document owner", bank["owner"]),
    )


def control_lines(bank: dict[str, Any], number: int) -> Iterator[Line]:
    """Lay out the document control section that closes every policy."""
    yield Line("heading", "Document control", f"{number}.")
    for count, text in enumerate(CONTROL, start=1):
        yield Line("clause", text, f"{number}.{count}")
    history = (("Version", "Date", "Change"), *(tuple(row) for row in bank["history"]))
    yield Line("table", rows=history)


def policy_lines(bank: dict[str, Any]) -> Iterator[Line]:
    """Lay out the sections and clauses of a policy with numbers, and its appendices without."""
    parts = read_parts(bank["text"])
    main = [part for part in parts if not part.heading.startswith(UNNUMBERED)]
    for number, part in enumerate(main, start=1):
        yield Line("heading", part.heading, f"{number}.")
        yield from clause_lines(part, f"{number}.")
    yield from control_lines(bank, len(main) + 1)
    for part in parts[len(main) :]:
        yield Line("heading", part.heading)
        yield from clause_lines(part, "")


def clause_lines(part: Part, prefix: str) -> Iterator[Line]:
    """Lay out the clauses of one section with their numbers."""
    count = 0
    for block in part.blocks:
        if block.kind == "table":
            yield Line("table", rows=tuple(tuple(row) for row in block.rows))
        elif block.kind == "clause":
            count += 1
            yield Line("clause", block.text, f"{prefix}{count}" if prefix else "")
        else:
            yield Line(block.kind, block.text)


def policy_docx(bank: dict[str, Any], path: pathlib.Path) -> None:
    """Write a policy as a Word document."""
    document = new_docx(bank["title"])
    section = document.sections[0]
    section.header.paragraphs[0].text = f"{bank['reference']} {bank['title']}"
    section.footer.paragraphs[0].text = CONTROL_LINE
    document.add_heading(bank["title"], level=0)
    add_table(document, control_rows(bank))
    for line in policy_lines(bank):
        if line.kind == "heading":
            document.add_heading(f"{line.number} {line.text}".strip(), level=1)
        elif line.kind == "table":
            add_table(document, line.rows)
        elif line.kind == "bullet":
            document.add_paragraph(line.text, style="List Bullet")
        else:
            document.add_paragraph(f"{line.number}\t{line.text}" if line.number else line.text)
    save_docx(document, path)


class PolicyPages(fpdf.FPDF):
    """Pages with the policy's name at the head and the control line at the foot of each."""

    def __init__(self, head: str) -> None:
        super().__init__(format="A4")
        self.head = head
        self.set_margins(22, 18, 22)
        self.set_auto_page_break(auto=True, margin=24)
        self.set_creation_date(FROZEN)
        self.set_producer("Invented sample")

    def header(self) -> None:
        """Repeat the reference and title."""
        self.set_font("Helvetica", "", 8)
        self.cell(0, 6, self.head, align="R", new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def footer(self) -> None:
        """Repeat the control line and number the page."""
        self.set_y(-16)
        self.set_font("Helvetica", "", 8)
        self.cell(0, 6, f"{CONTROL_LINE} Page {self.page_no()} of {{nb}}", align="C")


def policy_pdf(bank: dict[str, Any], path: pathlib.Path) -> None:
    """Write a policy as a PDF of several pages."""
    pages = PolicyPages(f"{bank['reference']} {bank['title']}")
    pages.set_title(bank["title"])
    pages.add_page()
    pages.set_font("Helvetica", "B", 18)
    pages.multi_cell(0, 10, bank["title"], new_x="LMARGIN", new_y="NEXT")
    pages.ln(3)
    pdf_table(pages, control_rows(bank))
    for line in policy_lines(bank):
        pdf_line(pages, line)
    path.write_bytes(bytes(pages.output()))


def pdf_line(pages: PolicyPages, line: Line) -> None:
    """Lay out one line of a policy on the page."""
    if line.kind == "table":
        pdf_table(pages, line.rows)
        return
    heading = line.kind == "heading"
    if heading:
        pages.ln(3)
        if pages.will_page_break(24):
            pages.add_page()
    pages.set_font("Helvetica", "B" if heading else "", 13 if heading else 10.5)
    text = f"- {line.text}" if line.kind == "bullet" else f"{line.number} {line.text}".strip()
    pages.multi_cell(0, 5.4, text, align="L", new_x="LMARGIN", new_y="NEXT")
    pages.ln(2)


def pdf_table(pages: PolicyPages, rows: tuple[tuple[str, ...], ...]) -> None:
    """Lay out a table on the page."""
    pages.set_font("Helvetica", "", 9.5)
    with pages.table(first_row_as_headings=len(rows[0]) > 2, line_height=5.4) as table:
        for cells in rows:
            row = table.row()
            for cell in cells:
                row.cell(cell)
    pages.ln(3)


def policy_html(bank: dict[str, Any], path: pathlib.Path) -> None:
    """Write a policy as a page of the intranet."""
    title = html.escape(bank["title"])
    organisation = html.escape(ORGANISATIONS[bank["organisation"]])
    pages = [
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>',
        f'<meta charset="utf-8">\n<title>{title} - {organisation}</title>\n</head>\n<body>',
        f'<header><p>{organisation}</p></header>\n<nav><a href="#top">Policies</a></nav>\n<main>',
        f'<h1 id="top">{title}</h1>',
        html_table(control_rows(bank)),
        *html_lines(policy_lines(bank)),
        f"</main>\n<footer><p>{html.escape(CONTROL_LINE)}</p></footer>\n</body>\n</html>\n",
    ]
    path.write_text("\n".join(pages).replace("</li></ul>\n<ul><li>", "</li>\n<li>"), encoding="utf-8")


def html_lines(lines: Iterator[Line]) -> Iterator[str]:
    """Mark up the lines of a policy."""
    for line in lines:
        text = html.escape(line.text, quote=False)
        if line.kind == "table":
            yield html_table(line.rows)
        elif line.kind == "heading":
            yield f"<h2>{line.number} {text}</h2>".replace("<h2> ", "<h2>")
        elif line.kind == "bullet":
            yield f"<ul><li>{text}</li></ul>"
        else:
            yield f"<p><b>{line.number}</b> {text}</p>" if line.number else f"<p>{text}</p>"


def html_table(rows: tuple[tuple[str, ...], ...]) -> str:
    """Mark up a table."""
    body = "\n".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in rows)
    return f"<table>\n{body}\n</table>"


def policy_md(bank: dict[str, Any], path: pathlib.Path) -> None:
    """Write a policy as Markdown."""
    lines = [f"# {bank['title']}", md_table((("Particular", "Entry"), *control_rows(bank)))]
    for line in policy_lines(bank):
        if line.kind == "table":
            lines.append(md_table(line.rows))
        elif line.kind == "heading":
            lines.append(f"## {line.number} {line.text}".replace("##  ", "## "))
        elif line.kind == "bullet":
            lines.append(f"- {line.text}")
        else:
            lines.append(f"**{line.number}** {line.text}" if line.number else line.text)
    text = "\n\n".join([*lines, f"*{CONTROL_LINE}*"])
    path.write_text(re.sub(r"(\n- [^\n]*)\n(?=\n- )", r"\1", text) + "\n", encoding="utf-8")


def md_table(rows: tuple[tuple[str, ...], ...]) -> str:
    """Lay out a table with bars."""
    listed = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([listed[0], "|" + " --- |" * len(rows[0]), *listed[1:]])


WRITERS = {".docx": policy_docx, ".pdf": policy_pdf, ".html": policy_html, ".md": policy_md}


def write_policy(folder: pathlib.Path, name: str, gold: Gold) -> None:
    """Write one policy and put it into the gold answers."""
    bank = load(name)
    file = f"policies/{bank['file']}"
    path = folder / file
    WRITERS[path.suffix](bank, path)
    where = {"file": file, "kind": "policy", "organisation": ORGANISATIONS[bank["organisation"]]}
    for part in read_parts(bank["text"]):
        for block in part.blocks:
            gold.add_passages(block.sentences, **where, voice=LEAD, section="")
    gold.add_document(bank, file, "policy", bank["ratified"])
    gold.add_decoys("document-control", *CONTROL, CONTROL_LINE)


# completed returns


def read_answer(text: str) -> list[Block]:
    """Read an answer: each ticked line is a paragraph and the sentences after it run on."""
    blocks: list[Block] = []
    for line in text.strip().splitlines():
        sentence = read_sentence(line)
        ticked = sentence.text.startswith(("✓", "✗"))
        if ticked or not blocks or blocks[-1].kind == "tick":
            blocks.append(Block("tick" if ticked else "clause"))
        blocks[-1].sentences.append(sentence)
    return blocks


def write_return(folder: pathlib.Path, form: dict[str, Any], bank: dict[str, Any], gold: Gold) -> None:
    """Write one completed form and put it into the gold answers."""
    organisation = ORGANISATIONS[bank["organisation"]]
    file = f"returns/{bank['file']}"
    document = new_docx(form["title"])
    document.add_heading(form["title"], level=0)
    document.add_paragraph(form["instructions"])
    document.add_paragraph(form["disclaimer"])
    particulars = (("Organisation", organisation), ("Completed by (role)", bank["completed_by"]))
    add_table(document, (*particulars, ("Date", long_date(bank["date"]))))
    for section, heading in SECTIONS.items():
        document.add_heading(heading, level=1)
        questions = [question for question in form["question"] if question["section"] == section]
        add_answers(document, questions, bank["answers"])
        for question in questions:
            where = {"file": file, "kind": "account", "organisation": organisation}
            record_answer(gold, question, bank["answers"][question["id"]], where)
    save_docx(document, folder / file)
    gold.add_document(bank, file, "account", bank["date"])


def add_answers(document: Any, questions: list[dict[str, str]], answers: dict[str, str]) -> None:
    """Lay out the questions and answers of one section as a table of two columns."""
    table = add_table(document, (("Question", "Response"),))
    for question in questions:
        cells = table.add_row().cells
        cells[0].text = question["text"]
        for count, block in enumerate(read_answer(answers[question["id"]])):
            paragraph = cells[1].add_paragraph() if count else cells[1].paragraphs[0]
            paragraph.text = block.text


def record_answer(gold: Gold, question: dict[str, str], answer: str, where: dict[str, str]) -> None:
    """Put one answer, or its absence, into the gold answers."""
    section = question["section"]
    for block in read_answer(answer):
        gold.add_passages(block.sentences, **where, voice=LEAD, section=section)
    if not answer.strip():
        blank = {"organisation": where["organisation"], "section": section}
        gold.blank.append({**blank, "question": question["text"]})


def write_returns(folder: pathlib.Path, gold: Gold) -> None:
    """Write the four completed forms."""
    form = load("returns")
    for bank in form["return"]:
        write_return(folder, form, bank, gold)
    gold.add_decoys("return-form", form["title"], form["instructions"], form["disclaimer"])
    gold.add_decoys("return-questions", *(question["text"] for question in form["question"]))


# meetings


def write_meeting(folder: pathlib.Path, form: dict[str, Any], bank: dict[str, Any], gold: Gold) -> None:
    """Write the notes of one meeting and put them into the gold answers."""
    organisation = ORGANISATIONS[bank["organisation"]]
    file = f"meetings/{bank['file']}"
    document = new_docx(form["title"])
    document.add_heading(form["title"], level=0)
    document.add_paragraph(organisation)
    document.add_paragraph(f"{long_date(bank['date'])}. {bank['place']}.")
    document.add_paragraph(f"Present: {'; '.join(bank['roles'])}.")
    document.add_paragraph(form["disclaimer"])
    for part in read_parts(bank["text"]):
        document.add_heading(part.heading, level=1)
        for block in part.blocks:
            add_speech(document, block)
            where = {"file": file, "kind": "account", "organisation": organisation}
            gold.add_passages(block.sentences, **where, voice=block.label, section="")
    save_docx(document, folder / file)
    gold.add_document(bank, file, "account", bank["date"])


def add_speech(document: Any, block: Block) -> None:
    """Add a paragraph, with the speaker's role in bold where there is one."""
    paragraph = document.add_paragraph()
    if block.label:
        paragraph.add_run(f"{block.label}:").bold = True
        paragraph.add_run(" ")
    paragraph.add_run(block.text)


def write_meetings(folder: pathlib.Path, gold: Gold) -> None:
    """Write the notes of the four review meetings."""
    form = load("meetings")
    for bank in form["meeting"]:
        write_meeting(folder, form, bank, gold)
    gold.add_decoys("meeting-notes", form["title"], form["disclaimer"])


# Word files


def new_docx(title: str) -> Any:
    """Start a Word document in a plain style."""
    document = docx.Document()
    document.core_properties.author = "Invented sample"
    document.core_properties.title = title
    document.core_properties.created = document.core_properties.modified = FROZEN
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Arial")
    return document


def add_table(document: Any, rows: tuple[tuple[str, ...], ...]) -> Any:
    """Add a table with lines round its cells."""
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for cells in rows:
        added = table.add_row().cells
        for cell, text in zip(added, cells, strict=True):
            cell.text = text
    return table


def save_docx(document: Any, path: pathlib.Path) -> None:
    """Save a Word document with fixed dates inside, so that two runs give the same bytes."""
    plain, packed = io.BytesIO(), io.BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, date_time=FROZEN.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    path.write_bytes(packed.getvalue())


# what is expected


def grid_rows(grid: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """List the cells of the table of sections and organisations."""
    return [
        {"section": section, "organisation": ORGANISATIONS[code], "cell": cell}
        for section in SECTIONS
        for code, cell in grid[section].items()
    ]


def expected() -> dict[str, object]:
    """State the findings and the rest that the sample was built to show."""
    review = load("review")
    return {
        "findings": review["finding"],
        "grid": grid_rows(review["grid"]),
        "requirements": review["requirement"],
        "trend": review["trend"],
        "missing": [{"organisation": ORGANISATIONS["FEL"], "document": "return"}],
    }


def themes() -> list[dict[str, object]]:
    """List the planted themes; those with no code of their own have None for it."""
    return [
        {
            "id": theme["id"],
            "code_id": theme["id"] if theme.get("coded", True) else None,
            "name": theme["name"],
            "kinds": theme["kinds"],
        }
        for theme in load("review")["theme"]
    ]


def sources() -> list[dict[str, object]]:
    """List the documents as the review's configuration names them."""
    listed: list[dict[str, object]] = []
    for name in POLICIES:
        bank = load(name)
        listed.append(source(bank, "policies", kind="policy", voice=LEAD))
    listed += [
        source(b, "returns", kind="account", voice=LEAD, document="return") for b in load("returns")["return"]
    ]
    return listed + [source(bank, "meetings", kind="account") for bank in load("meetings")["meeting"]]


def source(bank: dict[str, Any], folder: str, **told: str) -> dict[str, object]:
    """State one document as a source of the review."""
    where = {"path": f"{folder}/{bank['file']}", "kind": told.pop("kind")}
    return {**where, "organisation": ORGANISATIONS[bank["organisation"]], **told}


def bodies() -> dict[str, str]:
    """Give the text of each document by its file, a sentence a line, without the planted decoys."""
    found: dict[str, str] = {}
    for bank in map(load, POLICIES):
        found[f"policies/{bank['file']}"] = join(
            block for part in read_parts(bank["text"]) for block in part.blocks
        )
    for bank in load("returns")["return"]:
        answers = bank["answers"].values()
        found[f"returns/{bank['file']}"] = join(block for text in answers for block in read_answer(text))
    for bank in load("meetings")["meeting"]:
        found[f"meetings/{bank['file']}"] = join(
            block for part in read_parts(bank["text"]) for block in part.blocks
        )
    return found


def join(blocks: Iterator[Block]) -> str:
    """Put the sentences of several blocks one to a line."""
    return "\n".join(sentence.text for block in blocks for sentence in block.sentences)


def write(folder: pathlib.Path) -> dict[str, object]:
    """Write the documents under ``folder`` and return their gold answers."""
    gold = Gold()
    for name in ("policies", "returns", "meetings"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name in POLICIES:
        write_policy(folder, name, gold)
    write_returns(folder, gold)
    write_meetings(folder, gold)
    decoys = [{"id": name, "texts": texts} for name, texts in gold.decoys.items()]
    return {
        "documents": gold.documents,
        "passages": gold.passages,
        "identifiers": gold.identifiers,
        "decoys": decoys,
        "blank": gold.blank,
        **expected(),
    }
