"""Defects that were found and mended: each came from a test written against the code as it stood."""

import numpy as np
import pytest

from thememiner import resources, scoping, settings, tomls
from thememiner.codebooks import codebook
from thememiner.coding import code, train
from thememiner.counting import content_note, count_outcomes
from thememiner.deidentifying.masking import mask_together
from thememiner.embedding import digest, embed
from thememiner.errors import TomlError, UnknownNameError
from thememiner.evidence import pick
from thememiner.labelling import label
from thememiner.linking import link
from thememiner.mapping import place, section_of_headings
from thememiner.records import (
    KINDS,
    POLARITIES,
    Clustering,
    Code,
    Codebook,
    Document,
    Membership,
    Passage,
    Section,
    Template,
    Theme,
)
from thememiner.wording import tokens


def passages(*texts):
    return [Passage(f"d{i}:0", f"d{i}", 0, len(t), t, "feedback") for i, t in enumerate(texts)]


NAMES = [
    "Handover between teams",
    "Medication side effects",
    "Waiting for a first appointment",
    "Family involvement",
    "Housing and money",
    "Physical health checks",
    "Crisis line answered",
    "Staff turnover",
    "Discharge letters",
    "Out of area beds",
    "Transport to clinic",
    "Interpreters and language",
    "Missed visits",
]


def test_coding_names_only_codebook_ranks_the_right_code_first(encoder):
    book = Codebook("n", "n", "1", tuple(Code(f"c{i}", n) for i, n in enumerate(NAMES)))
    coder = train(book, encoder)
    assert (coder.slope > 0).all()
    p = coder.probabilities(["Family involvement was poor"], encoder.encode(["Family involvement was poor"]))
    assert NAMES[p[0].argmax()] == "Family involvement"


def test_coding_one_code_with_nothing_to_tell_it_from_assigns_nothing_unlike_it(word_encoder):
    coder = train(Codebook("b", "B", "1", (Code("parking", "Parking"),)), word_encoder)
    said = passages("The soup was cold")
    assert code(said, embed(said, word_encoder), coder, assigned=0.35, weak=0.2) == []


def ev(members, docs, most=8):
    return pick("s", "t", members, {d.id: d for d in docs}, most)


def doc(name, text, kind="incident"):
    return Document(name, kind, text, digest(text), "", "", "")


def mem(d, start, end, polarity="neutral", score=0.8, **f):
    p = Passage(f"{d.id}:{start}-{end}", d.id, start, end, d.text[start:end], d.kind, **f)
    return Membership(p.id, "t", score, "assigned", polarity), p


@pytest.mark.parametrize("org", ["", "One trust"])
def test_evidence_no_second_quote_of_a_document_where_all_are_of_one_organisation(org):
    long = doc("long", "The first visit was missed by the crew.\nThe next visit was missed by the crew.")
    other = doc("other", "One visit did not take place at all.")
    members = [
        mem(long, 0, 39, score=0.9, organisation=org),
        mem(long, 40, 78, score=0.9, organisation=org),
        mem(other, 0, 36, score=0.6, organisation=org),
    ]
    assert {e.document_id for e in ev(members, [long, other], 2)} == {"long", "other"}


def test_evidence_every_kind_is_heard_when_there_is_room_for_every_kind():
    docs, members = [], []
    for kind in KINDS:
        for pol in POLARITIES:
            d = doc(f"{kind}{pol}", f"What {kind} says in a {pol} way about visits at home.", kind)
            docs.append(d)
            members.append(mem(d, 0, len(d.text), pol))
    assert {e.kind for e in ev(members, docs, 8)} == set(KINDS)


