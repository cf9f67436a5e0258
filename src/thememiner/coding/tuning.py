"""Labelled texts → a fine-tuned encoder (`Tuned`): low-rank changes to the built-in one, and a weight a code.

The weights are learnt first, on the encoder as it is, and then both together, so that changes do not begin
from noise ("linear probing then fine-tuning", Kumar et al. 2022). Only the last blocks change: what those
below make of a text is worked out once. Same texts in any order, same machine and threads: same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner import lowrank
from thememiner.coding import tuned
from thememiner.coding.tuned import FIRST, LONGEST, Tuned
from thememiner.embedding import DIMENSIONS, batches, digest, padded, plain_encoder, tokenizer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Rows = NDArray[np.int64]

RANK, EPOCHS, BATCH, RATE = 32, 5, 16, 3e-3
# Long texts are gone through less often than that, for time: twice, or as long as they are no more tokens.
_FEWEST_EPOCHS, _TOKENS = 2, 500_000
_DROPPED = 0.1  # of the numbers of a text's row, while learning
_PENALTY = 1e-3  # times the weights' squares, where they are learnt alone
_STEPS = 300  # of that, at most
_DECAY = 0.01
_NEAR = 20  # batches out of which texts of like length are put together
_SEED = 0


class Tuning:
    """Texts with their labels, and what the blocks that do not change make of them: held while it learns.

    About 200 kB a text of 256 tokens or more, less for a shorter one.
    """

    def __init__(self, texts: Sequence[str], labels: Flags, precision: str) -> None:
        import torch

        self._precision = precision
        self._labels = torch.from_numpy(labels.astype(np.float32))
        # By SHA-256, so that the order of the texts decides nothing.
        self._order = sorted(range(len(texts)), key=lambda i: digest(texts[i]))
        self._below = self._read(texts)
        most = _TOKENS // max(1, sum(map(len, self._below)))
        self._epochs = min(EPOCHS, max(_FEWEST_EPOCHS, most))

    def steps(self, texts: int) -> int:
        """How many batches it takes to learn from so many of the texts."""
        return self._epochs * -(-texts // BATCH)

    def learn(self, rows: Rows, tick: Callable[[], None]) -> Tuned:
        """The fine-tuned encoder of some of the texts; `tick` is called after each batch, `steps` times."""
        import torch

        with torch.random.fork_rng([]):
            torch.manual_seed(_SEED)
            encoder = plain_encoder()
            changed = lowrank.learnable(encoder, RANK, FIRST)
            blocks = list(encoder.encoder.layer[FIRST:])
            kept = set(rows.tolist())
            known = [i for i in self._order if i in kept]
            last = self._probe(blocks, known)
            self._learn(blocks, changed, last, known, tick)
        return Tuned(
            changes=lowrank.kept(changed),
            weights=np.ascontiguousarray(last.weight.detach().numpy().T.astype(np.float32)),
            bias=last.bias.detach().numpy().astype(np.float64),
            precision=self._precision,
        )

    def _learn(
        self,
        blocks: Sequence[Any],
        changed: dict[str, lowrank.LowRank],
        last: Any,
        known: list[int],
        tick: Callable[[], None],
    ) -> None:
        """Go through the texts several times, the rate rising and falling once (Smith & Topin 2019)."""
        import torch
        from torch.nn import functional

        changing = [part for change in changed.values() for part in (change.into, change.out)]
        step = torch.optim.AdamW([*changing, *last.parameters()], lr=RATE, weight_decay=_DECAY)
        rate = torch.optim.lr_scheduler.OneCycleLR(
            step, RATE, total_steps=self.steps(len(known)) + 1, pct_start=0.1
        )
        for _ in range(self._epochs):
            for batch in self._batches(known):
                rows = functional.dropout(self._rows(blocks, batch), _DROPPED)
                lost = functional.binary_cross_entropy_with_logits(
                    last(rows), self._labels[batch], reduction="none"
                )
                step.zero_grad()
                lost.sum(1).mean().backward()  # type: ignore[no-untyped-call]
                torch.nn.utils.clip_grad_norm_(changing, 1.0)
                step.step()
                rate.step()
                tick()

    def _probe(self, blocks: Sequence[Any], known: list[int]) -> Any:
        """The last layer, learnt with the encoder as it is."""
        import torch
        from torch.nn import functional

        rows = torch.empty((len(known), DIMENSIONS))
        by_length = sorted(range(len(known)), key=lambda at: len(self._below[known[at]]))
        with torch.no_grad():
            for start in range(0, len(known), BATCH):
                at = by_length[start : start + BATCH]
                rows[at] = self._rows(blocks, [known[i] for i in at])
        labels = self._labels[known]
        last = torch.nn.Linear(DIMENSIONS, labels.shape[1])
        with torch.no_grad():
            last.weight.zero_()
            last.bias[:] = torch.logit(labels.mean(0).clamp(1e-3, 0.9))
        step = torch.optim.LBFGS(last.parameters(), max_iter=_STEPS, line_search_fn="strong_wolfe")

        def lost() -> Any:
            step.zero_grad()
            each = functional.binary_cross_entropy_with_logits(last(rows), labels, reduction="none")
            whole = each.sum(1).mean() + _PENALTY * (last.weight**2).sum()
            whole.backward()  # type: ignore[no-untyped-call]
            return whole

        step.step(lost)  # type: ignore[no-untyped-call]
        return last

    def _read(self, texts: Sequence[str]) -> list[Any]:
        """Each text's states after the blocks that do not change: tokens × dimensions."""
        import torch

        encoder = plain_encoder()
        ids = tokenizer()(list(texts), truncation=True, max_length=LONGEST)["input_ids"]
        found: list[Any] = [None] * len(ids)
        for batch, length, rows in batches([len(row) for row in ids]):
            given = padded([ids[i] for i in batch], length, rows)
            mask = padded([[1] * len(ids[i]) for i in batch], length, rows)
            with torch.inference_mode(), self._cast():
                states = encoder.embeddings(input_ids=given)
                for block in encoder.encoder.layer[:FIRST]:
                    states = block(states, mask[:, None, None, :].bool())
            for at, i in enumerate(batch):
                found[i] = states[at, : len(ids[i])].to(torch.bfloat16).clone()
        return found

    def _rows(self, blocks: Sequence[Any], batch: Sequence[int]) -> Any:
        """The rows of some texts: texts × dimensions."""
        import torch

        below = [self._below[i] for i in batch]
        mask = padded([[1] * len(states) for states in below], max(map(len, below)), len(below))
        states = torch.nn.utils.rnn.pad_sequence(below, batch_first=True).float()
        with self._cast():
            for block in blocks:
                states = block(states, mask[:, None, None, :].bool())
        return tuned.pooled(states.float(), mask)

    def _cast(self) -> Any:
        import torch

        return torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._precision == "bfloat16")

    def _batches(self, known: list[int]) -> list[list[int]]:
        """The texts in batches of like length, in an order of chance."""
        order = _shuffled(known)
        size = BATCH * _NEAR
        near = [
            sorted(order[at : at + size], key=lambda i: len(self._below[i]))
            for at in range(0, len(order), size)
        ]
        made = [part[at : at + BATCH] for part in near for at in range(0, len(part), BATCH)]
        return _shuffled(made)


def _shuffled(rows: list[Any]) -> list[Any]:
    import torch

    return [rows[i] for i in torch.randperm(len(rows)).tolist()]
