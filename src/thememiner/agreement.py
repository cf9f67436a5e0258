"""How far coders of the same units agree, code by code: percent, kappa, AC1 and alpha, never one alone.

    found = agree({"handover": [[True, True], [False, True], [False, None]]}, ["first", "second"])
    found[0].kappa, found[0].ac1, found[0].alpha, found[0].prevalence

Kappa and alpha fall when a code is rare, however well coders agree (Feinstein & Cicchetti 1990); AC1 stays
near the share they agree on. So a record of one carries all, with how often each coder used the code.

Sources: kappa, Cohen 1960, for more than two coders as Conger 1980 has it; AC1, Gwet 2008; alpha for nominal
data, Krippendorff 2011; intervals by the percentile bootstrap, Efron & Tibshirani 1993, ch. 13.

Written here because no package has all three and can be kept: irrCAC asks for one version of scipy, and
krippendorff is under the GPL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from thememiner.errors import InputError
from thememiner.records import Agreement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MEASURES = ("percent", "kappa", "ac1", "alpha")
RESAMPLES = 2_000
_CONFIDENCE = 0.95
_MOST_UNDEFINED = 0.05  # of resamples: above it the ends of an interval would rest on those that suit
_BLOCK = 2_000_000  # numbers held at once while resampling
_NAMES = {"percent": "percent agreement", "kappa": "kappa", "ac1": "AC1", "alpha": "alpha"}


def agree(
    codings: Mapping[str, Any],
    raters: Sequence[str],
    documents: Sequence[str] | None = None,
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> tuple[Agreement, ...]:
    """Return the agreement on each code, in the order given.

    `codings` has for each code an array, units × coders, of true and false (or 1 and 0), with None or NaN
    where a coder did not code the unit. `documents` names the document of each unit: then whole documents
    are resampled, since the passages of one are not independent. Every code is resampled alike, and the
    order of units does not matter when documents are given. Raises `InputError` for arrays of other shapes
    or values.
    """
    import numpy as np

    tables = {code: _table(code, values, raters) for code, values in codings.items()}
    if not tables:
        return ()
    sizes = {len(table) for table in tables.values()}
    if len(sizes) > 1 or (documents is not None and sizes != {len(documents)}):
        raise InputError("agreement: every code needs a row for each unit, and documents a name for each.")
    binary = np.array([0.0, 1.0])
    sums = np.stack([_sums(table, binary) for table in tables.values()], axis=1)  # units × codes × sums
    if documents is not None:
        groups, of = np.unique(np.asarray(documents, dtype=str), return_inverse=True)
        units, sums = sums, np.zeros((len(groups), *sums.shape[1:]))
        np.add.at(sums, of, units)
    whole = _measures(sums.sum(axis=0), len(raters), 2)  # codes × measures
    drawn = np.concatenate([_measures(s, len(raters), 2) for s in _resampled(sums, resamples, seed)])
    return tuple(
        _agreement(code, table, tuple(raters), whole[i], drawn[:, i], len(sums))
        for i, (code, table) in enumerate(tables.items())
    )


def _table(code: str, values: Any, raters: Sequence[str]) -> Floats:
    """The codings of a code as float64, units × coders, NaN where there is none."""
    import numpy as np

    try:
        table = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        table = np.full((1, 1), 2.0)
    if table.size and not np.isin(table[~np.isnan(table)], (0.0, 1.0)).all():
        raise InputError(
            f"agreement: the codings of {code!r} must be true, false or missing (None or NaN), a row a unit."
        )
    if len(raters) < 2 or table.ndim != 2 or table.shape[1] != len(raters):
        raise InputError(
            f"agreement: the codings of {code!r} need a column for each coder, two or more; "
            f"{len(raters)} coders are named."
        )
    return table


def _sums(table: Floats, categories: Floats) -> Floats:
    """What each unit adds to the measures, units × sums; a unit with fewer than two codings adds nothing.

    In order: 1; the share of pairs of coders who agree; the share of codings in each category; the unit's
    part of Krippendorff's coincidence matrix; for each pair of coders the table of one against the other.
    All of them add up over units, so a resample of documents is a sum of documents' sums.
    """
    import numpy as np

    marks = (table[:, :, None] == categories).astype(np.float64)  # units × coders × categories
    marks *= (marks.sum(axis=(1, 2)) >= 2)[:, None, None]
    given = marks.sum(axis=1)
    coders = given.sum(axis=1)
    pairs = given[:, :, None] * given[:, None, :] - given[:, :, None] * np.eye(len(categories))
    coincidences = pairs / np.maximum(coders - 1, 1)[:, None, None]
    alike = np.trace(coincidences, axis1=1, axis2=2) / np.maximum(coders, 1)
    shares = given / np.maximum(coders, 1)[:, None]
    cells = (len(table), len(categories) ** 2)
    crossed = [
        (marks[:, i, :, None] * marks[:, j, None, :]).reshape(cells)
        for i, j in combinations(range(table.shape[1]), 2)
    ]
    flat = coincidences.reshape(cells)
    return np.concatenate([(coders > 0)[:, None], alike[:, None], shares, flat, *crossed], axis=1)


def _measures(sums: Floats, coders: int, categories: int) -> Floats:
    """Percent, kappa, AC1 and alpha from sums over units, any shape × 4; NaN where one is not defined.

    Each of the last three is 1 - (observed disagreement) / (disagreement expected by chance).
    """
    import numpy as np

    q, shape = categories, sums.shape[:-1]
    pairs = coders * (coders - 1) // 2
    units, alike, shares, flat, crossed = np.split(sums, [1, 2, 2 + q, 2 + q + q * q], axis=-1)
    units, alike = units[..., 0], alike[..., 0]
    observed = 1 - _ratio(alike, units)
    # Gwet 2008, eq. 5: chance is the spread over categories, not the product of the coders' margins.
    share = shares / np.maximum(units, 1)[..., None]
    by_spread = 1 - (share * (1 - share)).sum(axis=-1) / max(q - 1, 1)
    # Krippendorff 2011, step D: of the coincidences, what the margins would give without replacement.
    coincidences = flat.reshape(*shape, q, q)
    margin = coincidences.sum(axis=-1)
    total = margin.sum(axis=-1)
    apart = total - np.trace(coincidences, axis1=-2, axis2=-1)
    mixed = (margin * (total[..., None] - margin)).sum(axis=-1)
    # Cohen 1960; over several pairs of coders, Conger 1980: the ratio of the means.
    cross = crossed.reshape(*shape, pairs, q, q)
    each = cross.sum(axis=(-2, -1))
    differ = each - np.trace(cross, axis1=-2, axis2=-1)
    same = (cross.sum(axis=-1) * cross.sum(axis=-2)).sum(axis=-1)
    seen = np.maximum(each, 1)
    kappa = 1 - _ratio((differ / seen).sum(axis=-1), ((each * each - same) / seen**2).sum(axis=-1))
    ac1 = 1 - _ratio(observed, by_spread)
    alpha = 1 - _ratio(apart * (total - 1), mixed)
    return np.stack([100 * (1 - observed), kappa, ac1, alpha], axis=-1)


def _ratio(above: Floats, below: Floats) -> Floats:
    import numpy as np

    ratio: Floats = np.divide(above, below, out=np.full(np.shape(below), np.nan), where=below > 0)
    return ratio


def _resampled(sums: Floats, resamples: int, seed: int) -> Iterator[Floats]:
    """Sums over groups drawn again with replacement, resamples × codes × sums, a block at a time."""
    import numpy as np

    count = len(sums)
    if not count:
        yield np.zeros((1, *sums.shape[1:]))
        return
    flat = sums.reshape(count, -1)
    draw = np.random.default_rng(seed)
    block = max(1, _BLOCK // count)
    for start in range(0, resamples, block):
        rows = min(block, resamples - start)
        drawn = draw.integers(count, size=(rows, count)) + np.arange(rows)[:, None] * count
        weights = np.bincount(drawn.ravel(), minlength=rows * count).reshape(rows, count)
        yield (weights.astype(np.float64) @ flat).reshape(rows, *sums.shape[1:])


def _agreement(
    code: str, table: Floats, raters: tuple[str, ...], whole: Floats, drawn: Floats, groups: int
) -> Agreement:
    """The record of one code: `whole` are its measures, `drawn` those of its resamples."""
    import numpy as np

    kept = table[(~np.isnan(table)).sum(axis=1) >= 2]
    given = (~np.isnan(kept)).sum(axis=0)
    used = np.nansum(kept, axis=0)
    both, neither = np.nanmin(kept, axis=1, initial=1) == 1, np.nanmax(kept, axis=1, initial=0) == 0
    values: dict[str, float | None] = {}
    unsure = []
    for i, name in enumerate(MEASURES):
        ends = _interval(drawn[:, i])
        values[name] = _rounded(whole[i])
        if values[name] is None:
            continue
        if ends:
            values[f"{name}_low"], values[f"{name}_high"] = ends
        else:
            unsure.append(_NAMES[name])
    return Agreement(
        code=code,
        raters=raters,
        units=len(kept),
        both=int(both.sum()),
        neither=int(neither.sum()),
        used=tuple(int(n) for n in used),
        prevalence=tuple(_rounded(n / of) if of else None for n, of in zip(used, given, strict=True)),
        **values,
        resampled=groups,
        note=" ".join(
            [
                *_undefined(raters, len(kept), [int(n) for n in used], [int(n) for n in given]),
                *_unsure(unsure, differ=len(kept) > both.sum() + neither.sum(), alone=groups < 2),
            ]
        ),
    )


def _interval(drawn: Floats) -> tuple[float, float] | None:
    """The ends of the percentile interval; None where resampling cannot tell how sure the value is.

    That is where resamples all give the same, or too many of them leave the measure undefined.
    """
    import numpy as np

    defined = drawn[~np.isnan(drawn)]
    if not len(defined) or len(drawn) - len(defined) > _MOST_UNDEFINED * len(drawn):
        return None
    tail = (1 - _CONFIDENCE) / 2
    low, high = (float(end) for end in np.round(np.quantile(defined, (tail, 1 - tail)), 6))
    return None if low == high else (low, high)


def _rounded(value: float) -> float | None:
    return None if value != value else round(float(value), 6)  # noqa: PLR0124  NaN alone differs from itself


def _undefined(raters: Sequence[str], units: int, used: list[int], given: list[int]) -> list[str]:
    """Why a measure of a code is not defined, or says nothing: sentences."""
    if not units:
        return ["Nothing is defined: nothing was coded by two coders."]
    if used in ([0] * len(used), given):
        never = "every coder used it throughout" if any(used) else "no coder used it"
        return [f"Kappa and alpha are not defined: {never}."]
    if len(raters) > 2:
        return []
    said = {0: "never used it", units: "used it throughout"}
    return [
        f"Kappa is 0 whatever the other coder did: {name} {said[n]}."
        for name, n in zip(raters, used, strict=True)
        if n in said
    ]


def _unsure(names: Sequence[str], *, differ: bool, alone: bool) -> list[str]:
    """Why measures that are defined have no interval: a sentence, or none."""
    if not names:
        return []
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    if alone:
        return [f"No interval for {listed}: there is only one to resample."]
    why = "resamples vary too little or leave them undefined" if differ else "the coders never differed"
    return [f"No interval for {listed}: {why}."]
