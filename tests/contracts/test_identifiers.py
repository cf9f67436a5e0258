"""One suite of laws for everything that is masked: an identifier new in the table comes under all of them.

Its examples are masked whole wherever they stand, its decoys stay byte for byte, and around a mask the
text is as it was. What the suite is tried with is in `identifier_samples.toml`; that it bites is tried with
identifiers that are broken on purpose, at the end.
"""

from __future__ import annotations

import pkgutil
import re
import time
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib import import_module
from pathlib import Path

import pytest

from thememiner import deidentifying
from thememiner.deidentifying import Masked, Rules, deidentify, masking, residual_risk, rules, unnumbered
from thememiner.deidentifying.identifiers import Identifier
from thememiner.deidentifying.normalising import plain
from thememiner.deidentifying.windows import Windows
from thememiner.records import KNOWN, RawDocument

SAMPLES = Path(__file__).with_name("identifier_samples.toml")
MODULES = [
    import_module(f"{deidentifying.__name__}.{m.name}") for m in pkgutil.iter_modules(deidentifying.__path__)
]


# ---------------------------------------------------------------- what is masked, and its samples


@dataclass(frozen=True)
class Example:
    """A text in pieces: every second one is a value, and what is around makes it certain."""

    pieces: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def values(self) -> tuple[str, ...]:
        return self.pieces[1::2]

    @property
    def end(self) -> int:
        """Where the last value ends."""
        return len(self.text) - len(self.pieces[-1])

    def within(self, before: str, after: str) -> Example:
        first, *middle, last = self.pieces
        return Example((before + first, *middle, last + after))

    def changed(self, change: Callable[[str], str]) -> Example:
        return Example(tuple(map(change, self.pieces)))


@dataclass(frozen=True)
class Sort:
    """One sort of what is masked: what it is called, how it is masked, and its samples."""

    name: str
    kinds: tuple[str, ...]
    identifier: Identifier | None
    mask: Callable[[str], Masked]
    rules: Rules
    known: tuple[tuple[str, str], ...]
    examples: tuple[Example, ...]
    decoys: tuple[str, ...]
    near: tuple[str, ...]
    failing: tuple[Example, ...]

    def expected(self, example: Example) -> list[tuple[str, str]]:
        """What is found of an example: its values, and nothing else."""
        return list(zip(self.kinds, example.values, strict=True))


def marked(row: str) -> Example:
    """An example as the samples have it, its values between « and »."""
    return Example(tuple(re.split("[«»]", row)))


@cache
def samples() -> dict[str, dict[str, list[str]]]:
    tables = tomllib.loads(SAMPLES.read_text("utf-8"))
    return {f"{module}.{name}": rows for module, names in tables.items() for name, rows in names.items()}


def names() -> list[str]:
    """All that is masked: the identifiers of the table, what columns know, what else has samples."""
    table = [name_of(identifier) for identifier in masking.IDENTIFIERS]
    return list(dict.fromkeys((*table, *(f"known.{sort}" for sort in KNOWN), *samples())))


def name_of(identifier: Identifier) -> str:
    """What an identifier is called in the package: "numbers.NHS_NUMBER"."""
    for module in MODULES:
        for name, value in vars(module).items():
            if value is identifier:
                return f"{module.__name__.rpartition('.')[2]}.{name}"
    return f"(no name).{identifier.kind}"


def sort_of(name: str) -> Sort:
    """The sort of that name; fails when it has no samples, or some for what is masked no more."""
    rows = samples().get(name)
    if rows is None:
        pytest.fail(f"{name} has no samples: write [{name}] with examples, decoys and near in {SAMPLES.name}")
    identifier = next((i for i in masking.IDENTIFIERS if name_of(i) == name), None)
    if identifier is None and rows.get("table", True):
        pytest.fail(f"{SAMPLES.name} has [{name}], which is in masking.IDENTIFIERS no more: take it out")
    short = [field for field in ("examples", "decoys", "near") if len(rows.get(field, ())) < 2]
    if identifier is not None and identifier.check is not None and not rows.get("failing"):
        short.append("failing")
    if short:
        pytest.fail(f"[{name}] in {SAMPLES.name} has too few rows in: {', '.join(short)}")
    own = rules(tuple(rows.get("local", ())), str(rows.get("dates", "keep")))
    known = tuple((name.partition(".")[2], value) for value in rows.get("known", ()))
    return Sort(
        name,
        (kinds,) if isinstance(kinds := rows["kind"], str) else tuple(kinds),
        identifier,
        lambda text: masking.mask_together([text], own, known)[0],
        own,
        known,
        tuple(map(marked, rows["examples"])),
        tuple(rows["decoys"]),
        tuple(rows["near"]),
        tuple(map(marked, rows.get("failing", ()))),
    )


