"""Measures how well the conversation understands people: `python bench/conversation.py [FILE.jsonl …] [-v]`.

Plays whole stories and single turns in this process, on a fixed Monday at 10:00, by default those in
bench/conversations, and prints a table with an aim beside each figure. `-v` shows what failed, with the dialogue.
`conversation_items.py` describes the files and `conversation_score.py` says what counts as right.

The openings beside this script, in our languages and in others, are played too, as first messages. Times are the CPU
time that reading a message and deciding on it takes, after warm-up, on one thread; `language.py` measures language
detection, which comes first. Memory is what loading the reading layer adds to this process, and how much of that a
forked process still shares once it has read messages. Exit code 1 if an aim is missed.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"  # before anything imports numpy

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

HOME = Path(__file__).parent.parent
sys.path.insert(0, str(HOME))

from bench.conversation_items import ItemError, Story, Turn, read_items  # noqa: E402 — after the path is set
from bench.conversation_memory import Memory, measure_memory  # noqa: E402 — imports the reading layer later
from bench.language import read as read_openings  # noqa: E402

CONVERSATIONS = HOME / "bench" / "conversations"
OPENINGS, FOREIGN_OPENINGS = HOME / "bench" / "openings.tsv", HOME / "bench" / "foreign_openings.tsv"
OPENINGS_POLICY = "demo"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="stories and turns, as JSON lines"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="show what failed, with the dialogue")
    args = parser.parse_args()
    try:
        items = read_items(args.files or sorted(CONVERSATIONS.glob("*.jsonl")))
        memory = measure_memory([text for item in items for text in _first_words(item)])
        return _play_and_report(items, memory, is_verbose=args.verbose)
    except (OSError, ItemError) as trouble:
        print(f"bench/conversation.py: {trouble}", file=sys.stderr)
        return 1


def _play_and_report(items: Sequence[Story | Turn], memory: Memory | None, *, is_verbose: bool) -> int:
    from bench import conversation_player as player  # noqa: PLC0415 — memory is measured before it loads the rules
    from bench import conversation_table as table  # noqa: PLC0415

    player.warm_up({item.policy for item in items} | {OPENINGS_POLICY})
    times: list[float] = []
    played = [player.play(item, times) for item in items]
    openings = [
        player.play_opening(language, text, OPENINGS_POLICY)
        for file in (OPENINGS, FOREIGN_OPENINGS)
        for language, text in read_openings(file)
    ]
    if is_verbose:
        for line in table.failures([*played, *openings]):
            print(line)
    rows = [*table.score_rows(played), *table.opening_rows(openings), *table.cost_rows(times, memory)]
    for line in table.lines(rows):
        print(line)
    return 0 if all(row.is_met for row in rows) else 1


def _first_words(item: Story | Turn) -> Iterator[str]:
    yield from item.opener if isinstance(item, Story) else (item.text,)


if __name__ == "__main__":
    sys.exit(main())