def test_codebooks_misspelt_key_of_a_near_miss(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text('id="a"\nname="A"\n[[code]]\nid="x"\nname="X"\nnear_misses=[{text="t", cod="x"}]\n')
    with pytest.raises(TomlError, match="'cod' is not known"):
        codebook(str(path))


@pytest.mark.parametrize(
    "line",
    [
        "from = 2024",
        "from = 20241001",
        "from = true",
        'from = "2024-13-45"',
        'from = "2024-10-01 or so"',
        'from = "2025-01-01"\nto = "2024-01-01"',
    ],
)
def test_scoping_a_day_that_is_none(tmp_path, line):
    path = tmp_path / "review.toml"
    path.write_text(f"[scope]\n{line}\n")
    with pytest.raises(TomlError, match="scope"):
        scoping.load_review(path)


@pytest.mark.parametrize(
    "text", ["A grape was found on the floor.", "He scraped his knee.", "The drape fell."]
)
def test_counting_no_violence_in_a_grape(text):
    assert content_note([doc("d", text)]) == ""


@pytest.mark.parametrize(
    ("a", "b"), [(".5 mg", "5 mg"), ("a score of -2", "a score of 2"), ("1·25 mg", "1 25 mg")]
)
def test_wording_two_doses(a, b):
    assert tokens(a) != tokens(b)


def test_linking_a_naked_decimal_is_another_event():
    story = " ".join(["he was due a visit and nobody came to the house"] * 4)
    docs = [doc("a", story + " He had .5 mg."), doc("b", story + " He had 5 mg.")]
    ps = [mem(d, 0, len(d.text))[1] for d in docs]
    assert link(docs, ps) == []


def clustering(labels):
    n = np.array(labels)
    return Clustering(labels=n, strength=np.where(n >= 0, 0.7, 0), coarse=n, stability=np.ones(n.max() + 1))


OTHER = [f"The sensory garden has {w} benches" for w in ("old", "green", "broken", "low", "long", "three")]


def test_labelling_every_keyword_occurs_in_a_passage():
    said = [f"{w} crisis [PERSON 1] minibus arrived" for w in ("one", "two", "five", "six", "ten", "four")]
    themes, _ = label(passages(*said, *OTHER), clustering([0] * 6 + [1] * 6))
    texts = " | ".join(said).lower()
    for term in themes[0].keywords:
        assert term in texts, term


def test_labelling_a_surname_that_opens_every_passage():
    said = [
        f"Odalys {w} for the minibus to dialysis" for w in ("rang", "waited", "wrote", "asked", "paid", "ran")
    ]
    themes, _ = label(passages(*said, *OTHER), clustering([0] * 6 + [1] * 6))
    assert "odalys" not in " ".join((themes[0].name, *themes[0].keywords)).lower()


def test_labelling_a_surname_beside_a_stroke():
    said = [
        f"We {w} Odalys/Brannock about the minibus to dialysis"
        for w in ("rang", "met", "wrote", "asked", "paid", "saw")
    ]
    themes, _ = label(passages(*said, *OTHER), clustering([0] * 6 + [1] * 6))
    assert "odalys" not in " ".join((themes[0].name, *themes[0].keywords)).lower()


def test_labelling_two_themes_of_the_same_words_have_two_names():
    a = [f"minibus dialysis {i}" for i in range(6)]
    b = [f"minibus dialysis {i}" for i in range(10, 16)]
    themes, _ = label(passages(*a, *b, *OTHER), clustering([0] * 6 + [1] * 6 + [2] * 6))
    assert len({t.name for t in themes}) == len(themes)


def test_mapping_a_discovered_theme_with_nothing_assigned():
    theme = Theme("found:1", "Soup", "discovered")
    layout = Template("t", "T", "1", (Section("s", "Meals"),))
    p = passages("soup")[0]
    assert place([theme], [Membership(p.id, theme.id, 0.3, "weak")], {p.id: p}, layout) == []


def test_mapping_a_heading_goes_to_the_section_that_it_fits_best():
    layout = Template("t", "T", "1", (Section("a", "Crisis"), Section("b", "Crisis planning")))
    assert section_of_headings(["Crisis planning"], layout) == {"Crisis planning": "b"}


def test_settings_thresholds_name_the_file(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text("weak = 0.9\n")
    with pytest.raises(TomlError, match=r"own\.toml"):
        settings.load_settings(path)


@pytest.mark.parametrize(
    "line", ["quotes = -1", "smallest_theme = 0", "smallest_theme = -3", 'precision = "float16"', "seed = -1"]
)
def test_settings_that_make_no_sense_are_refused_where_they_are_read(line, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(line + "\n")
    with pytest.raises(TomlError):
        settings.load_settings(path)


def test_tomls_deep_nesting_is_an_input_error(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text("a = " + "[" * 20000 + "]" * 20000)
    with pytest.raises(TomlError):
        tomls.load(path)


def test_tomls_a_number_too_long_is_an_input_error(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text("a = " + "1" * 5000)
    with pytest.raises(TomlError):
        tomls.load(path)


def test_resources_a_very_long_name_is_an_unknown_name():
    with pytest.raises(UnknownNameError):
        resources.named_file("codebooks", "a" * 300)


def test_counting_no_is_not_weak():
    ps = passages("a", "b")
    assert count_outcomes(ps, [Membership("d0:0", "t", 0.1, "no")])["weak"] == 0


def test_linking_the_order_of_documents_does_not_matter():
    story = " ".join(["he was due a visit and nobody came to the house"] * 4)
    docs = [doc("a", story), doc("b", story)]
    ps = [mem(d, 0, len(d.text))[1] for d in docs]
    assert link(docs, ps) == link(docs[::-1], ps)


def test_codebooks_a_slash_in_a_code_id_is_refused(tmp_path):
    # code:<book>/<code> is taken apart again at the last "/" in polarity.judge
    path = tmp_path / "own.toml"
    path.write_text('id="a"\nname="A"\n[[code]]\nid="x/y"\nname="X"\nwanted=false\n')
    with pytest.raises(TomlError):
        codebook(str(path))


@pytest.mark.parametrize("seed", range(6))
def test_discovering_no_theme_large_enough_is_no_crash(seed):
    from thememiner.discovering import cluster

    v = np.random.default_rng(seed).normal(size=(17, 8))
    v = (v / np.linalg.norm(v, axis=1, keepdims=True)).astype(np.float32)
    assert len(cluster(v, smallest=8).labels) == 17  # UFuncTypeError where every label is -1


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Seen with Mrs Ada Peverell at ten.", "Seen with Mrs [PERSON 1] at ten."),
        ("Ada Jane Peverell rang Terence.", "[PERSON 1] rang [PERSON 1]."),
        ("Mrs Peverell rang Ada Smith.", "Mrs [PERSON 1] rang [PERSON 2]."),
        ("Terence Otto Peverell rang.", "[PERSON 1] rang."),
    ],
)
def test_a_longer_name_around_one_that_a_column_knows_is_masked_whole(text, left):
    masked = mask_together([text], known=(("person", "Terence Peverell"),))[0]
    assert masked.text == left