# ---------------------------------------------------------------- where a value may stand

CONTEXTS = {
    "alone": ("", ""),
    "at the start": ("", " was written down"),
    "in the middle": ("It was noted: ", " and filed"),
    "at the end": ("Then, as they wrote, ", ""),
    "in brackets": ("The entry (", ") was read"),
    "in square brackets": ("The entry [", "] was read"),
    "in quotes": ("The entry “", "” was read"),
    "on a line": ("Seen.\n", "\nLeft."),
    "on a line of a list": ("seen by us\n", "\nleft later"),
    "on a line of another system": ("Seen.\r\n", "\r\nLeft."),
    "in a paragraph": ("Seen.\n\n", "\n\nLeft."),
    "between dashes": ("Then – ", " – they left"),
    "in bold": ("Then **", "** was read"),
    "before a full stop": ("It said ", ". Then it ended."),
    "before a comma": ("It said ", ", and then it ended."),
    "in a cell": ("| 4 | ", " | seen |"),
    "in a cell between tabs": ("4\t", "\tseen"),
    "in a cell between commas": ('seen,"', '",4'),
    "before a mask": ("It said ", " [PERSON 4]"),
}
# Words before a value, to which offsets have to hold. None is a word that cues.
BEFORE = {
    "emoji": "\U0001f469\u200d\u2695\ufe0f\U0001f1ec\U0001f1e7 ",
    "combining marks": "Se\u0301ance a\u0300 la\u0302 ",
    "no-break space": "seen\u00a0\u202f\u2003",
    "ligatures": "ﬁve ﬂoors of oﬃces ",
    "a letter that is longer in lower case": "\u0130\u0130\u0130 \u1e9e seen ",
    "zero-width characters": "\ufeff\u200b\u2060se\u00aden\u200d ",
    "another direction": "\u202bשלום\u202c \u200f",
    "half a pair": "\ud83d ",
    "digits of another alphabet": "٣ ३ \U0001d7d8 ",
    "line ends": "\u2028\u0085\v\f",
    "nothing": "\x00 ",
}
# Ways in which the same value is typed, all of which `plain` undoes.
DISGUISES: dict[str, Callable[[str], str]] = {
    "zero-width characters inside": "\u200b".join,
    "soft hyphens inside": "\u00ad".join,
    "marks of direction inside": lambda text: re.sub(r"(?<=\w)(?=\w)", "\u200e", text),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "narrow spaces": lambda text: text.replace(" ", "\u202f"),
    "dashes": lambda text: text.replace("-", "\u2013"),
    "no-break hyphens": lambda text: text.replace("-", "\u2011"),
    "curly apostrophes": lambda text: text.replace("'", "\u2019"),
    "wide characters": lambda text: re.sub(r"[A-Za-z0-9@./:]", lambda m: chr(ord(m[0]) + 0xFEE0), text),
    "accents apart": lambda text: unicodedata.normalize("NFD", text),
    "line ends of two characters": lambda text: text.replace("\n", "\r\n"),
    "Arabic digits": lambda text: re.sub(r"\d", lambda m: chr(ord(m[0]) + 0x0630), text),
}


def placed(sort: Sort) -> Iterator[tuple[str, Example]]:
    """Every example of a sort in every place, in capitals too."""
    for example in sort.examples:
        for where, around in CONTEXTS.items():
            yield where, example.within(*around)
        yield "in capitals", example.within("It was noted: ", " and filed").changed(str.upper)


def typed(sort: Sort) -> Iterator[tuple[str, Example]]:
    """Every example of a sort behind characters of every sort, and typed in every way."""
    for example in sort.examples:
        for what, before in BEFORE.items():
            yield f"behind {what}", example.within(before, f" \U0001f44d {before}")
        for what, change in DISGUISES.items():
            disguised = example.changed(change)
            assert plain(disguised.text)[0] == plain(example.text)[0], what
            yield f"with {what}", disguised


