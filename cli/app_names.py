"""What operators call the apps that the desk knows, for tokens and hooks alike."""

import click

LONGEST_NAME = 60


def app_name(text: str) -> str:
    """The name, its words with one space between; UsageError when it is none."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise click.UsageError(f"a name has 1 to {LONGEST_NAME} characters")
    return name
