"""Who may import whom, what is never used, and what importing the library costs.

The tables below are the rules. A new module is entered in them on purpose, or these tests fail.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLACES = {
    "thememiner": ROOT / "src" / "thememiner",
    "thememiner_cli": ROOT / "cli" / "thememiner_cli",
    "thememiner_evaluation": ROOT / "evaluation" / "thememiner_evaluation",
}

STAGES = frozenset(
    [
        "reading",
        "deidentifying",
        "segmenting",
        "linking",
        "embedding",
        "coding",
        "discovering",
        "labelling",
        "polarity",
        "mapping",
        "evidence",
        "scoping",
        "counting",
        "trending",
        "frontmatter",
        "imprints",
        "languages",
        "planning",
        "triangulating",
    ]
)
# What anything may stand on: no stage, no engine, no report, and each imports only those before it.
GROUND = (
    "errors",
    "saving",
    "records",
    "tomls",
    "resources",
    "wording",
    "settings",
    "paragraphs",
    "acronyms",
    "sorting",
    "ownvectors",
)

# room -> the rooms of the library that it may import, itself always among them.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "errors": frozenset(),
    "saving": frozenset(["errors"]),
    "records": frozenset(),
    "tomls": frozenset(["errors"]),
    "resources": frozenset(["errors"]),
    "wording": frozenset(["resources", "tomls"]),
    "acronyms": frozenset(["errors", "resources", "tomls"]),
    "ownvectors": frozenset(["errors", "resources"]),
    "graphic": frozenset(["resources", "tomls", "wording"]),
    "lowrank": frozenset(),
    "paragraphs": frozenset(["records"]),
    "sorting": frozenset(["resources", "tomls"]),
    "settings": frozenset(["errors", "records", "tomls"]),
    # a codebook may be a workbook, and reading knows how to open one safely
    "codebooks": frozenset(
        ["errors", "saving", "records", "tomls", "resources", "wording", "reading", "workbooks"]
    ),
    **dict.fromkeys(STAGES, frozenset(["errors", "records", "wording", "tomls", "resources"])),
    "embedding": frozenset(["errors", "records", "wording", "tomls", "resources", "ownvectors"]),
    "coding": frozenset(
        ["errors", "records", "saving", "wording", "tomls", "resources", "lowrank", "paragraphs"]
    ),
    "polarity": frozenset(
        ["errors", "records", "wording", "tomls", "resources", "lowrank", "paragraphs", "sorting"]
    ),
    "triangulating": frozenset(["errors", "records", "wording", "tomls", "resources", "sorting"]),
    # a report may be a workbook or a Word document, each written in one hand
    "reports": frozenset(
        ["errors", "records", "saving", "wording", "workbooks", "wordfiles", "graphic", "acronyms"]
    ),
    "redacting": frozenset(["errors", "records", "saving", "reading", "deidentifying"]),
    # as `codebooks`: a plan is edited as a workbook; its cells are made harmless as those of redacting are
    "plans": frozenset(
        ["errors", "saving", "records", "tomls", "planning", "reading", "redacting", "workbooks", "wordfiles"]
    ),
    "workbooks": frozenset(["errors", "reading"]),
    # an organisation's own document is opened as safely as what is read
    "wordfiles": frozenset(["errors", "reading"]),
    # the book shows findings and quotes as the report does
    # what people write of findings goes through the wall, as all that is read
    "reviewing": frozenset(
        [
            "errors",
            "records",
            "tomls",
            "planning",
            "reading",
            "deidentifying",
            "reports",
            "workbooks",
        ]
    ),
    # a form's questions and places are known as in reading; its sections as returned answers are placed
    "filling": frozenset(["errors", "records", "reading", "mapping", "redacting", "reports", "workbooks"]),
    # a released report goes through the renderers like any other, into a folder of its own; its intervals,
    # rates and charts are worked out anew from the numbers that are told, as a run works them out
    "releasing": frozenset(
        [
            "errors",
            "records",
            "saving",
            "tomls",
            "reports",
            "wording",
            "denominators",
            "trending",
            "triangulating",
        ]
    ),
    # what changed is shown in the report's words and looks
    "differing": frozenset(["errors", "records", "planning", "reports"]),
    # a step is printed on every page of a report, and a release freezes them all
    "signing": frozenset(["errors", "records", "resources", "reports", "projects"]),
    # as `codebooks`: what comes with a review is a table, and goes through the same wall
    "enclosures": frozenset(["errors", "records", "resources", "reading", "deidentifying"]),
    "agreement": frozenset(["errors", "records"]),
    "codings": frozenset(["errors", "records", "reading"]),
    "engines": frozenset(["errors", "records"]),
    "gathering": frozenset([*GROUND, "reading", "deidentifying"]),
    "denominators": frozenset(["errors", "records", "enclosures"]),
    "outputs": frozenset(["errors", "records", "reports"]),
    # a project's codes are a codebook, its notes are in the report's words
    "projects": frozenset(["errors", "records", "saving", "codebooks", "reports", "outputs"]),
    "verifying": frozenset(
        [*GROUND, "reading", "deidentifying", "embedding", "outputs", "projects", "reports"]
    ),
    "pipeline": frozenset([*GROUND, *STAGES, "codebooks", "enclosures", "gathering", "denominators"]),
    "steps": frozenset([*GROUND, *STAGES, "codebooks", "gathering"]),
    "teaching": frozenset([*GROUND, "reading", "deidentifying", "coding"]),
    "results": frozenset([*GROUND, "scoping", "pipeline", "outputs", "reports", "reviewing"]),
    "__init__": frozenset([*GROUND, "codebooks", "results", "scoping", "verifying"]),
    "__main__": frozenset(),
}

# (from, to) -> the names taken, with the reason. To be made empty: both names could stand in `records`.
EXCEPTIONS: dict[tuple[str, str], frozenset[str]] = {
    # the type of an argument; and a fine-tuned coder's encoder is the built-in one with changes of its own
    ("coding", "embedding"): frozenset(
        ["DIMENSIONS", "Encoder", "batches", "digest", "padded", "plain_encoder", "tokenizer"]
    ),
    # the classifier is the encoder with changes of its own
    ("polarity", "embedding"): frozenset(
        ["MiniLM", "batches", "fastest", "padded", "plain_encoder", "tokenizer"]
    ),
    ("evidence", "embedding"): frozenset(["digest"]),  # SHA-256 of a text, the same for quotes and rows
}

# Never when a module is imported, only inside the function that needs it.
HEAVY = frozenset(
    [
        "bertopic",
        "compressed_rtf",
        "docx",
        "lxml",
        "matplotlib",
        "olefile",
        "oxmsg",
        "pandas",
        "pyarrow",
        "pypdfium2",
        "python_calamine",
        "rich",
        "scipy",
        "selectolax",
        "sentence_transformers",
        "sklearn",
        "sknetwork",
        "spacy",
        "striprtf",
        "torch",
        "transformers",
        "xlsxwriter",
    ]
)
PICKLES = frozenset(["pickle", "cPickle", "_pickle", "cloudpickle", "joblib", "dill", "shelve", "marshal"])
NETWORK = frozenset(
    [
        "aiohttp",
        "ftplib",
        "http",
        "httpx",
        "huggingface_hub",
        "imaplib",
        "poplib",
        "requests",
        "smtplib",
        "socket",
        "socketserver",
        "ssl",
        "telnetlib",
        "urllib.request",
        "urllib3",
        "webbrowser",
        "websockets",
        "xmlrpc",
    ]
)
# Calls that run what they are given, or load objects from it.
DANGEROUS = frozenset(
    [
        "eval",
        "exec",
        "compile",
        "__import__",
        "os.popen",
        "os.system",
        "torch.load",
        "yaml.load",
        "yaml.unsafe_load",
        "yaml.full_load",
        "pd.read_pickle",
        "pandas.read_pickle",
        "subprocess.getoutput",
        "subprocess.getstatusoutput",
    ]
)


@dataclass(frozen=True)
class Import:
    """One name imported: where, of what module, and whether at module level, for types alone."""

    file: Path
    line: int
    module: str
    name: str
    top: bool
    types: bool

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line}: {self.module} {self.name}".rstrip()

    def under(self, packages: frozenset[str]) -> bool:
        """Whether it is one of these packages, or a part of one."""
        wholes = [self.module, f"{self.module}.{self.name}" if self.name else self.module]
        return any(w == p or w.startswith(f"{p}.") for w in wholes for p in packages)


def imports_of(file: Path, text: str | None = None) -> list[Import]:
    """Every import of a file, wherever it stands."""
    found: list[Import] = []

    def walk(node: ast.AST, *, top: bool, types: bool) -> None:
        for child in ast.iter_child_nodes(node):
            inner = top and not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            if isinstance(child, ast.Import):
                found.extend(Import(file, child.lineno, a.name, "", top, types) for a in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{file}:{child.lineno}: imports are written out in full"
                assert child.module
                found.extend(
                    Import(file, child.lineno, child.module, a.name, top, types) for a in child.names
                )
            elif isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
                for part in child.body:
                    walk(ast.Module([part], []), top=top, types=True)
                for part in child.orelse:
                    walk(ast.Module([part], []), top=top, types=types)
            else:
                walk(child, top=inner, types=types)

    walk(ast.parse(text if text is not None else file.read_text("utf-8")), top=True, types=False)
    return found


def files(*packages: str) -> list[Path]:
    return sorted(path for package in packages or PLACES for path in PLACES[package].rglob("*.py"))


def room(file: Path) -> str:
    """The room of the library that a file stands in: its module, or the package that it is a part of."""
    inner = file.relative_to(PLACES["thememiner"])
    return inner.parts[0] if len(inner.parts) > 1 else inner.stem


ROOMS = {room(file) for file in files("thememiner")} | {
    folder.name for folder in PLACES["thememiner"].iterdir() if folder.is_dir() and list(folder.rglob("*.py"))
}


def targets(found: Import) -> set[str]:
    """The rooms of the library that an import reaches into."""
    parts = found.module.split(".")
    if parts[0] != "thememiner":
        return set()
    if len(parts) > 1:
        return {parts[1]}
    return {found.name} if found.name in ROOMS else {"__init__"}


def inside(package: str = "thememiner") -> Iterator[Import]:
    for file in files(package):
        yield from imports_of(file)


def broken(rule: list[Import]) -> str:
    return "\n".join(map(str, rule))


def test_the_sources_are_there_to_be_read():
    assert len(files("thememiner")) > 30
    assert len(list(inside())) > 100
    assert files("thememiner_cli")
    assert files("thememiner_evaluation")


def test_every_room_has_its_rule_and_every_rule_its_room():
    assert ROOMS - set(MAY_IMPORT) == set(), "enter the new module in the tables of this file"
    empty = {name for name in MAY_IMPORT if name not in ROOMS}
    assert empty <= {"engines"}  # made when it has work


def test_a_room_imports_only_what_its_rule_allows():
    wrong = [
        found
        for found in inside()
        for there in targets(found) - {room(found.file)} - MAY_IMPORT[room(found.file)]
        if found.name not in EXCEPTIONS.get((room(found.file), there), ())
    ]
    assert not wrong, broken(wrong)


def test_no_stage_imports_another_an_engine_or_a_report():
    wrong = [
        found
        for found in inside()
        if room(found.file) in STAGES
        for there in targets(found) & (STAGES | {"engines", "reports", "pipeline", "store", "__init__"})
        if there != room(found.file) and found.name not in EXCEPTIONS.get((room(found.file), there), ())
    ]
    assert not wrong, broken(wrong)


def test_every_exception_is_still_needed():
    used = {
        (room(found.file), there, found.name)
        for found in inside()
        for there in targets(found)
        if (room(found.file), there) in EXCEPTIONS
    }
    assert used == {(here, there, name) for (here, there), names in EXCEPTIONS.items() for name in names}


def test_the_ground_is_not_circular():
    for i, name in enumerate(GROUND):
        assert MAY_IMPORT[name] <= set(GROUND[:i]), name


def test_reports_are_given_a_report_and_import_nothing_else():
    wrong = [
        f
        for f in inside()
        if room(f.file) == "reports" and targets(f) - (MAY_IMPORT["reports"] | {"reports"})
    ]
    assert not wrong, broken(wrong)


def test_nothing_in_the_library_imports_the_command_line_or_the_evaluation():
    wrong = [
        found
        for found in inside()
        if found.under(frozenset(["thememiner_cli", "thememiner_evaluation"]))
        and room(found.file) != "__main__"
    ]
    assert not wrong, broken(wrong)
    cli = [f for f in inside("thememiner_cli") if f.under(frozenset(["thememiner_evaluation"]))]
    wrong = [f for f in cli if f.top or f.file.name != "evaluating.py"]  # one command, when it is asked for
    assert not wrong, broken(wrong)


def test_only_reading_and_the_wall_know_a_raw_document():
    wrong = [
        found
        for package in PLACES
        for found in inside(package)
        if found.name == "RawDocument"
        and "/reading/" not in found.file.as_posix()
        and "/deidentifying/" not in found.file.as_posix()
        and "/records/" not in found.file.as_posix()  # where it is defined and listed
    ]
    assert not wrong, broken(wrong)


def test_only_labelling_knows_bertopic():
    wrong = [f for f in inside() if f.under(frozenset(["bertopic"])) and room(f.file) != "labelling"]
    assert not wrong, broken(wrong)


def test_heavy_libraries_are_imported_where_they_are_used():
    wrong = [
        f
        for p in ("thememiner", "thememiner_cli")
        for f in inside(p)
        if f.under(HEAVY) and f.top and not f.types
    ]
    assert not wrong, broken(wrong)


def test_no_pickle():
    wrong = [f for package in PLACES for f in inside(package) if f.under(PICKLES)]
    assert not wrong, broken(wrong)


def test_no_network():
    wrong = [f for p in ("thememiner", "thememiner_cli") for f in inside(p) if f.under(NETWORK)]
    assert not wrong, broken(wrong)


def dangers(tree: ast.AST) -> list[str]:
    """Calls that run or unpickle what they are given, and shells."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        given = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
        if name in DANGEROUS or given.get("shell", "False") != "False":
            found.append(f"{node.lineno}: {ast.unparse(node)}")
        if given.get("allow_pickle", "False") != "False" or name.endswith((".to_pickle", ".read_pickle")):
            found.append(f"{node.lineno}: {ast.unparse(node)}")
        if given.get("trust_remote_code", "False") != "False":
            found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


