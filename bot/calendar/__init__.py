"""Business time: opening hours, holidays, and how long a duration takes on a desk's calendar."""
