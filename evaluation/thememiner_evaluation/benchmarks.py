"""The table of benchmarks: data, task, what trained what is scored, and metrics with their must and aim.

A new benchmark is a row here and a function in `tasks`. Floors stand in `evaluation/baselines`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from thememiner_evaluation.measuring import Bench, Reading
from thememiner_evaluation.tasks import (
    coding,
    discovery,
    emerging,
    names,
    placing,
    polarity,
    recommendations,
    samples,
    segmenting,
    stability,
    topics,
)


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of a benchmark; where `higher` is false, less is better. None: reported only."""

    name: str
    must: float | None = None
    aim: float | None = None
    higher: bool = True

    def meets(self, value: float, bound: float) -> bool:
        """Whether a value is at least as good as a bound, to the sixth decimal place."""
        return round(value - bound, 6) >= 0 if self.higher else round(bound - value, 6) >= 0


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One row: the sets it needs, the task in a sentence, what trained what is scored, and the metrics."""

    id: str
    data: tuple[str, ...]
    task: str
    trained: str
    metrics: tuple[Metric, ...]
    measure: Callable[[Bench], Iterable[Reading]]


_ONE_SCALE = (
    "Nothing is trained; how discovery picks its themes was settled on Banking77, StackOverflow and BBC."
)
_SPLITS = "Trained on four fifths of the respondents or reports, scored on the rest: five fixed splits."

_TABLE = (
    Benchmark(
        "sample",
        (),
        "The shipped sample review, planted themes and decoys.",
        "The shipped codebook; codebook, samples and gold were written apart.",
        (
            Metric("planted themes found", 0.9, 1),
            Metric("decoys that appear", 0, 0, higher=False),
            Metric("planted passages coded"),
        ),
        samples.planted,
    ),
    Benchmark(
        "findings",
        (),
        "The shipped sample review: planted positions, bases and verdicts, the grid; and 270 "
        "invented sentences that tell of a gap.",
        "Rules, settled while looking at this review; 1,050 invented sentences of gaps.",
        (
            Metric("F1 of positions, bases and verdicts", 0.85, 0.95),
            Metric("cells of the grid right", 0.9, 1),
            Metric("account against an assurance shown beside it", 1, 1),
            Metric("accounts against an assurance, shown in each finding", 1, 1),
            Metric("planted demands traced to the findings of their themes", 1, 1),
            Metric("demands of the letter that lead to a finding or say that there is none", 1, 1),
            Metric("seconds from what is coded and judged to report and plan", 10, 3, higher=False),
            Metric("sort of gap told, of sentences never seen"),
        ),
        samples.findings,
    ),
    Benchmark(
        "discovery",
        discovery.SETS,
        "Themes of seven public sets, at most 6,000 texts each, the true number not told.",
        _ONE_SCALE,
        (
            Metric("mean AMI"),
            Metric("mean AMI above BERTopic", 0.06, 0.12),
            Metric("sets whose number of themes is within a factor 2 of the true one", 5, 7),
        ),
        discovery.public_sets,
    ),
    Benchmark(
        "theme-count",
        ("20newsgroups",),
        "Themes of 250, 1,000, 5,000 and 11,000 posts of 20 newsgroups.",
        _ONE_SCALE,
        (Metric("fewest themes", 7, 12), Metric("most themes", 60, 35, higher=False)),
        discovery.sizes,
    ),
    Benchmark(
        "discovery-time",
        ("20newsgroups",),
        "Discovery of 6,000 texts after embedding, warm, median of three.",
        "Nothing is trained.",
        (
            Metric("seconds, search, layers, stability and names", higher=False),
            Metric("seconds, one cut", higher=False),
            Metric("time, share of BERTopic's", 1, 1 / 3, higher=False),
            Metric("time of one cut, share of BERTopic's", 1 / 5, 1 / 15, higher=False),
        ),
        discovery.seconds,
    ),
    Benchmark(
        "discovery-reports",
        ("pfd",),
        "Themes of coroners' reports against their one official category, at the method's own number.",
        "Nothing is trained.",
        (Metric("AMI", 0.36, 0.42),),
        discovery.reports,
    ),
    Benchmark(
        "coding-comments",
        ("fft",),
        f"Patients' comments coded with {coding.FEEDBACK_BOOK}, codes with 10 comments or more.",
        "The codebook's own texts alone; no comment of the set.",
        (Metric("MAP", 0.5, 0.58), Metric("macro F1", 0.42, 0.5), Metric("calibration error", higher=False)),
        coding.comments_unlabelled,
    ),
    Benchmark(
        "coding-reports",
        ("pfd-flags",),
        f"Coroners' reports coded with {coding.REPORTS_BOOK}; flags given by a language model (silver).",
        "The codebook's own texts alone; no report of the set.",
        (Metric("MAP", 0.62, 0.7), Metric("macro F1"), Metric("calibration error", higher=False)),
        coding.reports_unlabelled,
    ),
    Benchmark(
        "labelled-comments",
        ("fft",),
        "Patients' comments, trained on labels; codes with 10 comments or more on each side.",
        _SPLITS,
        (
            Metric("micro F1", 0.75, 0.8),
            Metric("micro F1 above the best peer"),
            Metric("macro F1", 0.59, 0.66),
            Metric("macro F1 above the best peer"),
            Metric("minutes of training a split", 10, higher=False),
            Metric("calibration error", 0.08, 0.04, higher=False),
        ),
        coding.comments_labelled,
    ),
    Benchmark(
        "labelled-incidents",
        ("safecom", "safenet"),
        "Incidents with hazards (given by people) and factors (ticked by reporters), trained on labels.",
        _SPLITS,
        (
            Metric("hazards, micro F1"),
            Metric("hazards, micro F1 above the best peer", 0.04, 0.08),
            Metric("hazards, macro F1"),
            Metric("hazards, macro F1 above the best peer", 0.04, 0.08),
            Metric("factors, micro F1"),
            Metric("factors, micro F1 above the best peer", 0.04, 0.08),
            Metric("factors, macro F1"),
            Metric("factors, macro F1 above the best peer", 0.04, 0.08),
        ),
        coding.incidents_labelled,
    ),
    Benchmark(
        "labels-saved",
        ("fft",),
        "Labels until the macro F1 of training on all is reached: chosen by the coder, and at random.",
        _SPLITS,
        (Metric("labels needed, share of those chosen at random", 0.7, 0.5, higher=False),),
        coding.labels_saved,
    ),
    Benchmark(
        "polarity-comments",
        ("fft",),
        "Rated comments, positive, negative, and neutral or mixed.",
        "Invented sentences, rated medicines and, for the shipped weights, the other splits' comments.",
        (
            Metric("accuracy, shipped weights", 0.81, 0.86),
            Metric("accuracy, without these comments", 0.74, 0.80),
        ),
        polarity.comments,
    ),
    Benchmark(
        "polarity-sentences",
        (),
        "Invented sentences in the register of reviews, four ways.",
        "Shipped weights; none of these sentences.",
        (
            Metric("accuracy", 0.85, 0.92),
            Metric("pairs with both right"),
            Metric("told by what did not happen"),
        ),
        polarity.sentences,
    ),
    Benchmark(
        "segmenting",
        ("ewt", "golden-rules"),
        "Sentence spans of web text, and golden rules that can be sliced verbatim.",
        "Rules; their misses on these sets were read while they were written.",
        (Metric("span F1", 0.84, 0.88), Metric("golden rules right", 0.9, 0.95)),
        segmenting.sentences,
    ),
    Benchmark(
        "stability",
        (),
        "Discovered themes of the sample review: 20 input orders, 20 bootstraps of its documents.",
        "Nothing is trained.",
        (
            Metric("input orders with identical themes", 1, 1),
            Metric("stable themes found again in a bootstrap", 0.8, 0.9),
            Metric("all themes found again in a bootstrap"),
        ),
        stability.sample,
    ),
    Benchmark(
        "emerging",
        (),
        "Themes of the sample review, documents called new at random: alarms when nothing changed, and when "
        "a theme grew.",
        "Nothing is trained.",
        (Metric("draws with a false alarm", 0.05, higher=False), Metric("growing themes seen")),
        emerging.alarms,
    ),
    Benchmark(
        "placing",
        (),
        "Themes in the sections of a template whose codes are taken away: the sample review, and six more.",
        "Templates and codebooks that were placed by hand (sets/placing/fit); none of those scored.",
        (
            Metric("sample, first section right", 0.7, 0.8),
            Metric("sample, right among the first two", 0.88, 0.95),
            Metric("check sets, first section right"),
            Metric("check sets, right among the first two"),
            Metric("check sets, calibration error", higher=False),
        ),
        placing.sections,
    ),
    Benchmark(
        "recommendations",
        (),
        "Invented recommendations that name no code: whether they come to their themes, and others to none.",
        "Nothing is trained; the rule was settled on the half called fit.",
        tuple(
            Metric(f"{half}, {metric}")
            for half in ("fit", "check")
            for metric in ("with a right code", "codes that are right", "of no code, with none")
        ),
        recommendations.codes,
    ),
    Benchmark(
        "names",
        names.SETS,
        "Names of the themes of three public sets, at most 1,500 texts each.",
        "Nothing is trained; the rules were settled on other sets, and on comments of which some are here.",
        (
            Metric("themes with a name"),
            Metric("names by which their theme comes first by meaning"),
            Metric("names by which their theme comes first by words"),
        ),
        names.found,
    ),
    Benchmark(
        "topic-quality",
        topics.SETS,
        "Words of the themes of two sets: coherence (NPMI) and diversity.",
        "Nothing is trained.",
        tuple(Metric(f"{name}, {metric}") for name in topics.SETS for metric in ("NPMI", "diversity")),
        topics.quality,
    ),
)

BENCHMARKS = {row.id: row for row in _TABLE}