@pytest.mark.parametrize(
    "file", files("thememiner", "thememiner_cli"), ids=lambda f: str(f.relative_to(ROOT))
)
def test_nothing_is_run_unpickled_or_handed_to_a_shell(file):
    assert dangers(ast.parse(file.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "eval(text)",
        "exec(text)",
        "torch.load(path)",
        "yaml.load(text)",
        "subprocess.run(line, shell=True)",
        "os.system(line)",
        "np.load(path, allow_pickle=True)",
        "frame.to_pickle(path)",
        "Model(folder, trust_remote_code=True)",
    ],
)
def test_a_danger_is_seen(line):
    assert dangers(ast.parse(f"def f():\n    return {line}"))


@pytest.mark.parametrize(
    "line", ["model.eval()", "re.compile(text)", "tomllib.load(path)", "run(a, shell=False)"]
)
def test_what_is_none_is_not_taken_for_one(line):
    assert not dangers(ast.parse(line))


def test_an_import_is_seen_wherever_it_stands():
    text = """
import torch.nn as nn
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import pandas
else:
    import scipy
try:
    from http import client
except ImportError:
    pass
class A:
    import spacy
    def f(self):
        from thememiner import evidence, mapping
        import urllib.request
"""
    found = {(f.module, f.name): f for f in imports_of(ROOT / "x.py", text)}
    assert [key for key, f in found.items() if f.under(HEAVY) and f.top and not f.types] == [
        ("torch.nn", ""),
        ("scipy", ""),
        ("spacy", ""),
    ]
    assert found["pandas", ""].types
    assert not found["thememiner", "mapping"].top
    assert targets(found["thememiner", "mapping"]) == {"mapping"}
    assert [key for key, f in found.items() if f.under(NETWORK)] == [
        ("http", "client"),
        ("urllib.request", ""),
    ]


COST = """
import json, sys, time
start = time.process_time()  # not the clock's: other work on the machine is not ours
import thememiner
seconds = time.process_time() - start
print(json.dumps([seconds, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def test_importing_the_library_is_quick_and_loads_nothing_heavy():
    best = 1e9
    for _ in range(5):
        told = subprocess.run([sys.executable, "-c", COST], capture_output=True, text=True, check=True).stdout
        seconds, loaded = json.loads(told)
        assert "thememiner" in loaded
        assert not HEAVY & set(loaded)
        assert not {"numpy", "jinja2", "typer"} & set(loaded)
        best = min(best, seconds)
    assert best < 0.3, f"{best:.2f} s"


def test_every_public_name_is_there():
    tree = ast.parse((PLACES["thememiner"] / "__init__.py").read_text("utf-8"))
    public = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    assert public == sorted(public)
    import thememiner

    assert all(hasattr(thememiner, name) for name in public)
