"""The vocabulary of what names are made of: each word with other ways to write it, its Chinese, and its kind.

`words.csv` holds it. A word written with a hyphen there is also known with a space and in one word; the pinyin of the
Chinese is derived. Kinds: legal and little words are left out of a name; common words and places tell little; names
are proper words whose English is not the pinyin of their Chinese; numbers are written in digits.
`traditional.csv` has the simplified form of the traditional characters that names use, `lookalikes.csv` the Latin
letters that letters of Cyrillic and Greek look like.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ledger.search_words import pinyin

HERE = Path(__file__).parent
SHORTEST_PINYIN = 2
"""Characters of a Chinese word that is known by its pinyin too: one syllable alone means too much."""

_DROPPED = ("legal", "little")
_DIGITS = "零一二三四五六七八九"
_NUMBER = re.compile("(?:[一二三四五六七八九]?百)?零?(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?")


@dataclass(frozen=True)
class Vocabulary:
    """What `words.csv`, `traditional.csv` and `lookalikes.csv` say."""

    latin: Mapping[str, tuple[str, ...]]
    chinese: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, str]
    simplified: Mapping[int, str]
    lookalikes: Mapping[int, str]


def kind(text: str) -> str:
    """Give the kind of a word: common, place, name or number, and "" for a proper word that the vocabulary lacks."""
    return vocabulary().kinds.get(text, "number" if text.isdigit() else "")


@cache
def vocabulary() -> Vocabulary:
    """Read the vocabulary, once."""
    rows = [(row["word"].split(), row) for row in _rows("words.csv")]
    single = {text: row for (word, *more), row in rows if not more for text in (word, *row["also"].split())}
    latin: dict[str, tuple[str, ...]] = {}
    chinese: dict[str, tuple[str, ...]] = {}
    kinds: dict[str, str] = {}
    for phrase, row in rows:
        # The words of a phrase are canonical too: "chinese academy of sciences" gives china, academy, science.
        known = [single.get(word, {"word": word, "kind": row["kind"]}) for word in phrase]
        kept = [word for word in known if word["kind"] not in _DROPPED]
        words = tuple(word["word"] for word in kept)
        latin |= {text.replace("-", ""): words for text in ("".join(phrase), *row["also"].split())}
        chinese |= dict.fromkeys(row["chinese"].split(), words)
        for word in kept:
            kinds.setdefault(word["word"], word["kind"])
    for text, words in chinese.items():
        if len(text) >= SHORTEST_PINYIN:
            latin.setdefault(romanized(text), words)
        if words and kinds[words[0]] == "place":
            latin.setdefault(romanized(text + "市"), (*words, "municipality"))
    latin |= {romanized("第" + text): (number(text),) for text in _numbers_zh()}
    simplified = {ord(row["traditional"]): row["simplified"] for row in _rows("traditional.csv")}
    lookalikes = {ord(row["letter"]): row["latin"] for row in _rows("lookalikes.csv")}
    return Vocabulary(latin, chinese, kinds, simplified, lookalikes)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def number(text: str) -> str:
    """Give a Chinese number below a thousand in digits; what is no number as it stands.

    >>> number("五十五"), number("十三"), number("七百零二"), number("百一十"), number("十十")
    ('55', '13', '702', '110', '十十')
    """
    if text.isdigit() and text.isascii():
        return str(int(text))
    if not set("十百") & set(text):
        return str(int("".join(str(_DIGITS.index(digit)) for digit in text)))
    if not _NUMBER.fullmatch(text):
        return text
    hundreds, hundred, rest = text.rpartition("百")
    tens, ten, ones = rest.removeprefix("零").rpartition("十")
    value = 100 * (_DIGITS.index(hundreds) if hundreds else len(hundred))
    value += 10 * (_DIGITS.index(tens) if tens else len(ten))
    return str(value + sum(_DIGITS.index(digit) for digit in ones[-1:]))


def _numbers_zh() -> Iterator[str]:
    for tens in ("", "十", *(f"{digit}十" for digit in _DIGITS[2:])):
        yield from (tens + digit for digit in ("", *_DIGITS[1:]) if tens + digit)


@cache
def romanized(han: str) -> str:
    """Give the pinyin of Chinese characters in one word, as names print it: without tones, ü as u."""
    return "".join(pinyin(han)).replace("ü", "u").replace("v", "u")
