"""What providers post: verify, parse, receive, answer."""