def found(sort: Sort, text: str) -> list[tuple[str, str]]:
    """(kind, what was masked) in a text."""
    masked = sort.mask(text)
    return [
        (unnumbered(kind), text[start:end])
        for (kind, _, _), (start, end) in zip(masked.masks, masked.cuts, strict=True)
    ]


# ---------------------------------------------------------------- the laws

# A law goes through the samples of a sort and says what breaks it; nothing said is a law kept.
Complaints = Iterator[tuple[object, ...]]
Law = Callable[["Sort"], Complaints]


def masks_its_examples_whole(sort: Sort) -> Complaints:
    for where, example in placed(sort):
        if (masks := found(sort, example.text)) != sort.expected(example):
            yield where, example.text, masks


def is_found_by_its_own_pattern(sort: Sort) -> Complaints:
    """No identifier lives off another that has the same kind."""
    for example in sort.examples if sort.identifier else ():
        text = plain(example.text)[0]
        first, last = len(example.pieces[0]), example.end
        hits = list(sort.identifier.find(text, Windows(text).of(sort.identifier)))
        if not hits or not all(first <= start < end <= last for _, start, end in hits):
            yield example.text, hits


def masks_two_of_them(sort: Sort) -> Complaints:
    for example in sort.examples:
        text = f"{example.text}; and then {example.text}"
        if (masks := found(sort, text)) != sort.expected(example) * 2:
            yield text, masks
        elif len({kind for kind, _, _ in sort.mask(text).masks}) != len(sort.expected(example)):
            yield text, "one value has two numbers"


def masks_one_beside_any_other(sort: Sort) -> Complaints:
    for name in names():
        other = sort_of(name)
        for one, two in ((sort, other), (other, sort)) if other.identifier else ():
            text = f"{one.examples[0].text}; {two.examples[0].text}"
            if (masks := found(sort, text)) != one.expected(one.examples[0]) + two.expected(two.examples[0]):
                yield text, masks


def leaves_its_decoys(sort: Sort) -> Complaints:
    for decoy in sort.decoys:
        for where in (
            "alone",
            "in the middle",
            "in brackets",
            "on a line",
            "in a cell",
            "before a full stop",
        ):
            before, after = CONTEXTS[where]
            text = before + decoy + after
            if (masked := sort.mask(text)) != Masked(text):
                yield where, text, masked.text


def changes_nothing_the_second_time(sort: Sort) -> Complaints:
    for where, example in (*placed(sort), *typed(sort)):
        once = sort.mask(example.text).text
        if (twice := sort.mask(once).text) != once:
            yield where, once, twice


def keeps_what_is_around(sort: Sort) -> Complaints:
    """Masks lie in order in the text, apart from each other, and between them is what was there before."""
    for where, example in (*placed(sort), *typed(sort)):
        text, masked = example.text, sort.mask(example.text)
        pieces, written, old, new = [], [], 0, 0
        for (kind, start, end), (first, last) in zip(masked.masks, masked.cuts, strict=True):
            if not (new <= start < end <= len(masked.text) and old <= first < last <= len(text)):
                yield where, text, "masks out of order, or out of the text"
            mask = masked.text[start:end]
            if mask != f"[{kind}]" and not (kind == "DATE" and re.fullmatch(r"[A-Z][a-z]+(?: \d{4})?", mask)):
                yield where, text, mask
            pieces.append(text[old:first])
            written.append(masked.text[new:start])
            old, new = last, end
        if [*pieces, text[old:]] != [*written, masked.text[new:]]:
            yield where, text, masked.text


def holds_its_offsets(sort: Sort) -> Complaints:
    for where, example in typed(sort):
        masked, end = sort.mask(example.text), example.end
        if (masks := found(sort, example.text)) != sort.expected(example):
            yield where, example.text, masks
        elif masked.text[masked.moved(end) :] != example.text[end:]:
            yield where, example.text, masked.text


