"""The settings of a run: one frozen dataclass, from and to TOML, saved beside every report."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from thememiner.errors import TomlError
from thememiner.records import DATES, PRECISIONS, Rules
from thememiner.tomls import Reader, load


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that decides what a run says, apart from its sources.

    `codebook` and `template` are names or paths; `coder` is the folder of a coder that `thememiner train`
    wrote, "" to train one on the codebook alone. `assigned` and `weak` are probabilities: a passage carries a
    code at or above `assigned`, goes to the review list at or above `weak`; a coder taught by labelled texts
    has its own. `precision` is "auto", "bfloat16" or "float32". `quotes` is the most excerpts printed a
    finding. `smallest_theme` is the fewest passages a discovered theme may have. `local_patterns` are regular
    expressions of numbers to mask, each as it is or as "KIND=expression"; `dates` is "keep", or "month"
    to leave of an event's date its month and year; `recognisers` are other tools that find names, where they
    are installed ("en_core_web_md", "presidio"). `redact` false leaves the texts as they are, and
    needs a `reason`, which the report prints. `reading_seconds` is how long a file may take to read, with
    one second more for each of its megabytes. `glossary` is a TOML file of short forms, laid over the
    shipped one. `findings` are the thresholds by which positions and verdicts are reached: in TOML the table
    `[findings]`.
    """

    codebook: str = "assertive-care"
    template: str = "assertive-care-review"
    coder: str = ""
    redact: bool = True
    local_patterns: tuple[str, ...] = ()
    dates: str = "keep"
    recognisers: tuple[str, ...] = ()
    reason: str = ""
    reading_seconds: int = 20
    encoder: str = "minilm"
    precision: str = "auto"
    assigned: float = 0.35
    weak: float = 0.2
    discover: bool = True
    smallest_theme: int = 8
    quotes: int = 8
    seed: int = 20240726
    glossary: str = ""
    findings: Rules = field(default_factory=Rules)

    def __post_init__(self) -> None:
        if not 0 < self.weak <= self.assigned < 1:
            raise TomlError("settings: expected 0 < weak <= assigned < 1.")
        if not self.redact and not self.reason.strip():
            raise TomlError(
                'settings: redact = false needs reason = "...": why texts keep identifiers; it is printed.'
            )
        if self.precision not in PRECISIONS:
            known = ", ".join(PRECISIONS)
            raise TomlError(f"settings: precision {self.precision!r} is not known: choose one of {known}.")
        if self.dates not in DATES:
            raise TomlError(f"settings: dates {self.dates!r} is not known: choose one of {', '.join(DATES)}.")
        if self.reading_seconds < 1:
            raise TomlError("settings: expected reading_seconds of 1 or more.")
        if self.quotes < 1 or self.smallest_theme < 2 or self.seed < 0:
            raise TomlError(
                "settings: expected quotes of 1 or more, smallest_theme of 2 or more, seed of 0 or more."
            )
        rules = self.findings
        if rules.enough < 2 or min(rules.told, rules.seen) < 1 or not 0 <= rules.doubt < 0.5:
            raise TomlError(
                "settings, [findings]: expected enough of 2 or more, told and seen of 1 or more, and "
                "0 <= doubt < 0.5."
            )


def load_settings(path: Path) -> Settings:
    """The settings in a TOML file; unknown keys and wrong types are a `TomlError`."""
    return from_mapping(load(path), path.name)


def from_mapping(table: dict[str, Any], where: str) -> Settings:
    """Settings from a mapping; keys left out keep their defaults."""
    defaults = dataclasses.asdict(Settings())
    findings = table.get("findings")
    if isinstance(findings, dict) and (low := [key for key in findings if key in defaults]):
        # a line put at the end of the file, which ends with that table
        raise TomlError(f"{where}: {low[0]!r} stands under [findings]: move it above that line.")
    given = _typed(table, defaults, where)
    try:
        return Settings(**given | {"findings": Rules(**given.get("findings", {}))})
    except TomlError as error:
        raise TomlError(f"{where}, {error}") from None


def _typed(table: object, defaults: dict[str, Any], where: str) -> dict[str, Any]:
    """The keys of a table, each of the type of its default."""
    reader = Reader(table, where)
    reader.only(defaults)
    given = dict(reader.table)
    for key, value in reader.table.items():
        wanted = type(defaults[key])
        if wanted is dict:
            given[key] = _typed(value, defaults[key], f"{where}, [{key}]")
        elif wanted is tuple:
            given[key] = reader.texts(key)
        elif type(value) is not wanted and not (wanted is float and type(value) is int):
            raise TomlError(f"{where}: {key!r} must be {_NAMES[wanted]}, found {value!r}.")
    return given


def to_toml(settings: Settings) -> str:
    """The settings as TOML, every key written out."""
    import tomli_w

    table = dataclasses.asdict(settings)
    return tomli_w.dumps({k: list(v) if isinstance(v, tuple) else v for k, v in table.items()})


_NAMES = {str: "text in quotes", int: "a whole number", float: "a number", bool: "true or false"}
