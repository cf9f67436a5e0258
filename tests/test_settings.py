"""Settings go to TOML and come back the same; a slip in them is never silent."""

from __future__ import annotations

import dataclasses
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thememiner.errors import TomlError
from thememiner.records import Rules
from thememiner.settings import Settings, from_mapping, load_settings, to_toml

NAMES = [f.name for f in dataclasses.fields(Settings)]
PROBABILITY = st.floats(0.001, 0.999)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ANY = st.builds(
    lambda pair, redact, **rest: Settings(
        weak=min(pair), assigned=max(pair), redact=redact, reason="" if redact else "masked before", **rest
    ),
    st.tuples(PROBABILITY, PROBABILITY),
    codebook=WORDS,
    template=WORDS,
    redact=st.booleans(),
    local_patterns=st.lists(WORDS, max_size=3).map(tuple),
    dates=st.sampled_from(["keep", "month"]),
    encoder=WORDS,
    precision=st.sampled_from(["auto", "bfloat16", "float32"]),
    discover=st.booleans(),
    smallest_theme=st.integers(2, 50),
    quotes=st.integers(1, 50),
    seed=st.integers(0, 2**31),
    findings=st.builds(
        Rules, st.integers(2, 99), st.integers(1, 99), st.floats(0, 0.499) | st.just(0), st.integers(1, 99)
    ),
)


@given(ANY)
def test_settings_come_back_the_same(settings):
    assert from_mapping(tomllib.loads(to_toml(settings)), "settings.toml") == settings


def test_settings_come_back_the_same_from_a_file(tmp_path):
    path = tmp_path / "settings.toml"
    wanted = Settings(codebook="C:\\own\\book.toml", redact=False, reason="masked before", seed=7, weak=0.11)
    path.write_bytes(to_toml(wanted).encode())
    assert load_settings(path) == wanted


def test_every_key_is_written_out():
    assert list(tomllib.loads(to_toml(Settings()))) == NAMES


def test_what_is_left_out_keeps_its_default(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text("seed = 3\n")
    assert load_settings(path) == dataclasses.replace(Settings(), seed=3)
    path.write_text("")
    assert load_settings(path) == Settings()


def test_text_is_masked_unless_a_setting_says_otherwise():
    assert Settings().redact is True


@pytest.mark.parametrize("reason", ["", "  "])
def test_texts_are_left_as_they_are_only_with_a_reason(reason):
    with pytest.raises(TomlError, match="redact = false needs reason"):
        Settings(redact=False, reason=reason)
    with pytest.raises(TomlError, match=r"own\.toml, settings: redact = false needs reason"):
        from_mapping({"redact": False, "reason": reason}, "own.toml")
    assert Settings(redact=False, reason="masked before").reason == "masked before"


@pytest.mark.parametrize(
    ("slip", "near"), [("codebok", "codebook"), ("Seed", "seed"), ("smallest", "smallest_theme")]
)
def test_a_misspelt_key_comes_back_with_the_nearest(slip, near):
    with pytest.raises(TomlError, match=f"own.toml: '{slip}' is not known. Did you mean '{near}'") as error:
        from_mapping({slip: 1}, "own.toml")
    assert all(name in str(error.value) for name in NAMES)


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("seed", "7", "a whole number"),
        ("seed", 7.0, "a whole number"),
        ("seed", True, "a whole number"),
        ("quotes", None, "a whole number"),
        ("redact", 0, "true or false"),
        ("redact", "false", "true or false"),
        ("weak", "0.2", "a number"),
        ("weak", True, "a number"),
        ("codebook", 3, "text in quotes"),
        ("codebook", ["a"], "text in quotes"),
        ("dates", 3, "text in quotes"),
    ],
)
def test_a_value_of_the_wrong_type(key, value, wanted):
    with pytest.raises(TomlError) as error:
        from_mapping({key: value}, "own.toml")
    assert str(error.value) == f"own.toml: {key!r} must be {wanted}, found {value!r}."


@pytest.mark.parametrize(
    ("weak", "assigned"),
    [(0.6, 0.5), (0.0, 0.5), (-0.1, 0.5), (0.3, 1.0), (0.3, float("nan")), (float("nan"), 0.5)],
)
def test_thresholds_that_make_no_sense(weak, assigned):
    with pytest.raises(TomlError, match=r"expected 0 < weak <= assigned < 1"):
        Settings(weak=weak, assigned=assigned)


def test_equal_thresholds_leave_nothing_weak():
    assert Settings(weak=0.4, assigned=0.4).weak == 0.4


def test_a_whole_number_stands_for_a_number_only_where_it_can():
    with pytest.raises(TomlError, match=r"expected 0 < weak <= assigned < 1"):
        from_mapping({"assigned": 1}, "own.toml")  # a number, but not a probability below 1


def test_settings_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().seed = 1  # type: ignore[misc]


@pytest.mark.parametrize("patterns", [["ZX\\d{4}"], "ZX\\d{4}"])
def test_local_patterns_are_a_list_of_texts_or_one(patterns):
    assert from_mapping({"local_patterns": patterns}, "own.toml").local_patterns == ("ZX\\d{4}",)


@pytest.mark.parametrize("patterns", [3, [3], {"a": "b"}])
def test_local_patterns_of_another_type(patterns):
    with pytest.raises(TomlError, match=r"own\.toml: 'local_patterns' must be a list of texts"):
        from_mapping({"local_patterns": patterns}, "own.toml")


def test_dates_are_kept_or_coarsened_and_nothing_else():
    with pytest.raises(
        TomlError, match=r"own\.toml, settings: dates 'year' is not known: choose one of keep, month"
    ):
        from_mapping({"dates": "year"}, "own.toml")


# The thresholds of findings.


def test_thresholds_left_out_keep_their_defaults():
    assert from_mapping({"findings": {"enough": 5}}, "own.toml").findings == Rules(enough=5)
    assert from_mapping({"findings": {}}, "own.toml") == Settings()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            {"enogh": 4},
            "own.toml, [findings]: 'enogh' is not known. Did you mean 'enough'? Known: enough, told, ",
        ),
        ({"enough": "4"}, "own.toml, [findings]: 'enough' must be a whole number, found '4'."),
        ({"enough": 4.0}, "own.toml, [findings]: 'enough' must be a whole number, found 4.0."),
        ({"doubt": True}, "own.toml, [findings]: 'doubt' must be a number, found True."),
        (4, "own.toml, [findings]: expected a table, found a number."),
        ([{"enough": 4}], "own.toml, [findings]: expected a table, found a list."),
        ({"seed": 4}, "own.toml: 'seed' stands under [findings]: move it above that line."),
    ],
)
def test_a_slip_in_the_thresholds_of_findings(table, said):
    with pytest.raises(TomlError) as error:
        from_mapping({"findings": table}, "own.toml")
    assert str(error.value).startswith(said)


@pytest.mark.parametrize(
    "slip",
    [
        {"enough": 1},
        {"told": 0},
        {"seen": 0},
        {"doubt": -0.01},
        {"doubt": 0.5},
        {"doubt": 1},
        {"doubt": float("nan")},
    ],
)
def test_thresholds_of_findings_that_make_no_sense(slip):
    with pytest.raises(TomlError, match=r"^own\.toml, settings, \[findings\]: expected enough of 2 or more"):
        from_mapping({"findings": slip}, "own.toml")


def test_the_least_thresholds_of_findings():
    least = {"enough": 2, "told": 1, "doubt": 0, "seen": 1}
    assert from_mapping({"findings": least}, "own.toml").findings == Rules(2, 1, 0, 1)
