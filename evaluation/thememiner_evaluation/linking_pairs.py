"""What linking finds: edited copies of incidents, same wording of other events, versions, copied form text.

    python -m thememiner_evaluation.linking_pairs [--seed N] [--events N] [--large] [--data DIR]

Everything is generated from a seed, but for the sample review's planted pairs, and the public sets under
DIR (see `evaluation/README.md`), of which only counts are printed. `--large` times 7,000 documents of
140,000 passages.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import thememiner as tm
from thememiner import linking, pipeline, resources, scoping, segmenting
from thememiner.records import Document, Kind, Link
from thememiner_evaluation import linking_texts as texts

_PUBLIC: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("incidents_safenet/safenet.csv", ("narrative",), "safenet_id", "event_start"),
    ("incidents_maude/maude.csv", ("text",), "MDR_REPORT_KEY", ""),
    ("incidents_asrs/asrs.csv", ("narrative",), "acn", ""),
    ("incidents_safecom_hazards/safecom_hazards.csv", ("narrative",), "tracking", ""),
    ("pfd_reports/pfd_reports.jsonl", ("investigation", "circumstances", "concerns"), "url", "date"),
)


def main() -> None:
    """Generate, link, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=600)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    pairs(random.Random(options.seed), options.events)
    policies(random.Random(options.seed))
    forms(random.Random(options.seed))
    sample()
    if options.large:
        large(random.Random(options.seed))
    if options.data:
        for path, columns, own_id, date in _PUBLIC:
            public(options.data / path, columns, own_id, date)


def pairs(rng: random.Random, events: int) -> tuple[float, float]:
    """Print and return the recall of edited copies and the precision of repeats."""
    originals = [texts.event(rng, n) for n in range(events)]
    corpus, gold, made = list(originals), {}, {}
    for n, found in enumerate(originals):
        if n % 2:
            sort = list(texts.EDITS)[n // 2 % len(texts.EDITS)]
            copy = texts.EDITS[sort](rng, found)
            gold[frozenset((found.id, copy.id))] = sort
        else:
            sort = list(texts.DECOYS)[n // 2 % len(texts.DECOYS)]
            copy = texts.DECOYS[sort](rng, found)
            made[frozenset((found.id, copy.id))] = sort
        corpus.append(copy)
    links = linking.relate(corpus)
    merged = {frozenset((link.document_id, link.of)) for link in links if link.sort == "repeat"}
    print(
        f"incidents {len(corpus)}: {len(gold)} edited copies, {len(made)} of other events in the same words"
    )
    for sort, n in Counter(gold.values()).items():
        print(f"  repeat found, {sort}: {sum(gold.get(p) == sort for p in merged)} of {n}")
    for sort, n in Counter(made.values()).items():
        print(f"  falsely a repeat, {sort}: {sum(made.get(p) == sort for p in merged)} of {n}")
    recall = len(merged & set(gold)) / len(gold)
    precision = len(merged & set(gold)) / max(len(merged), 1)
    print(f"  recall {recall:.3f}, precision {precision:.3f}, false {len(merged - set(gold))}")
    return recall, precision


def policies(rng: random.Random, number: int = 60) -> tuple[int, int]:
    """Print and return how many older versions are found, and how many policies are falsely superseded."""
    corpus, gold = [], {}
    for n in range(number):
        older, newer, other = texts.policy(rng, n)
        corpus += [older, newer, other]
        gold[older.id] = newer.id
    links = linking.relate(corpus)
    superseded = {link.document_id: link.of for link in links if link.sort == "superseded"}
    found = sum(superseded.get(old) == new for old, new in gold.items())
    false = sum(gold.get(old) != new for old, new in superseded.items())
    aside = sum(link.sort == "repeat" for link in links)
    print(
        f"policies: older versions found {found} of {number}, falsely superseded {false}; "
        f"another body's copy set aside {aside} of {number}"
    )
    return found, false


def forms(rng: random.Random, number: int = 300) -> tuple[float, float]:
    """Print and return the share of altered form sentences marked, and of people's own sentences."""
    corpus, copied, told = texts.filled(rng, number)
    passages = segmenting.segment(corpus)
    marked = {m.passage_id for m in linking.link(corpus, passages) if m.sort == "boilerplate"}
    form = [p for p in passages if any(p.text in sentence for sentence in copied[p.document_id])]
    own = [p for p in passages if p.text == told[p.document_id]]
    found = sum(p.id in marked for p in form) / len(form)
    false = sum(p.id in marked for p in own) / len(own)
    print(
        f"form sentences, altered, marked {found:.3f} of {len(form)}; people's own {false:.4f} of {len(own)}"
    )
    return found, false


def sample() -> None:
    """Print the recall of the sample review's planted pairs, and the links besides."""
    folder = resources.folder("samples")
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    corpus = pipeline.prepare(scoping.load_review(folder / "review.toml"), tm.Settings())
    name = {d.id: d.reference for d in corpus.documents}
    links = linking.relate(corpus.documents)
    merged = {frozenset((name[x.document_id], name[x.of])) for x in links if x.sort == "repeat"}
    planted = {frozenset(pair) for pair in gold["duplicates"]}
    print(
        f"sample review: planted pairs found {len(merged & planted)} of {len(planted)}, "
        f"others set aside {len(merged - planted)}, other links {_sorts(links)}"
    )


def large(rng: random.Random) -> None:
    """Print the seconds for 7,000 documents of twenty passages."""
    corpus: list[Document] = []
    kinds: tuple[Kind, ...] = ("incident", "account")
    while len(corpus) < 7000:
        n = len(corpus)
        parts = [texts.event(rng, n).text for _ in range(3)]
        corpus.append(texts.document(f"l{n:05}", " ".join(parts), kind=kinds[n % 2], date="2031-01-01"))
    passages = segmenting.segment(corpus)
    began = time.process_time()
    marks = linking.link(corpus, passages)
    took = time.process_time() - began
    print(f"{len(corpus)} documents, {len(passages)} passages: {took:.1f} s of one core, {len(marks)} marks")


def public(path: Path, columns: tuple[str, ...], own_id: str, date: str) -> None:
    """Print what linking finds in a public set, as counts."""
    if not path.exists():
        print(f"skipped: {path.name} is not there")
        return
    source = tm.Source(path, "incident", text=columns, id=own_id, date=date)
    corpus = pipeline.prepare(tm.Review(sources=(source,)), tm.Settings())
    links = linking.relate(corpus.documents)
    marks = linking.link(corpus.documents, corpus.passages, links)
    copied = sum(m.sort == "boilerplate" for m in marks)
    print(
        f"{path.name}: {len(corpus.documents)} documents, {len(corpus.passages)} passages, "
        f"{copied} boilerplate"
    )
    print(f"  links {_sorts(links)}")
    for (sort, reason), n in _reasons(links):
        print(f"  {n:5} {sort}: {reason}")


def _sorts(links: Iterable[Link]) -> dict[str, int]:
    return dict(sorted(Counter(str(link.sort) for link in links).items()))


def _reasons(links: Sequence[Link]) -> list[tuple[tuple[str, str], int]]:
    return Counter((str(link.sort), link.reason) for link in links).most_common()


if __name__ == "__main__":
    main()
