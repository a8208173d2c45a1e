"""The words under which a name is found: Chinese by any part of it, and by pinyin.

SQLite's tokenizers make one word of a run of Chinese characters, or find nothing shorter than three. So every
substring of each run stands as a word of its own, and every substring of its pinyin too.
"""

from collections.abc import Iterable
from functools import cache

from pypinyin import lazy_pinyin

from ledger.names import han_runs

LONGEST_RUN = 40
"""Characters of a run that are taken apart; the words grow with the square."""


def search_words(names: Iterable[str]) -> str:
    """Give the names and all the words under which their Chinese parts are to be found."""
    names = [name for name in names if name]
    words = dict.fromkeys(name.replace("-", " ") for name in names)
    for name in names:
        for run in han_runs(name):
            words.update(dict.fromkeys(_words_of(run[:LONGEST_RUN])))
    return " ".join(words)


@cache
def _words_of(run: str) -> tuple[str, ...]:
    syllables = lazy_pinyin(run)
    spans = [(start, end) for start in range(len(run)) for end in range(start + 1, len(run) + 1)]
    words = [run[start:end] for start, end in spans]
    pinyin = ["".join(syllables[start:end]) for start, end in spans]
    return tuple(dict.fromkeys([*words, *pinyin]))