def minds_its_check(sort: Sort) -> Complaints:
    """A value that fails its check is masked, and counted, where it is named; elsewhere it stays."""
    check, counted = sort.identifier and sort.identifier.check, masking._CHECKED.get(sort.kinds[0])
    for example in sort.examples if counted else ():
        if sort.mask(example.text).mistyped != (not counted(plain(example.values[0])[0])):
            yield example.text, "not counted as it should be"
    for example in sort.failing:
        (value,) = example.values
        alone = f"It said {value} there."
        if check is None or check(value):
            yield value, "passes its check: no sample of one that fails"
        if sort.mask(alone) != Masked(alone):
            yield alone, "masked without a cue"
        if sort.identifier.cue is None:
            continue
        if found(sort, example.text) != sort.expected(example):
            yield example.text, "not masked beside its cue"
        (document,) = deidentify([raw(example.text)])
        if not sort.mask(example.text).mistyped == document.mistyped == (counted is not None):
            yield example.text, "not counted as it should be"


def answers_for_slips(sort: Sort) -> Complaints:
    """A check says yes or no whatever its pattern lets through: an error would tell the value."""
    for example in (*sort.examples, *sort.failing) if sort.identifier and sort.identifier.check else ():
        (given,) = example.values
        for at, character in enumerate(given):
            for slip in "Oo0\u0e53\u00b2" if character.isdigit() else "9 -":
                value = given[:at] + slip + given[at + 1 :]
                try:
                    if sort.identifier.pattern.fullmatch(value):
                        sort.identifier.check(value)
                except Exception as error:  # noqa: BLE001, whatever it is, it is one too many
                    yield value, repr(error)


