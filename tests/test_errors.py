"""One tree of errors, and messages that say what to do."""

from __future__ import annotations

import inspect

import pytest

import thememiner
from thememiner import errors
from thememiner.errors import InputError, ThememinerError, TomlError, UnknownNameError, nearest

CLASSES = [c for _, c in inspect.getmembers(errors, inspect.isclass) if c.__module__ == errors.__name__]


def test_every_error_hangs_in_the_tree_that_the_module_draws():
    for found in CLASSES:
        assert issubclass(found, ThememinerError) or found is errors.InputWarning
        assert found.__name__ in (errors.__doc__ or "")
    assert {c.__name__ for c in CLASSES if issubclass(c, InputError)} == {
        "InputError",
        "TomlError",
        "UnknownNameError",
    }


def test_every_error_is_a_public_name():
    for found in CLASSES:
        assert getattr(thememiner, found.__name__) is found
        assert found.__name__ in thememiner.__all__


def test_an_unknown_name_says_what_the_nearest_the_known_ones_and_what_to_do():
    error = UnknownNameError("codebook", "asertive-care", ["falls", "assertive-care"], "A path works too.")
    assert str(error) == (
        "codebook 'asertive-care' is not known. Did you mean 'assertive-care'? "
        "Known: falls, assertive-care. A path works too."
    )


def test_an_unknown_name_far_from_all_guesses_nothing():
    assert str(UnknownNameError("encoder", "qqq", ["minilm"])) == "encoder 'qqq' is not known. Known: minilm."
    assert str(UnknownNameError("encoder", "qqq", [])) == "encoder 'qqq' is not known. Known: none."


def test_known_names_may_come_from_an_iterator():
    error = UnknownNameError("kind", "polcy", iter(["policy", "account"]))
    assert "Did you mean 'policy'? Known: policy, account." in str(error)


@pytest.mark.parametrize(
    ("name", "known", "wanted"),
    [
        ("Feedbak", ["incident", "feedback"], "feedback"),
        ("narrative", ["Narrative", "Date"], "Narrative"),
        ("zzz", ["incident", "feedback"], ""),
        ("anything", [], ""),
        ("polices", ["policies", "police dogs"], "policies"),
    ],
)
def test_the_nearest_name_whatever_the_case_in_its_own_spelling(name, known, wanted):
    assert nearest(name, known) == wanted


def test_what_the_user_can_mend_is_caught_as_one():
    with pytest.raises(InputError):
        raise TomlError("broken")
