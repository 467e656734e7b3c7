"""What providers post, and what machines ask of us: verify, translate, hand on, answer. Holds no rule."""
