"""Low-rank changes: at first the encoder is as it was; added to its weights they do what they did beside."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from thememiner import embedding, lowrank


@pytest.fixture
def net():
    from transformers import AutoModel

    return AutoModel.from_pretrained(str(embedding.weights())).eval()


GIVEN = torch.tensor([[101, 2057, 4741, 3847, 1012, 102]])


def states(net):
    with torch.inference_mode():
        return net(input_ids=GIVEN).last_hidden_state


def moved(learnt):
    """Changes that have learnt something."""
    torch.manual_seed(1)
    with torch.no_grad():
        for change in learnt.values():
            change.out.normal_(0, 0.02)


def test_a_change_that_has_learnt_nothing_changes_nothing(net):
    before = states(net)
    lowrank.learnable(net, 4)
    assert torch.equal(states(net), before)


def test_the_changes_added_give_what_they_gave_while_they_were_learnt(net):
    before = states(net)
    learnt = lowrank.learnable(net, 4, first=4)
    moved(learnt)
    while_learnt = states(net)
    from transformers import AutoModel

    other = AutoModel.from_pretrained(str(embedding.weights())).eval()
    lowrank.add(other, lowrank.kept(learnt))
    assert (while_learnt - before).abs().max() > 0.05
    assert torch.allclose(states(other), while_learnt, atol=2e-3)  # they are kept in half precision


def test_the_layers_from_a_block_on_learn_and_nothing_else_does(net):
    learnt = lowrank.learnable(net, 4, first=4)
    assert sorted({name.split(".")[0] for name in learnt}) == ["4", "5"]
    assert len(learnt) == 12
    assert not any(p.requires_grad for p in net.parameters())
    net(input_ids=GIVEN).last_hidden_state.sum().backward()
    assert all(change.out.grad.abs().sum() > 0 for change in learnt.values())


def test_they_are_kept_thin_and_in_half_precision(net):
    kept = lowrank.kept(lowrank.learnable(net, 4, first=5))
    assert {name: values.shape for name, values in kept.items() if "wide" in name or "narrow" in name} == {
        "5.wide.in": (4, 384),
        "5.wide.out": (1536, 4),
        "5.narrow.in": (4, 1536),
        "5.narrow.out": (384, 4),
    }
    assert all(values.dtype == np.float16 for values in kept.values())


def test_the_shipped_tone_is_read_by_the_changed_encoder():
    from thememiner.polarity import tone

    said = tone.Tone(precision="float32").shares(["Nobody called back."], [tone.about("feedback")])
    assert said[0].argmax() == 1
