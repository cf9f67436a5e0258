"""The real-input run: public comments, coroners' reports and policies, through the whole chain, and verified.

    python -m thememiner_evaluation.real_run --data DIR --out DIR

DIR holds `fft_nhs_feedback/fft_multilabel.csv`, `pfd_reports/pfd_reports.jsonl` and `policy_documents/`
(see `evaluation/README.md` for where to get them). Prints times, peak memory and the names and counts of
themes, never a quote. A folder that is not there is said, and the exit code is 0.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import thememiner as tm

_SOURCES = (
    ("feedback", "fft_nhs_feedback/fft_multilabel.csv", ("text",), "comment_id", "person using services"),
    (
        "incident",
        "pfd_reports/pfd_reports.jsonl",
        ("investigation", "circumstances", "concerns"),
        "url",
        "independent body",
    ),
    ("policy", "policy_documents", (), "", "provider lead"),
)
_NOT_POLICY = ("manifest.csv", "sentinels.jsonl", "SOURCE.md")


def main() -> None:
    """Run, time, verify, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    missing = [path for _, path, *_ in _SOURCES if not (options.data / path).exists()]
    if missing:
        print(
            f"skipped: {', '.join(missing)} not in {options.data}; evaluation/README.md says how to get them"
        )
        return
    review = tm.Review(
        title="Real-input run",
        question="What recurs in public comments, coroners' reports and policies?",
        sources=tuple(
            tm.Source(
                options.data / path,
                kind,  # type: ignore[arg-type]
                text=text,
                id=own_id,
                voice=voice,
                exclude=_NOT_POLICY,
            )
            for kind, path, text, own_id, voice in _SOURCES
        ),
    )
    began = time.monotonic()
    stages: dict[str, float] = {}

    def tell(stage: str, *_: int) -> None:
        stages.setdefault(stage, time.monotonic() - began)

    found = tm.mine(review=review, progress=tell)
    ran = time.monotonic() - began
    found.save(options.out)
    saved = time.monotonic() - began
    proof = tm.verify(found.record, [options.data / path for _, path, *_ in _SOURCES])
    proved = time.monotonic() - began
    print("seconds until each stage began: " + ", ".join(f"{k} {v:.0f}" for k, v in stages.items()))
    print(f"run {ran:.0f} s, written {saved - ran:.0f} s, verified {proved - saved:.0f} s")
    print(f"peak memory {_peak():.1f} GB")
    record = found.record
    print(f"files {len(record.ledger)}: " + ", ".join(f"{n} {s}" for s, n in _statuses(record).items()))
    print(f"documents {len(record.documents)}; passages {record.passages}")
    print(f"excerpts {proof.proved} of {proof.excerpts} proved; {'passed' if proof.passed else 'FAILED'}")
    for line in proof.failures[:10]:
        print("  " + line)
    for theme in record.themes:
        print(f"{theme.passages:6} passages {theme.documents:5} documents  {theme.origin:10} {theme.name}")


def _statuses(record: tm.Report) -> dict[str, int]:
    return {s: sum(e.status == s for e in record.ledger) for s in ("read", "partly_read", "refused")}


def _peak() -> float:
    """Peak memory of this process in gigabytes."""
    if sys.platform == "win32":
        return float("nan")
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main()
