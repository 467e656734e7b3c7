"""The model of acts: it's trained from the examples in the repository, and from nothing else."""

import numpy as np

from bot.reading.linear_model import LinearModel, act_model
from bot.reading.train import EXAMPLES, digest, read_examples, train

FEW = [
    ("please send it", "send"),
    ("yes go ahead", "send"),
    ("oui envoyez", "send"),
    ("how much is it", "cost"),
    ("is that free", "cost"),
    ("c'est payant ?", "cost"),
]


def test_the_stored_model_is_trained_on_todays_examples():
    assert act_model().trained_on == digest(tuple(read_examples())), "run: python -m bot.reading.train"


def test_the_same_examples_give_the_same_model():
    one, other = train(FEW), train(FEW)
    assert np.array_equal(one.meaning, other.meaning)
    assert np.array_equal(one.letters, other.letters)


def test_a_model_reads_what_its_examples_mean_and_survives_being_stored(tmp_path):
    model = train(FEW)
    model.save(tmp_path / "model.npz")
    stored = LinearModel.load(tmp_path / "model.npz")
    scores = stored.logits(["send it now please", "what does it cost"])
    assert [stored.labels[at] for at in scores.argmax(axis=1)] == ["send", "cost"]


def test_every_example_has_a_label_a_text_and_no_second_label():
    seen: dict[str, str] = {}
    for path in EXAMPLES.glob("*.tsv"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            label, tab, text = line.partition("\t")
            is_well_formed = bool(label and tab and text) and text.strip() == text and "\t" not in text
            assert is_well_formed, f"{path.name}:{number}"
            assert seen.setdefault(text, label) == label, f"{path.name}:{number}: {text!r} has two labels"
