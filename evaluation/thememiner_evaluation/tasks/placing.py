"""Placing by meaning: whether a theme comes to its section when the template names no codes.

    python -m thememiner_evaluation.tasks.placing          # fit the calibration anew, and print it

A set is a template whose sections name codes (its `id` is that of the codebook); the codes are taken away and
then looked for. Those in `sets/placing/fit` and two shipped templates settled how placing works; those in
`sets/placing/check` were written before anything was measured, and settled nothing.
"""

from __future__ import annotations

import json
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

import numpy as np

from thememiner import codebooks, mapping, pipeline, resources, scoping
from thememiner.codebooks.templates import written
from thememiner.embedding import DIMENSIONS, Encoder
from thememiner.pipeline.nearness import nearness
from thememiner.records import Code, Section
from thememiner_evaluation import product
from thememiner_evaluation.measuring import Bench, NotMeasured, Reading
from thememiner_evaluation.sample_gold import groups

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_SETS = Path(__file__).parents[2] / "sets" / "placing"
_SHIPPED = {"psirf-thematic-review": "seips", "experience-report": "patient-experience"}
_BINS = 10


@dataclass(frozen=True)
class Placed:
    """The scores of themes in sections, themes × sections, and the sections that are right for each."""

    name: str
    scores: Floats
    right: Sequence[frozenset[int]]

    def first(self, number: int) -> list[bool]:
        """Whether a right section is among the first `number`, theme by theme."""
        order = np.argsort(-self.scores, axis=1, kind="stable")[:, :number]
        return [bool(set(row.tolist()) & right) for row, right in zip(order, self.right, strict=True)]


def sections(bench: Bench) -> Iterator[Reading]:
    """Themes of the sample review's gold, and of the sets that settled nothing, in their sections."""
    if not _SETS.is_dir():
        raise NotMeasured(f"{_SETS.parent.name}/{_SETS.name} is not there")
    sample = _sample(bench)
    yield Reading("sample, first section right", mean(sample.first(1)), detail=_missed(sample))
    yield Reading("sample, right among the first two", mean(sample.first(2)))
    checked = list(_sets(bench.encoder, "check"))
    for number, metric in (
        (1, "check sets, first section right"),
        (2, "check sets, right among the first two"),
    ):
        each = tuple((placed.name, mean(placed.first(number))) for placed in checked)
        themes = [is_right for placed in checked for is_right in placed.first(number)]
        yield Reading(metric, mean(themes), detail=(("themes", float(len(themes))), *each))
    yield Reading("check sets, calibration error", _calibration_error(checked))


def _missed(placed: Placed) -> tuple[tuple[str, float], ...]:
    return (("themes", float(len(placed.right))), ("missed", float(placed.first(1).count(False))))


def _sample(bench: Bench) -> Placed:
    """A run of the sample review with the codes taken out of its template, against the gold's sections.

    A planted theme that has no code is taken for one that a person has named: by its name and the passages of
    the group that was found of it, if one was.
    """
    folder = resources.folder("samples")
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    book = codebooks.codebook("assertive-care")
    layout = codebooks.template("assertive-care-review")
    layout = replace(layout, sections=tuple(replace(section, codes=()) for section in layout.sections))
    with tempfile.TemporaryDirectory() as aside, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of dates that the samples leave out on purpose
        bare = Path(aside) / "bare.toml"
        bare.write_bytes(written(layout))
        review = replace(scoping.load_review(folder / "review.toml"), template=str(bare))
        result = pipeline.run(review, bench.settings())
    place = {section.id: at for at, section in enumerate(layout.sections)}
    passages = {p.id: p for p in result.passages}
    group = groups(result.report, {d.id: d.text for d in result.documents}, gold)
    unnamed = [theme for theme in gold["themes"] if not theme["code_id"]]
    named = {theme["id"]: group.get(theme["id"], f"found:{theme['id']}") for theme in unnamed}
    like = result.report.themes[0]
    near = nearness(
        [
            *(theme for theme in result.report.themes if theme.id not in named.values()),
            *(replace(like, id=i, code_id=code, origin="codebook") for code, i in named.items()),
        ],
        result.report.memberships,
        passages,
        layout,
        replace(book, codes=(*book.codes, *(Code(theme["id"], theme["name"]) for theme in unnamed))),
        product.embed(result.passages, bench),
        bench.encoder,
    )
    ids = {t["id"]: f"code:{book.id}/{t['code_id']}" for t in gold["themes"] if t["code_id"]} | named
    rows = {theme: [n.score for n in near[i]] for theme, i in ids.items()}
    right: dict[str, set[int]] = {}
    for finding in gold["findings"]:
        right.setdefault(finding["theme"], set()).add(place[finding["section"]])
    themes = sorted(right)
    return Placed("sample", np.array([rows[t] for t in themes]), [frozenset(right[t]) for t in themes])


