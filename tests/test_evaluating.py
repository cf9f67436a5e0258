"""`thememiner evaluate`: what is missing is said, what is measured is written, and a floor bites."""

import ast
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from thememiner.errors import InputError
from thememiner_evaluation import benchmarks, datasets, evaluating, floors, results, vectors
from thememiner_evaluation.benchmarks import BENCHMARKS, Metric
from thememiner_evaluation.measuring import Bench, NotMeasured, Reading
from thememiner_evaluation.results import Row
from thememiner_evaluation.tasks import samples

ROOT = Path(__file__).parents[1]
NEEDING_DATA = [name for name, row in BENCHMARKS.items() if row.data]


def test_a_folder_that_is_empty_or_not_given_is_said_with_where_to_get_each_set(command, tmp_path):
    for given in ((), ("--data", tmp_path)):
        said = command("evaluate", *NEEDING_DATA, *given, "--peers")
        assert said.code == 0, said.err
        for dataset in datasets.DATASETS.values():
            assert all(file in said.out for file in dataset.files)
            assert dataset.origin in said.out
        assert "no data (banking77, clinc150" in said.out
        assert "Traceback" not in said.err


def test_a_folder_that_does_not_exist_is_a_slip(command, tmp_path):
    said = command("evaluate", "segmenting", "--data", tmp_path / "nowhere")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "does not exist" in said.err


def test_an_unknown_benchmark_names_the_nearest(command):
    said = command("evaluate", "segmentation")
    assert said.code == 2
    assert "'segmenting'" in said.err


def test_every_benchmark_names_sets_that_are_known_and_says_what_trained_it():
    for row in BENCHMARKS.values():
        assert set(row.data) <= set(datasets.DATASETS)
        assert row.task.endswith(".")
        assert row.trained.endswith(".")
        names = [metric.name for metric in row.metrics]
        assert len(names) == len(set(names))
        for metric in row.metrics:
            if metric.must is not None and metric.aim is not None:
                assert metric.meets(metric.aim, metric.must), "an aim is no easier than a must"


