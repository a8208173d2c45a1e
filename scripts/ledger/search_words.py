"""The words under which a name is found: Chinese by any part of it, and by pinyin.

SQLite's tokenizers make one word of a run of Chinese characters, or find nothing shorter than three. So every
substring of each run stands as a word of its own, and its pinyin too.
"""

from collections.abc import Iterable
from functools import cache
from itertools import accumulate

from pypinyin import lazy_pinyin
from pypinyin.seg import mmseg

from ledger.names import fold, han_runs

LONGEST_RUN = 40
"""Characters of a run that are taken apart; the words grow with the square."""

LONGEST_PINYIN = 4
"""Syllables of a word in pinyin; more are only written together for the whole run."""


def search_words(names: Iterable[str]) -> str:
    """Give the names and all the words under which their Chinese parts are to be found."""
    names = list(names)
    words = dict.fromkeys(names)
    runs = [run for name in names if not name.isascii() for run in han_runs(name)]
    # The words of a short name are among those of a longer one that holds it.
    taken: list[str] = []
    for run in sorted(dict.fromkeys(runs), key=len, reverse=True):
        words[run] = None
        if not any(run in longer for longer in taken):
            core = fold(run)[:LONGEST_RUN]
            taken.append(core)
            words |= dict.fromkeys(_words_of(core))
    return " ".join(words)


def pinyin(run: str) -> list[str]:
    """Give the syllables of a run of Chinese characters, without tones, read as parts of words (重庆: chong qing)."""
    return [syllable for word in mmseg.seg.cut(run) for syllable in _syllables(word)]


@cache
def _syllables(word: str) -> list[str]:
    return lazy_pinyin(word)


def _words_of(core: str) -> list[str]:
    """Give every substring, and the pinyin of every short one.

    The legal form (有限公司) is no part of the core: it would only stand among every company's words.
    """
    syllables = pinyin(core)
    latin = "".join(syllables)
    borders = list(accumulate(map(len, syllables), initial=0))
    spans = [(start, end) for start in range(len(core)) for end in range(start + 1, len(core) + 1)]
    words = [core, latin, *(core[start:end] for start, end in spans)]
    words += [latin[borders[start] : borders[end]] for start, end in spans if end - start <= LONGEST_PINYIN]
    return words
