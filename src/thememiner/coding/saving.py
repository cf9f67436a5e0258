"""A coder on disk: a folder of `coder.json` and `weights.safetensors`, nothing that runs when it is loaded.

A fine-tuned encoder is a third file, `tuned.safetensors`; `coder.json` holds the SHA-256 of both.

`coder.json` says what it is and what it was trained with, and holds codes, calibration and thresholds; the
weights are saved as they are used, so that a loaded coder gives the scores of the one saved. Features are
numbers of a hash: no text and no word of those that it was trained on stands in the folder.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import warnings
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner import resources, saving
from thememiner.coding import lexical
from thememiner.coding.coder import Coder, Compared, Figures, Origin
from thememiner.coding.training import digest, train
from thememiner.coding.tuned import Tuned, fits
from thememiner.errors import InputError, InputWarning, ResourceError
from thememiner.records import PRECISIONS, Codebook

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.embedding import Encoder

SCHEMA = 1
JSON, WEIGHTS, TUNED = "coder.json", "weights.safetensors", "tuned.safetensors"
# What a coder may be, so that a file made to fill the memory is refused before it is read.
MOST_CODES = 1_000
_LARGEST = {JSON: 4 * 2**20, WEIGHTS: 2**30, TUNED: 2**26}  # bytes
_AGAIN = "train it again with 'thememiner train'"
_MATRICES = {"features": np.int64, "idf": np.float64, "weights": np.float32, "bias": np.float64}
_LISTS = ("slope", "offset", "assigned", "weak")


def save(coder: Coder, folder: str | Path) -> Path:
    """Write the coder into a folder, which is made if it is not there; an earlier one is replaced.

    Raises `InputError` for a folder that cannot be written.
    """
    from safetensors.numpy import save as to_bytes

    folder = Path(folder)
    weights = to_bytes({name: np.ascontiguousarray(getattr(coder, name)) for name in _MATRICES})
    tuned = to_bytes(coder.tuned.parts) if coder.tuned else b""
    lists = {name: getattr(coder, name) for name in _LISTS}
    written: dict[str, Any] = {
        "schema": SCHEMA,
        "thememiner": metadata.version("thememiner"),
        "origin": dataclasses.asdict(coder.origin),
        "weights_sha256": hashlib.sha256(weights).hexdigest(),
        "codes": list(coder.code_ids),
        **{name: [None if math.isnan(v) else v for v in of.tolist()] for name, of in lists.items()},
        "figures": [dataclasses.asdict(figures) for figures in coder.figures],
    }
    if coder.tuned:
        written["tuned"] = {
            "sha256": hashlib.sha256(tuned).hexdigest(),
            "precision": coder.tuned.precision,
            "paired": coder.tuned.paired,
        }
    if coder.compared:
        written["compared"] = dataclasses.asdict(coder.compared)
    # The weights first: until coder.json names them, the folder holds no coder.
    saving.write_file(folder / WEIGHTS, weights)
    if coder.tuned:
        saving.write_file(folder / TUNED, tuned)
    saving.write_file(folder / JSON, (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode())
    if not coder.tuned:
        (folder / TUNED).unlink(missing_ok=True)  # of an earlier coder
    return folder


def load(folder: str | Path, book: Codebook) -> Coder:
    """Return the coder saved in a folder, to be used with a codebook.

    Warns (`InputWarning`) when the codebook has changed since. Raises `InputError`, a line, when there is no
    coder, when it is damaged, was saved by a newer version or was trained for other codes.
    """
    folder = Path(folder)
    name = folder.name or str(folder)
    if not folder.is_dir():
        raise InputError(f"the coder {name} does not exist: give the folder that 'thememiner train' wrote.")
    written = _json(_bytes(folder, name, JSON), name)
    schema = written.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise InputError(
            f"the coder {name} was saved by a newer version of thememiner ({written.get('thememiner')}): "
            f"update thememiner, or {_AGAIN}."
        )
    weights = _pinned(folder, name, WEIGHTS, written.get("weights_sha256"))
    tuned = written.get("tuned")
    if tuned is not None and not isinstance(tuned, dict):
        raise _damaged(name, "its parts do not fit together")
    changes = _pinned(folder, name, TUNED, tuned.get("sha256")) if tuned else b""
    try:
        coder = _made(written, weights, changes)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise _damaged(name, "its parts do not fit together") from error
    if set(coder.code_ids) != {code.id for code in book.codes}:
        raise InputError(
            f"the coder {name} was trained for the {len(coder.code_ids):,} codes of codebook "
            f"{coder.origin.codebook!r}, which are not those of codebook {book.id!r}: give the codebook that "
            f"it was trained with, or {_AGAIN}."
        )
    if coder.origin.codebook_sha256 != digest(book):
        warnings.warn(
            f"codebook {book.id!r} has changed since the coder {name} was trained, which knows nothing of "
            "that until it is trained again.",
            InputWarning,
            stacklevel=2,
        )
    return coder


def ready(book: Codebook, encoder: Encoder, taught: Coder | None) -> Coder:
    """Return the coder that was loaded, else the one shipped for a codebook, else one trained on it alone.

    A shipped coder is of a shipped codebook as it is: of one that was changed by a letter it is not used.
    Raises `InputError` when it was trained with another encoder, and warns (`InputWarning`) when with another
    precision, by which scores differ a little.
    """
    if taught is None:
        return shipped(book, encoder, paired=True) or by_words(book, encoder)
    origin = taught.origin
    if (encoder.name, encoder.digest) != (origin.encoder, origin.encoder_sha256):
        raise InputError(
            f"the coder was trained with the encoder {origin.encoder}, and this run has {encoder.name}, or "
            f"another version of it: {_AGAIN}."
        )
    if encoder.precision != origin.precision:
        warnings.warn(
            f"the coder was trained with vectors in {origin.precision}, and this run has them in "
            f"{encoder.precision}: scores may differ in the third decimal place.",
            InputWarning,
            stacklevel=2,
        )
    return taught


def by_words(book: Codebook, encoder: Encoder) -> Coder:
    """Return the coder of a codebook that reads a passage by its own words alone: shipped, or trained now."""
    return shipped(book, encoder, paired=False) or train(book, encoder)


def shipped(book: Codebook, encoder: Encoder, *, paired: bool) -> Coder | None:
    """Return a coder that is shipped for a codebook (`models/build/coder.py`); None where there is none.

    One is `paired` and reads a passage beside its paragraph, another by its own words: it was trained on the
    codebook and on sentences about other subjects.

    Its encoder reads in the precision of the run, since the machine that it was made on is not the user's.
    Raises `ResourceError` when it is damaged.
    """
    for folder in sorted(resources.folder("models").glob("coder-*")):
        try:
            origin = _json(_bytes(folder, folder.name, JSON), folder.name)["origin"]
            if (origin["codebook_sha256"], origin["encoder_sha256"]) == (digest(book), encoder.digest):
                found = load(folder, book)
                if paired != bool(found.tuned and found.tuned.paired):
                    continue
                tuned = found.tuned and dataclasses.replace(found.tuned, precision=encoder.precision)
                return dataclasses.replace(found, tuned=tuned)
        except (InputError, KeyError, TypeError) as error:
            said = f"the shipped {folder.name} is damaged: reinstall thememiner ({error})."
            raise ResourceError(said) from None
    return None


def _pinned(folder: Path, name: str, file: str, sha256: Any) -> bytes:
    """A file of the coder, the one that its JSON names."""
    found = _bytes(folder, name, file)
    if hashlib.sha256(found).hexdigest() != sha256:
        raise _damaged(name, f"{file} is not the one that {JSON} was saved with")
    return found


def _bytes(folder: Path, name: str, file: str) -> bytes:
    path = folder / file
    try:
        if path.stat().st_size > _LARGEST[file]:
            raise _damaged(name, f"{file} is larger than {_LARGEST[file] // 2**20} MB")
        return path.read_bytes()
    except FileNotFoundError:
        raise _damaged(name, f"{file} is missing") from None
    except OSError as error:
        raise InputError(f"{file} of the coder {name} cannot be read: {error.strerror}.") from error


def _json(content: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        found = None
    if not isinstance(found, dict):
        raise _damaged(name, f"{JSON} is not JSON of a coder")
    return found


def _made(written: dict[str, Any], weights: bytes, changes: bytes) -> Coder:
    """The coder of what was written; raises `KeyError`, `TypeError` or `ValueError` where it does not fit."""
    if written["schema"] != SCHEMA:
        raise ValueError("schema")
    origin = Origin(**written["origin"])
    codes = _texts(written["codes"], MOST_CODES)
    matrices = _arrays(weights)
    _checked(all(_sound(matrices[name], dtype) for name, dtype in _MATRICES.items()))
    features, idf, matrix, bias = (matrices[name] for name in _MATRICES)
    _checked(features.ndim == 1 and bool((np.diff(features) > 0).all()))
    _checked(not len(features) or (features[0] >= 0 and features[-1] < lexical.FEATURES))
    _checked(matrix.ndim == 2 and len(matrix) > len(features) and matrix.shape[1] == len(codes))
    _checked(idf.shape == features.shape and bias.shape == (len(codes),))
    lists = {name: _floats(written[name], len(codes), gaps=name in ("assigned", "weak")) for name in _LISTS}
    figures = tuple(Figures(**row) for row in written["figures"])
    _checked(len(figures) in (0, len(codes)) and _typed(origin) and all(_typed(f) for f in figures))
    compared = Compared(**written["compared"]) if "compared" in written else None
    _checked(compared is None or _typed(compared))
    return Coder(
        origin=origin,
        code_ids=codes,
        features=features,
        idf=idf,
        weights=matrix,
        bias=bias,
        figures=figures,
        tuned=_tuned(written["tuned"], _arrays(changes), len(codes)) if changes else None,
        compared=compared,
        **lists,
    )


def _arrays(content: bytes) -> dict[str, NDArray[Any]]:
    """The arrays of a safetensors file; raises `ValueError` where it is none."""
    from safetensors import SafetensorError
    from safetensors.numpy import load as from_bytes

    try:
        return from_bytes(content)
    except SafetensorError as error:
        raise ValueError("safetensors") from error


def _tuned(said: dict[str, Any], parts: dict[str, NDArray[Any]], codes: int) -> Tuned:
    paired = said.get("paired", False)
    _checked(fits(parts, codes) and said["precision"] in PRECISIONS and isinstance(paired, bool))
    changes = {name: parts[name] for name in sorted(parts) if name not in ("weights", "bias")}
    return Tuned(changes, parts["weights"], parts["bias"], said["precision"], paired)


def _typed(record: Origin | Figures | Compared) -> bool:
    """Whether each field is of its own type, which is text, a whole number or a number."""
    return all(type(getattr(record, f.name)).__name__ == f.type for f in dataclasses.fields(record))


def _checked(holds: bool) -> None:
    if not holds:
        raise ValueError("it does not fit")


def _sound(values: NDArray[Any], dtype: type) -> bool:
    return values.dtype == dtype and bool(np.isfinite(values).all())


def _texts(values: Any, most: int) -> tuple[str, ...]:
    _checked(isinstance(values, list) and len(values) <= most and all(isinstance(v, str) for v in values))
    _checked(len(set(values)) == len(values))
    return tuple(values)


def _floats(values: Sequence[float | None], size: int, *, gaps: bool) -> NDArray[np.float64]:
    """Numbers, one a code; a gap, where there may be any, is NaN."""
    _checked(gaps or None not in values)
    found = np.array([np.nan if v is None else v for v in values], dtype=np.float64)
    _checked(found.shape == (size,) and bool((np.isfinite(found) | [v is None for v in values]).all()))
    return found


def _damaged(name: str, how: str) -> InputError:
    return InputError(f"the coder {name} is damaged: {how}. Take it from where it was saved, or {_AGAIN}.")
