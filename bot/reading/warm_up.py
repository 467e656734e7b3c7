"""Loads what reading messages needs, so that processes forked afterwards share it."""

from bot.policy.policy import Policy
from bot.reading.choices import fit_choices
from bot.reading.encoder import encode
from bot.reading.linear_model import act_model


def warm_up(policy: Policy) -> None:
    """Load the encoder and the models for this policy: a second, and 130 MB."""
    encode(("",))
    act_model()
    fit_choices(policy)
