"""The table of figures, each with its aim, and the list of what failed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from bench.conversation_items import Story, Turn
from bench.conversation_memory import Memory
from bench.conversation_player import OURS, Played

STORIES, STORIES_EACH, TURNS, GUARDS = 0.80, 0.75, 0.88, 0.96
MORE_MESSAGES, ASKED_AGAIN = 1.0, 0.15
MEDIAN_MS, P99_MS, MEMORY_MB, SHARED = 4.0, 25.0, 160.0, 0.8


@dataclass(frozen=True, slots=True)
class Row:
    """One figure."""

    name: str
    figure: str
    aim: str
    is_met: bool


def score_rows(played: Sequence[Played]) -> Iterator[Row]:
    """Stories, turns and guards right, messages to a ticket, and questions asked again."""
    stories = [each for each in played if isinstance(each.item, Story)]
    guards = [each for each in played if isinstance(each.item, Turn) and each.item.is_guard]
    turns = [each for each in played if isinstance(each.item, Turn) and not each.item.is_guard]
    yield from _by_language("stories right", stories, STORIES, STORIES_EACH)
    yield from _by_language("turns right", turns, TURNS)
    yield from _by_language("guards right", guards, GUARDS)
    if stories:
        spent = _mean(each.messages for each in stories)
        best = _mean(each.item.at_most for each in stories if isinstance(each.item, Story))
        again = _mean(each.asked_again for each in stories)
        most = best + MORE_MESSAGES
        yield Row(
            f"messages to a ticket (best person's {best:.2f})", f"{spent:.2f}", f"≤ {most:.2f}", spent <= most
        )
        yield Row(
            "asked again, questions a story", f"{again:.2f}", f"≤ {ASKED_AGAIN:.2f}", again <= ASKED_AGAIN
        )


def opening_rows(openings: Sequence[Played]) -> Iterator[Row]:
    """Openings answered in a wrong language."""
    for name, chosen in (
        ("openings answered in the wrong language", [each for each in openings if each.lang in OURS]),
        ("foreign openings answered unasked", [each for each in openings if each.lang not in OURS]),
    ):
        wrong = sum(bool(each.faults) for each in chosen)
        yield Row(name, f"{wrong} of {len(chosen)}", "0", wrong == 0)


def cost_rows(times: Sequence[float], memory: Memory | None) -> Iterator[Row]:
    """Time a message, and memory."""
    ordered = sorted(seconds * 1000 for seconds in times)
    middle, p99 = median(ordered), ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    yield Row("time a message, median", f"{middle:.1f} ms", f"≤ {MEDIAN_MS:.0f} ms", middle <= MEDIAN_MS)
    yield Row("time a message, p99", f"{p99:.1f} ms", f"≤ {P99_MS:.0f} ms", p99 <= P99_MS)
    if memory is None:
        yield Row("memory of the reading layer", "not known here", "", is_met=True)
        return
    name = f"memory of the reading layer ({memory.before:.0f} → {memory.after:.0f} MB)"
    yield Row(name, f"{memory.loaded:.0f} MB", f"≤ {MEMORY_MB:.0f} MB", memory.loaded <= MEMORY_MB)
    name = f"  shared after a fork ({memory.own_after_fork:.0f} MB of its own)"
    yield Row(name, f"{memory.shared:.0%}", f"≥ {SHARED:.0%}", memory.shared >= SHARED)


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """The rows below each other, in columns."""
    columns = [(row.name, row.figure, row.aim) for row in rows]
    width, figures, aims = (max(map(len, column)) for column in zip(*columns, strict=True))
    for row in rows:
        verdict = ("ok" if row.is_met else "miss") if row.aim else ""
        yield f"{row.name:{width}}  {row.figure:>{figures}}  {row.aim:>{aims}}  {verdict}".rstrip()


def failures(played: Sequence[Played]) -> Iterator[str]:
    """What failed, each with its dialogue."""
    for each in played:
        if each.faults:
            kind = f" ({each.item.kind})" if each.item and each.item.kind else ""
            faults = f"{each.lang} {each.name}{kind}: {'; '.join(each.faults)}"
            yield from (line.replace("\n", " / ") for line in (faults, *_indented(each.dialogue), ""))


def _indented(dialogue: Iterable[str]) -> Iterator[str]:
    yield from (f"    {line}" for line in dialogue)


def _by_language(
    name: str, played: Sequence[Played], aim: float, aim_each: float | None = None
) -> Iterator[Row]:
    """The share right in all languages, then in each; `aim_each` is the aim for one language."""
    if played:
        yield _share(name, played, aim)
    for language in sorted({each.lang for each in played}):
        of_language = [each for each in played if each.lang == language]
        yield _share(f"  {language}", of_language, aim_each)


def _share(name: str, played: Sequence[Played], aim: float | None) -> Row:
    right = sum(not each.faults for each in played)
    share = right / len(played)
    return Row(
        name,
        f"{right}/{len(played)} {share:4.0%}",
        f"≥ {aim:.0%}" if aim else "",
        aim is None or share >= aim,
    )


def _mean(numbers: Iterable[int]) -> float:
    counted = list(numbers)
    return sum(counted) / len(counted)
