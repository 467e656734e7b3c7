"""Numbers from texts, and the linear model over them: the same every time."""

import numpy as np
import pytest

from bot.reading.encoder import SIZE, encode
from bot.reading.features import PLACES, dense_features, hashed, plain, sentence_vectors
from bot.reading.linear_model import MODEL, LinearModel, act_model, probabilities
from bot.reading.situations import Situation, biases


def test_a_sentence_vector_has_length_one_and_does_not_depend_on_its_neighbours():
    alone = encode(["the blue lamp blinks"])
    among = encode(["something else", "the blue lamp blinks", "encore une phrase"])
    assert alone.shape == (1, SIZE)
    assert np.linalg.norm(alone[0]) == pytest.approx(1, abs=1e-3)
    assert np.allclose(alone[0], among[1], atol=1e-4)


def test_no_texts_give_no_rows():
    assert encode([]).shape == (0, SIZE)


def test_the_same_meaning_in_two_languages_is_closer_than_another_meaning():
    english, french, other = sentence_vectors(
        ["the printer is broken", "l’imprimante est cassée", "when do you open?"]
    )
    assert english @ french > english @ other


def test_case_and_drawn_out_letters_do_not_count():
    assert plain("PLEEEEASE   Help") == "please help"
    assert np.array_equal(hashed("Hello  There")[0], hashed("hello there")[0])


def test_a_typo_shares_most_of_its_letters():
    right, typo, other = (set(hashed(word)[0].tolist()) for word in ("invoices", "invocies", "kettle"))
    assert len(right & typo) > len(right & other)


def test_a_negated_word_counts_differently():
    plainly, negated = set(hashed("it is urgent")[0].tolist()), set(hashed("it is not urgent")[0].tolist())
    assert negated - plainly


def test_places_are_within_bounds_and_weights_positive():
    places, values = hashed("any words will do here, ¿no? 😀")
    assert places.min() >= 0
    assert places.max() < PLACES
    assert (values > 0).all()


def test_dense_features_do_not_depend_on_the_other_texts():
    one = dense_features(["the lamp"])
    two = dense_features(["a chair", "the lamp"])
    assert np.allclose(one[0], two[1], atol=1e-4)


def test_the_model_that_is_shipped_knows_every_label_that_a_situation_asks_about():
    labels = set(act_model().labels)
    for situation in Situation:
        assert set(biases(situation)) <= labels


def test_only_possible_labels_get_a_probability():
    logits = np.array([[1.0, 5.0, 0.0]], np.float32)
    (likely,) = probabilities(logits, ("a", "b", "c"), {"a": 0.0, "c": 1.0})
    assert likely == {"a": pytest.approx(0.5), "c": pytest.approx(0.5)}


def test_a_model_is_written_and_read_back(tmp_path):
    texts = ["the lamp is out", "who are you?"]
    LinearModel.load(MODEL).save(tmp_path / "copy.npz")
    assert np.allclose(
        LinearModel.load(tmp_path / "copy.npz").logits(texts), act_model().logits(texts), atol=1e-3
    )