def is_quick(sort: Sort, size: int = 60_000, seconds: float = 0.6) -> Complaints:
    """Near misses, each in a run without an end, at a pace of two seconds for 200 kB or better.

    What repeats where it should not, or looks at all that follows, takes for ever on such a run. What is
    found by a function goes through the whole product, and may take twice as long.
    """
    limit = seconds if sort.identifier else 2 * seconds
    sort.mask("Zoe Quill")  # the lists of names are loaded once
    for row in sort.near:
        text = (row * (size // len(row) + 1))[:size]
        # Once more, as another program may have been in the way.
        if timed(sort, text) > limit and (taken := timed(sort, text)) > limit:
            yield row, f"{taken:.1f} seconds"


def timed(sort: Sort, text: str) -> float:
    """Seconds of the processor, so that a busy machine is no failure."""
    start = time.process_time()
    if sort.identifier:
        list(sort.identifier.find(text, Windows(text).of(sort.identifier)))
    else:
        sort.mask(text)
    return time.process_time() - start


def masks_nothing_of_nothing(sort: Sort) -> Complaints:
    for nothing in ("", " ", "\n\n", "\u200b", "\ufeff\u00a0", "\x00", *(f"[{kind}]" for kind in sort.kinds)):
        if (masked := sort.mask(nothing)) != Masked(nothing):
            yield nothing, masked
    for example in sort.examples:
        alone = Example(("", *example.pieces[1:-1], ""))
        masked = sort.mask(alone.text)
        if not all(start < end <= len(alone.text) for start, end in masked.cuts):
            yield alone.text, masked.cuts
        if example == alone and found(sort, alone.text) != sort.expected(alone):
            yield alone.text, masked.text


def tells_no_value(sort: Sort) -> Complaints:
    """Neither a raw document, nor what comes of it, shows a value when it is printed."""
    for example in sort.examples:
        # Longer than any value that is a number, so that the count of characters is none.
        text = f"{example.text}.\n\n{'It rained. ' * 100}"
        part = (example.text, 0, 4)
        # What a record's columns know is masked in its texts, not in labels that many records share.
        place = "" if sort.known else example.text
        given = raw(text, known=sort.known, title=example.text, place=place, parts=(part,))
        (document,) = deidentify([given], rules=sort.rules)
        document = replace(document, id="", sha256="")
        shown = f"{given!r} {given} {document!r} {sort.mask(text)!r} {residual_risk([document])!r}"
        for value in example.values:
            if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", shown):
                yield value, shown


LAWS = (
    masks_its_examples_whole,
    is_found_by_its_own_pattern,
    masks_two_of_them,
    masks_one_beside_any_other,
    leaves_its_decoys,
    changes_nothing_the_second_time,
    keeps_what_is_around,
    holds_its_offsets,
    minds_its_check,
    answers_for_slips,
    is_quick,
    masks_nothing_of_nothing,
    tells_no_value,
)


def raw(text: str, **fields: object) -> RawDocument:
    document = RawDocument(kind="incident", text=text, reference="a.csv", source="a.csv", file_sha256="0")
    return replace(document, **fields)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("name", names())
def test_law(name: str, law: Law) -> None:
    assert list(law(sort_of(name))) == []


def test_every_identifier_of_the_package_is_in_the_table() -> None:
    made = {
        f"{m.__name__.rpartition('.')[2]}.{name}": value for m in MODULES for name, value in vars(m).items()
    }
    defined = {name for name, value in made.items() if isinstance(value, Identifier)}
    table = [name_of(identifier) for identifier in masking.IDENTIFIERS]
    assert sorted(defined) == sorted(table)


def test_everything_else_that_finds_is_under_the_laws() -> None:
    """A function that finds, beside the table, needs samples of its own."""
    finders = {value for name, value in vars(masking).items() if name.startswith("find_")}
    assert {f"{found.__module__.rpartition('.')[2]}.{found.__name__}" for found in finders} == {
        "behind.find_behind",
        "homes.find_homes",
        "house_names.find_house_names",
        "house_names.find_houses_in_towns",
        "known.find_known",
        "people.find_people",
        "places.find_places",
        "towns.find_towns",
    }


def test_the_whole_product_is_quick_on_what_nearly_matches_anything() -> None:
    text = "\n\n".join(row * 200 for name in names() for row in sort_of(name).near)[:200_000]
    start = time.process_time()
    masking.mask(text)
    assert time.process_time() - start < 4


# ---------------------------------------------------------------- the suite bites


def test_an_identifier_without_samples_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    new = Identifier("LIBRARY CARD", re.compile(r"LC\d{6}"), near="long")
    monkeypatch.setattr(MODULES[0], "LIBRARY_CARD", new, raising=False)
    monkeypatch.setattr(masking, "IDENTIFIERS", (*masking.IDENTIFIERS, new))
    (name,) = [name for name in names() if name.endswith("LIBRARY_CARD")]
    with pytest.raises(pytest.fail.Exception, match=r"LIBRARY_CARD has no samples: write \[[a-z_]+\.LIBRARY"):
        sort_of(name)


def test_samples_of_what_is_gone_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masking, "IDENTIFIERS", masking.IDENTIFIERS[1:])
    with pytest.raises(pytest.fail.Exception, match="no more: take it out"):
        sort_of("addresses.ADDRESS")


class Short(Identifier):
    """Leaves the last character of a value."""

    def find(self, text, windows):
        return ((kind, start, end - 1) for kind, start, end in super().find(text, windows))


class Greedy(Identifier):
    """Drops the character behind a value."""

    def find(self, text, windows):
        return ((kind, start, min(end + 1, len(text))) for kind, start, end in super().find(text, windows))


def made(cls: type[Identifier] = Identifier, **changes: object) -> Callable[[Identifier], Identifier]:
    """An identifier made again, of another class or with other fields."""

    def make(given: Identifier) -> Identifier:
        fields = {field: getattr(given, field) for field in Identifier.__slots__}
        return cls(**{**fields, **changes})

    return make


def seen(law: Law, sort: Sort) -> bool:
    """Whether a law says anything of a sort."""
    return next(law(sort), None) is not None


def fails(value: str) -> bool:
    raise ValueError(value)


quick_enough = partial(is_quick, size=30_000, seconds=0.3)
# What is broken -> how an identifier is made so, the laws that see it, and the identifier it is tried on.
BROKEN: dict[str, tuple[Callable[[Identifier], Identifier], tuple[Law, ...], str]] = {
    "one character short": (
        made(Short),
        (masks_its_examples_whole, masks_two_of_them, holds_its_offsets),
        "registrations.NMC_PIN",
    ),
    "drops text": (
        made(Greedy),
        (masks_its_examples_whole, masks_two_of_them, masks_one_beside_any_other),
        "contacts.EMAIL",
    ),
    "another kind": (made(kind="NUMBER"), (masks_its_examples_whole, masks_two_of_them), "contacts.EMAIL"),
    "no check": (made(check=None), (leaves_its_decoys, minds_its_check), "registrations.NMC_PIN"),
    "no check, no cue": (
        made(check=None, cue=None),
        (leaves_its_decoys, minds_its_check),
        "numbers.NHS_NUMBER",
    ),
    "no veto": (made(unless=None), (leaves_its_decoys,), "numbers.NHS_NUMBER"),
    "no cue": (made(cue=None), (minds_its_check,), "numbers.NATIONAL_INSURANCE_NUMBER"),
    "a check that fails": (made(check=fails), (answers_for_slips,), "numbers.NHS_NUMBER"),
    "never looked for": (made(near=("zzzz",)), (is_found_by_its_own_pattern,), "contacts.FOREIGN_PHONE"),
    "ASCII only": (
        made(pattern=re.compile(r"(?<![^\x00-\x7f]\s)\d\d[A-L]\d{4}[ESWNO]\b", re.IGNORECASE)),
        (holds_its_offsets,),
        "registrations.NMC_PIN",
    ),
    "masks masks": (
        made(pattern=re.compile(r"[\w.]+@[\w.]+|EMAIL"), near="text", digits=False),
        (changes_nothing_the_second_time, masks_nothing_of_nothing),
        "contacts.EMAIL",
    ),
    "looks at all of what follows": (
        made(pattern=re.compile(r"\d[\d .]*x")),
        (quick_enough,),
        "numbers.NHS_NUMBER",
    ),
}


def put(monkeypatch: pytest.MonkeyPatch, name: str, make: Callable[[Identifier], Identifier]) -> None:
    """Put in the table, and in its module, what `make` makes of an identifier."""
    (home,) = [home for home in MODULES if home.__name__.endswith(f".{name.partition('.')[0]}")]
    good = getattr(home, name.partition(".")[2])
    broken = make(good)
    table = tuple(broken if identifier is good else identifier for identifier in masking.IDENTIFIERS)
    monkeypatch.setattr(home, name.partition(".")[2], broken)
    monkeypatch.setattr(masking, "IDENTIFIERS", table)
    monkeypatch.setattr(masking, "_WITHOUT_DIGITS", tuple(i for i in table if not i.digits))


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_identifier_is_seen(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, laws, name = BROKEN[what]
    assert not [law for law in laws if seen(law, sort_of(name))]
    put(monkeypatch, name, make)
    assert [law for law in laws if not seen(law, sort_of(name))] == []


@pytest.mark.parametrize("cls", [Short, Greedy])
@pytest.mark.parametrize("name", map(name_of, masking.IDENTIFIERS))
def test_each_identifier_is_seen_when_it_masks_too_little_or_too_much(
    name: str, cls: type[Identifier], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(monkeypatch, name, made(cls))
    assert seen(masks_its_examples_whole, sort_of(name))


def drops(masked: Masked) -> Masked:
    return replace(masked, text=masked.text.replace("noted", "note"))


def shifts(masked: Masked) -> Masked:
    return replace(masked, masks=tuple((kind, start + 1, end + 1) for kind, start, end in masked.masks))


def renumbers(masked: Masked) -> Masked:
    kinds = (f"PERSON {at}" for at, _ in enumerate(masked.masks))
    return replace(masked, masks=tuple((next(kinds), start, end) for _, start, end in masked.masks))


def forgets(masked: Masked) -> Masked:
    return replace(masked, mistyped=0)


@pytest.mark.parametrize(
    ("spoil", "law", "name"),
    [
        (drops, keeps_what_is_around, "numbers.NHS_NUMBER"),
        (shifts, keeps_what_is_around, "people.find_people"),
        (renumbers, masks_two_of_them, "people.find_people"),
        (forgets, minds_its_check, "numbers.NHS_NUMBER"),
    ],
)
def test_a_broken_mask_is_seen(spoil: Callable[[Masked], Masked], law: Law, name: str) -> None:
    sort = sort_of(name)
    assert seen(law, replace(sort, mask=lambda text: spoil(sort.mask(text))))


def test_a_text_that_is_not_made_plain_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masking, "plain", lambda text: (text, None))
    assert seen(holds_its_offsets, sort_of("numbers.NHS_NUMBER"))


def test_a_record_that_shows_its_text_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RawDocument, "__repr__", lambda document: f"RawDocument({document.text!r})")
    assert seen(tells_no_value, sort_of("numbers.NHS_NUMBER"))