def _sets(using: Encoder, which: str) -> Iterator[Placed]:
    names = {path.stem: str(path) for path in sorted((_SETS / which).glob("*.toml"))}
    for name in (*names, *(_SHIPPED if which == "fit" else ())):
        layout = codebooks.template(names.get(name, name))
        own = _SETS / "books" / f"{layout.id}.toml"
        book = codebooks.codebook(str(own) if own.is_file() else _SHIPPED.get(name, layout.id))
        homes = [
            frozenset(at for at, section in enumerate(layout.sections) if code.id in section.codes)
            for code in book.codes
        ]
        scores = _scores(using, book.codes, layout.sections)
        kept = [at for at, home in enumerate(homes) if home]
        yield Placed(name, scores[kept], [homes[at] for at in kept])


def _scores(using: Encoder, codes: Sequence[Code], layout: Sequence[Section]) -> Floats:
    texts = [text for code in codes for of in mapping.theme_texts(code) for text in of]
    asks = [[text for text, _ in mapping.section_texts(section)] for section in layout]
    texts += [text for of in asks for text in of]
    row = dict(zip(texts, using.encode(texts), strict=True))  # in one call: a short one costs as much

    def vectors(of: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([row[text] for text in of]) if of else np.zeros((0, DIMENSIONS), dtype=np.float32)

    themes = np.stack([mapping.theme_vector(*map(vectors, mapping.theme_texts(code))) for code in codes])
    views = [vectors(of) for of in asks]
    return mapping.by_meaning(themes, views)[0]


def _calibration_error(placed: Sequence[Placed]) -> float:
    """The mean distance between score and share that is right, over ten bins of all placings."""
    said, right = _pairs(placed)
    bins = np.minimum((said * _BINS).astype(int), _BINS - 1)
    held = [bins == n for n in range(_BINS) if (bins == n).any()]
    return float(sum(abs(said[b].mean() - right[b].mean()) * b.mean() for b in held))


def _pairs(placed: Sequence[Placed]) -> tuple[Floats, Floats]:
    """The score of each theme in each section, and whether it is right there."""
    said = np.concatenate([p.scores.ravel() for p in placed])
    homes = ((at in right) for p in placed for right in p.right for at in range(p.scores.shape[1]))
    return said, np.array([float(is_right) for is_right in homes])


def main() -> None:
    """Fit slope and intercept on the sets that are for it, and print what they give."""
    from sklearn.linear_model import LogisticRegression

    with tempfile.TemporaryDirectory() as folder:
        placed = list(_sets(Bench(None, Path(folder)).encoder, "fit"))
    said, right = _pairs(placed)
    lead = (np.log(said / (1 - said)) - mapping.meaning.INTERCEPT) / mapping.meaning.SLOPE
    model = LogisticRegression(C=1e4, max_iter=5000).fit(lead[:, None], right)
    for p in placed:
        print(
            f"{p.name:24} {len(p.right):3} themes, first {mean(p.first(1)):.2f}, two {mean(p.first(2)):.2f}"
        )
    print(f"slope {model.coef_[0, 0]:.2f}, intercept {model.intercept_[0]:.2f}")


if __name__ == "__main__":
    main()
