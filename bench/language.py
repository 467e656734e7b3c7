"""Measures language detection: `python bench/language.py FILE.tsv …`, lines of `lang<TAB>text`.

For each file, compared with plain langdetect (all profiles, defaults, seed 0): the share right if it must choose; how
often the desk would be wrong without asking, and how often it would ask; time per message after warm-up; memory used
by loading. Without a file it uses the openings.tsv beside this script, and foreign_openings.tsv in languages that we
don't speak: how many it recognises, takes for another one, asks about, or answers in one of ours without asking.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

OPENINGS = Path(__file__).parent / "openings.tsv"
FOREIGN_OPENINGS = Path(__file__).parent / "foreign_openings.tsv"
OURS = ("en", "fr", "es")


def main(paths: list[str]) -> int:
    try:
        files = {path: read(Path(path)) for path in paths or [str(OPENINGS), str(FOREIGN_OPENINGS)]}
    except (OSError, ValueError) as trouble:
        print(f"bench/language.py: {trouble}", file=sys.stderr)
        return 1
    before = resident_mb()
    from i18n.language import best_guess, detect_language  # noqa: PLC0415 (loading it is what we measure)

    for warm_up in (
        "hello, it doesn't work",
        "bonjour, ça ne marche pas",
        "hola, no funciona",
        "qwxz",
        "zzgrmf",
    ):
        detect_language(warm_up)
    print(f"memory: {resident_mb() - before:.1f} MB for detection, including langdetect's three profiles")
    for path, lines in files.items():
        print(f"\n{path}: {len(lines)} lines")
        report_foreign(lines, detect_language)
        if ours := [line for line in lines if line[0] in OURS]:
            report("guichet", ours, best_guess)
            report_asking(ours, detect_language)
            report("langdetect", ours, plain_langdetect())
    return 0


def read(path: Path) -> list[tuple[str, str]]:
    """Language and text of each line; ValueError with the line number for a malformed line."""
    lines = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        locale, tab, text = line.partition("\t")
        if line and not tab:
            raise ValueError(f"{path}:{number}: no tab; write lang<TAB>text")
        if line:
            lines.append((locale, text))
    if not lines:
        raise ValueError(f"{path}: no lines")
    return lines


def report(name: str, lines: list[tuple[str, str]], guess: Callable[[str], str]) -> None:
    times, right = [], 0
    for locale, text in lines:
        start = time.perf_counter()
        right += guess(text) == locale
        times.append(time.perf_counter() - start)
    print(f"  {name:10} right {right / len(lines):7.2%}   {timing(times)}")


def report_asking(lines: list[tuple[str, str]], detect: Callable[[str], Any]) -> None:
    times, wrong, asked = [], [], 0
    for locale, text in lines:
        start = time.perf_counter()
        heard = detect(text)
        times.append(time.perf_counter() - start)
        if not heard.is_sure:
            asked += 1
        elif heard.locale != locale:
            wrong.append((locale, heard.locale, text))
    share = asked / len(lines)
    print(f"  {'  may ask':10} wrong without asking {len(wrong)}   asked {share:.2%}   {timing(times)}")
    for locale, taken_for, text in wrong[:10]:
        print(f"    {locale} taken for {taken_for}: {text[:80]}")


def report_foreign(lines: list[tuple[str, str]], detect: Callable[[str], Any]) -> None:
    """Lines in other languages; and lines in ours that are taken for one."""
    heard = [(language, text, detect(text)) for language, text in lines]
    ours = [one for one in heard if one[0] in OURS]
    others = [one for one in heard if one[0] not in OURS]
    missed = [
        (language, found.foreign or found.locale, text)
        for language, text, found in others
        if found.is_sure or found.foreign not in ("", language)
    ]
    missed += [(language, found.foreign, text) for language, text, found in ours if found.foreign]
    if others:
        right = sum(found.foreign == language for language, _, found in others)
        unasked = sum(found.is_sure for _, _, found in others)
        asked = sum(not found.is_sure and not found.foreign for _, _, found in others)
        print(
            f"  foreign    recognised {right / len(others):.2%}   asked {asked}   answered in ours unasked {unasked}"
        )
    if ours:
        taken = sum(bool(found.foreign) for *_, found in ours)
        print(f"  ours taken for foreign {taken} of {len(ours)}")
    for language, taken_for, text in missed[:10]:
        print(f"    {language} taken for {taken_for}: {text[:80]}")


def timing(times: list[float]) -> str:
    ordered = sorted(times)
    p99 = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    return f"median {median(ordered) * 1000:.3f} ms   p99 {p99 * 1000:.3f} ms"


def plain_langdetect() -> Callable[[str], str]:
    from langdetect import DetectorFactory, LangDetectException, detect  # noqa: PLC0415

    DetectorFactory.seed = 0

    def guess(text: str) -> str:
        try:
            return str(detect(text))
        except LangDetectException:
            return ""

    guess("warm up")
    return guess


def resident_mb() -> float:
    """This process's memory in MB, if the system reports it (Linux); otherwise its peak."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * 4096 / 1e6
    except (OSError, ValueError, IndexError):
        import resource  # noqa: PLC0415

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