@pytest.fixture
def treebank(tmp_path):
    """A data folder that holds the sets of sentences alone, each with one made-up document."""
    folder = tmp_path / "data" / "sentence_segmentation"
    folder.mkdir(parents=True)
    text = "The ward was full on Monday. Nobody rang the family back."
    gold = {"text": text, "sentence_spans": [[0, 28], [29, 57]]}
    (folder / "ewt_dev.jsonl").write_text(json.dumps(gold) + "\n")
    rules = [
        {"text": text, "sentences": [text[:28], text[29:]]},
        {"text": text, "sentences": ["Tidied text."]},
    ]
    (folder / "golden_rules_en.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rules))
    return tmp_path / "data"


def test_what_was_measured_is_printed_and_written_with_what_it_rests_on(command, treebank, tmp_path):
    out = tmp_path / "figures.json"
    said = command("evaluate", "segmenting", "--data", treebank, "--peers", "--out", out)
    assert said.code == 0, said.err
    assert "| segmenting | span F1 | ≥ 0.840 | ≥ 0.880 | 1 | aim | spaCy's sentencizer 1 |" in said.out
    told = json.loads(out.read_text("utf-8"))
    (row,) = told["benchmarks"]
    span, rules = row["metrics"]
    assert (span["value"], span["verdict"], span["must"]) == (1, "aim", 0.84)
    assert rules["detail"] == {"rules": 1}  # the other's sentences are not its text
    rests = told["provenance"]
    assert rests["encoder"]["sha256"]
    assert rests["encoder"]["precision"] in {"bfloat16", "float32"}
    assert rests["settings"]["encoder"] == "all-MiniLM-L6-v2"
    assert set(rests["data"]) == {f for n in ("ewt", "golden-rules") for f in datasets.DATASETS[n].files}
    assert all(len(digest) == 64 for digest in rests["data"].values())
    assert str(tmp_path) not in out.read_text("utf-8")  # no machine's paths
    assert "thememiner" in rests
    assert "torch" in rests["packages"]


def test_json_over_the_data_is_refused(command, treebank):
    said = command("evaluate", "segmenting", "--data", treebank, "--out", treebank / "figures.json")
    assert said.code == 2


def test_a_floor_bites(command, treebank, tmp_path, monkeypatch):
    folder = tmp_path / "baselines"
    folder.mkdir()
    monkeypatch.setattr(floors.floors, "__defaults__", ((folder,),))
    (folder / "segmenting.json").write_text('{"span F1": 0.9}')
    assert command("evaluate", "segmenting", "--data", treebank).code == 0
    (folder / "segmenting.json").write_text('{"span F1": 1.01}')
    said = command("evaluate", "segmenting", "--data", treebank)
    assert said.code == 1
    assert "FLOOR: segmenting, span F1: 1.0000 is worse than its floor 1.0100" in said.out
    (folder / "segmenting.json").write_text('{"span f1": 0.9}')
    said = command("evaluate", "segmenting", "--data", treebank)
    assert said.code == 2
    assert "no metric 'span f1'" in said.err


def test_a_floor_of_what_should_be_low_bites_upwards_and_what_is_not_measured_does_not_fall():
    table = {"decoys that appear": 0.0, "planted themes found": 0.9}
    worse = [Reading("decoys that appear", 1), Reading("planted themes found", None)]
    assert len(floors.fallen("sample", worse, table)) == 1
    assert not floors.fallen("sample", [Reading("decoys that appear", 0)], table)


def test_the_shipped_floors_are_of_metrics_that_exist():
    found = {path.stem for path in (ROOT / "evaluation" / "baselines").glob("*.json")}
    assert "sample" in found
    assert found <= set(BENCHMARKS)
    for name in found:
        assert floors.floors(name)


def test_the_sample_review_stands_above_its_floor(sample_run):
    readings = list(samples.readings(sample_run))
    assert [r.metric for r in readings] == [m.name for m in BENCHMARKS["sample"].metrics]
    assert floors.fallen("sample", readings, floors.floors("sample")) == []


def test_the_sample_floor_bites(sample_run):
    readings = [replace(r, value=r.value * 0.9) for r in samples.readings(sample_run) if r.value]
    assert floors.fallen("sample", readings, floors.floors("sample"))


@pytest.mark.parametrize(
    ("value", "said"), [(0.8, "aim"), (0.75, "must"), (0.7, "missed"), (None, "not measured")]
)
def test_verdicts(value, said):
    assert results.verdict(Metric("F1", 0.75, 0.8), Reading("F1", value)) == said
    assert results.verdict(Metric("F1"), Reading("F1", 0.5)) == "reported"


def test_a_task_that_cannot_be_measured_is_a_row_with_its_reason(tmp_path):
    def task(_):
        raise NotMeasured("no such codebook")
        yield

    row = evaluating.measure(replace(BENCHMARKS["sample"], measure=task), Bench(None, tmp_path))
    assert isinstance(row, Row)
    assert row.reason == "no such codebook"
    assert "no such codebook" in results.table([row])
    assert results.document([row], Bench(None, tmp_path))["benchmarks"][0]["metrics"][0]["value"] is None


def test_an_encoder_with_a_memory_gives_the_same_vectors_and_encodes_once(word_encoder, tmp_path):
    texts = ["the ward was full", "nobody rang back", "the ward was full"]
    kept = vectors.Kept(word_encoder, tmp_path)
    first = kept.encode(texts)
    assert np.array_equal(first, word_encoder.encode(texts))
    assert word_encoder.seen[0] == texts[:2]
    kept.encode([*texts, "a new one"])
    assert word_encoder.seen[2] == ["a new one"]
    again = vectors.Kept(word_encoder, tmp_path)  # another run, the same folder
    assert np.array_equal(again.encode(texts[::-1]), first[::-1])
    assert len(word_encoder.seen) == 3
    assert kept.encode([]).shape == (0, 64)


def test_codes_are_scored_by_their_columns(tmp_path, monkeypatch, encoder):
    """The whole way of a codebook without labels, on made-up comments."""
    from thememiner_evaluation.tasks import coding

    assert encoder  # loaded already
    book = tmp_path / "book.toml"
    book.write_text(
        'id = "b"\nname = "B"\n'
        '[[code]]\nid = "parking"\nname = "Parking"\ncolumns = ["Parking", "Not in the data"]\n'
        'examples = [{kind = "feedback", text = "The car park was full."}]\n'
        '[[code]]\nid = "food"\nname = "Food"\ncolumns = ["Food"]\n'
        'examples = [{kind = "feedback", text = "Lunch was cold and bland."}]\n'
        '[[code]]\nid = "other"\nname = "Other"\n'
    )
    texts = tuple(f"The car park had no space on day {i}." for i in range(12))
    texts += tuple(f"The meal on day {i} was cold." for i in range(12))
    gold = np.array([[i < 12, i >= 12] for i in range(24)])
    data = datasets.Labelled(texts, texts, ("Parking", "Food"), gold)
    monkeypatch.setattr(coding.datasets, "comments", lambda _: data)
    monkeypatch.setattr(coding, "FEEDBACK_BOOK", str(book))
    found = {r.metric: r for r in coding.comments_unlabelled(Bench(None, tmp_path / "vectors"))}
    assert found["MAP"].value == 1
    assert dict(found["MAP"].peers)["base rate"] == 0.5
    assert dict(found["MAP"].detail)["codes"] == 2


def test_labels_saved_are_counted_against_random_ones(tmp_path, monkeypatch):
    """With a coder that is right on a code once it has seen forty of its texts, and a chooser that knows."""
    from thememiner.records import Code, Codebook
    from thememiner_evaluation.tasks import coding

    texts = tuple(f"text {i}" for i in range(1500))
    gold = np.array([[i % 15 == 0, i % 20 == 0] for i in range(1500)])
    data = datasets.Labelled(texts, texts, ("Column A", "Column B"), gold)
    book = Codebook(
        "b", "B", "1", tuple(Code(k, k, columns=(f"Column {k}", "elsewhere")) for k in ("A", "B"))
    )
    truth = dict(zip(texts, gold, strict=True))

    def trained(taught, _book, _bench):
        return taught.gold.sum(axis=0) >= 40

    def said(known, _book, unseen, *_):
        found = np.array([truth[t] & known for t in unseen])
        return found.astype(float), found

    def chosen(_known, pool, number, _bench):
        return sorted(range(len(pool)), key=lambda i: -truth[pool[i]].sum())[:number]

    monkeypatch.setattr(coding.datasets, "comments", lambda _: data)
    monkeypatch.setattr(coding.product, "book", lambda _: book)
    monkeypatch.setattr(coding.product, "trained", trained)
    monkeypatch.setattr(coding.product, "said", said)
    monkeypatch.setattr(coding.product, "chosen", chosen)
    (found,) = coding.labels_saved(Bench(None, tmp_path))
    detail = dict(found.detail)
    assert detail["macro F1 of all labels"] == 1
    assert detail["labels, chosen"] == 400
    assert detail["labels, random"] > 400
    assert found.value == detail["labels, chosen"] / detail["labels, random"]


def test_an_evaluation_that_is_stopped_keeps_what_it_measured(tmp_path, monkeypatch):
    def stopped(_):
        raise KeyboardInterrupt

    first = evaluating.BENCHMARKS["sample"]
    rows = {"a": replace(first, id="a", measure=lambda _: ()), "b": replace(first, id="b", measure=stopped)}
    monkeypatch.setattr(evaluating, "BENCHMARKS", rows)
    with pytest.raises(KeyboardInterrupt):
        evaluating.evaluate(out=tmp_path / "out.json", say=lambda _: None)
    assert [row["id"] for row in json.loads((tmp_path / "out.json").read_text("utf-8"))["benchmarks"]] == [
        "a"
    ]


def test_what_was_measured_before_is_not_measured_again_where_it_rests_on_the_same(
    treebank, tmp_path, monkeypatch
):
    out, told = tmp_path / "out.json", []

    def measure(**changes):
        told.clear()
        said = []
        evaluating.evaluate(
            ["segmenting"], data=treebank, out=out, say=said.append, tell=told.append, **changes
        )
        return said[0]

    first = measure()
    assert told == ["segmenting"]
    assert measure() == first
    assert told == []
    measure(peers=True)
    assert told == ["segmenting"]
    measure()
    monkeypatch.setattr(results.product, "digest", lambda: "other code")
    measure()
    assert told == ["segmenting"]
    measure()
    assert told == []
    with (treebank / "sentence_segmentation" / "ewt_dev.jsonl").open("a") as file:
        file.write("\n")
    measure()
    assert told == ["segmenting"]
    for damaged in ("", "[]", '{"provenance": 1}'):
        out.write_text(damaged)
        assert measure() == first
        assert told == ["segmenting"]


def test_a_run_that_goes_on_loses_nothing_when_it_is_stopped_again(treebank, tmp_path, monkeypatch):
    def stopped(_):
        raise KeyboardInterrupt

    out = tmp_path / "out.json"
    evaluating.evaluate(["segmenting"], data=treebank, out=out, say=lambda _: None)
    bench = evaluating.BENCHMARKS
    done = replace(bench["sample"], measure=lambda _: ())
    rows = {"sample": done, "emerging": replace(done, measure=stopped), "segmenting": bench["segmenting"]}
    monkeypatch.setattr(evaluating, "BENCHMARKS", rows)
    with pytest.raises(KeyboardInterrupt):
        evaluating.evaluate(data=treebank, out=out, say=lambda _: None)
    kept = [row["id"] for row in json.loads(out.read_text("utf-8"))["benchmarks"]]
    assert kept == ["sample", "segmenting"]


def test_the_command_line_loads_the_evaluation_only_when_it_measures():
    script = (
        "import sys, thememiner_cli.app\n"
        "print([m for m in sys.modules if m.startswith('thememiner_evaluation')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_table_of_benchmarks_loads_nothing_heavy():
    script = (
        "import sys, thememiner_evaluation.evaluating\n"
        "print([m for m in ('torch', 'bertopic', 'spacy', 'sklearn', 'umap') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_task_reads_the_products_private_parts():
    """The product is called as a user would call it."""
    folder = Path(benchmarks.__file__).parent
    for file in [*(folder / "tasks").glob("*.py"), folder / "product.py", folder / "peers.py"]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                own = node.value.id in {"self", "cls"}
                assert own or not node.attr.startswith("_") or node.attr.startswith("__"), (
                    file.name,
                    node.attr,
                )


def test_a_wrong_precision_is_a_slip(tmp_path):
    with pytest.raises(InputError, match="precision"):
        _ = Bench(None, tmp_path, precision="float8").encoder
