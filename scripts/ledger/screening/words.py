"""The words of a name in one writing: English, Chinese and pinyin, full and abbreviated, give the same words.

What the vocabulary lacks is the proper part of a name, and is spelled in pinyin where it is Chinese.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from ledger.names import fold, han_runs, has_han, spelled, without_han
from ledger.screening.vocabulary import kind, number, romanized, vocabulary

LONGEST_PHRASE = 6
"""Latin words that are read as one, as the syllables of "ji cheng dian lu" are."""

LONGEST_CHINESE = 10
"""Characters of the longest word of the vocabulary."""

EXACT_LETTERS = 4
"""A name of so few letters is one letter away from too many others."""

LONGEST_ACRONYM = 7
"""Letters of an acronym (CETC, BUPT, METDA, NSCC-CS): it too is compared whole."""

_PARTS = re.compile("([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)|([0-9]+)(?:st|nd|rd|th)?")
_ARABIC = re.compile("[0-9]+")
_NUMBER_ZH = re.compile("第([0-9]+|[零一二三四五六七八九十百]+)")
_ALSO = re.compile(
    r"\b(?:a\.?k\.?a\.?|f\.?k\.?a\.?|d\.?b\.?a\.?|a/k/a|f/k/a|d/b/a|also known as|formerly known as|formerly"
    r"|doing business as|trading as)(?=\W)|[;；|、]|\s/\s",
    re.IGNORECASE,
)
_MARKS = str.maketrans("", "", "™®℠©")
_BRACKETS = re.compile(r"\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_LAST_BRACKETS = re.compile(_BRACKETS.pattern + r"\s*$")
_LETTERS = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"[A-Z][A-Za-z&.]+(?:-[A-Z]+)?[ -]?[0-9]{0,3}")


class Word(NamedTuple):
    """A word as names are compared by it.

    `han` are the Chinese characters that it was spelled from, if it was; `translated` is a proper name for which its
    Chinese or the pinyin of it stood.
    """

    text: str
    han: str = ""
    translated: bool = False


@dataclass(frozen=True)
class Reading:
    """A way to read a name: its words, and its letters just as they stand, with the legal form and without."""

    name: str
    words: tuple[Word, ...]
    letters: str
    bare_letters: str
    acronym: bool = False
    squeezed: str = field(init=False)
    order: str = field(init=False)
    numbers: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        texts = [word.text for word in self.words]
        object.__setattr__(self, "squeezed", "".join(texts))
        object.__setattr__(self, "order", "".join(sorted(texts)))
        object.__setattr__(self, "numbers", frozenset(text for text in texts if text.isdigit()))

    @property
    def exact(self) -> bool:
        """Whether it can only be compared whole."""
        return self.acronym or len(self.squeezed) <= EXACT_LETTERS


def readings(name: str, *, alias: bool = False) -> list[Reading]:
    """Give the ways to read a name: without the acronym in its brackets, with it, and the acronym by itself.

    An alias that is an acronym is marked as one. A name without letters of Latin or Chinese script has no reading.

    >>> [reading.squeezed for reading in readings("Tianjin Institute of Power (TIPS)")]
    ['tianjininstitutepower', 'tianjininstitutepowertips', 'tips']
    """
    text = legible(name)
    acronyms = [inside for inside in _BRACKETS.findall(text) if _is_acronym(inside)]
    full = _BRACKETS.sub(lambda match: " " if match[1] in acronyms else match[0], text) if acronyms else text
    last = _LAST_BRACKETS.search(full)
    if last and _has_proper_word(last[1]):
        # What stands behind the whole name is a short name, or says whose it is: "(a subsidiary of …)".
        full = full[: last.start()]
    # In the middle it is a part's: "China Aerospace Science and Industry Corporation (CASIC) 3rd Academy".
    acronyms = [acronym for acronym in acronyms[-1:] if text.rstrip()[:-1].endswith(acronym)]
    whole = _reading(name, full, acronym=alias and _is_acronym(text.strip()))
    # Words that are one in the vocabulary (Real Estate) may have changed places: each is read by itself too.
    plain = _reading(name, full, longest_phrase=1, acronym=whole.acronym)
    found = [
        whole,
        plain,
        *([_reading(name, text)] if full != text else []),
        *(_reading(name, acronym, acronym=True) for acronym in acronyms),
    ]
    return list({reading.squeezed: reading for reading in reversed(found) if reading.squeezed}.values())[::-1]


def asked_readings(name: str) -> list[Reading]:
    """Give the ways to read a name that somebody asks for: as it stands, and each of the names that it may hold.

    >>> [reading.squeezed for reading in asked_readings("海康威视 Hikvision a.k.a. Lantern")]
    ['hikvisionhikvisionakalantern', 'hikvisionhikvision', 'hikvision', 'lantern']
    """
    text = legible(name)
    names = _ALSO.split(text)
    parts = [part for part in names if len(part.split()) > 1 or _has_proper_word(part)]
    for one in names:
        within = (*_LAST_BRACKETS.findall(one), " ".join(han_runs(one)), without_han(one))
        parts += [part for part in within if part not in parts and _has_proper_word(part)]
    found = readings(name)
    for part in parts:
        if part != text:
            found += readings(part)
    # Huawei (华为) is one name written twice.
    once = [tuple(dict.fromkeys(one.words)) for one in found]
    found += [replace(one, words=words) for one, words in zip(found, once, strict=True) if words != one.words]
    return list({reading.squeezed: reading for reading in reversed(found)}.values())[::-1]


def _has_proper_word(text: str) -> bool:
    """Whether a text has a word that is neither common nor a place."""
    return any(kind(word.text) not in ("common", "place") for word in _words(fold(text), LONGEST_PHRASE))


def legible(name: str) -> str:
    """Give what of a name can be compared: Latin and Chinese letters, and those that only look Latin as such.

    Of a word with other letters its Chinese remains.

    >>> legible("\N{CYRILLIC CAPITAL LETTER ES}OMAC 3"), legible("ファーウェイ"), legible("中国銀行グループ")
    ('COMAC 3', '', '中国銀行')
    """
    return name if name.isascii() else _LETTERS.sub(_legible, name.translate(_MARKS))


def _legible(match: re.Match[str]) -> str:
    word = match[0].translate(vocabulary().lookalikes)
    return "".join(han_runs(word)) if any(map(_is_foreign, word)) else word


@cache
def _is_foreign(letter: str) -> bool:
    whole = unicodedata.normalize("NFKC", letter)
    of_a_script = letter.isalpha() and unicodedata.category(letter) != "Lm"
    return of_a_script and not has_han(whole) and not unicodedata.name(whole[0], "").startswith("LATIN ")


def _is_acronym(text: str) -> bool:
    letters = sum(character.isalpha() for character in text)
    return (
        _ACRONYM.fullmatch(text) is not None
        and sum(character.isupper() for character in text) * 2 > letters
        and letters <= LONGEST_ACRONYM
        and not _is_ordinary(text.casefold())
    )


def _is_ordinary(text: str) -> bool:
    """Whether a word is one of the vocabulary and not the name of a company (HK, LLC; not SMIC)."""
    words = vocabulary().latin.get(text)
    return words is not None and {kind(word) for word in words} != {"name"}


def _reading(name: str, text: str, *, longest_phrase: int = LONGEST_PHRASE, acronym: bool = False) -> Reading:
    simple = text.translate(vocabulary().simplified) if has_han(text) else text
    # Of a Chinese name the vocabulary leaves the legal form out, wherever it stands.
    folded = spelled(simple) if has_han(simple) else fold(simple)
    words = tuple(_words(folded, longest_phrase))
    if not words:
        # Nothing but words that tell no company from another: it is then called so ("The Company").
        words = tuple(Word(word) for word in folded.split())
    decomposed = unicodedata.normalize("NFKD", simple.casefold())
    return Reading(name, words, "".join(filter(str.isalnum, decomposed)), fold(simple).replace(" ", ""), acronym)


def _words(folded: str, longest_phrase: int) -> Iterator[Word]:
    latin: list[str] = []
    for part in _split(folded):
        digits = _ARABIC.fullmatch(part)
        if digits or has_han(part):
            yield from _latin_words(latin, longest_phrase)
            latin = []
            yield from [Word(part.lstrip("0") or "0")] if digits else _chinese_words(part)
        else:
            latin.append(part)
    yield from _latin_words(latin, longest_phrase)


def _split(folded: str) -> Iterator[str]:
    """Give the runs of one script, and of digits, in the words of a folded name."""
    for word in _NUMBER_ZH.sub(lambda match: f" {number(match[1])} ", folded).split():
        for part in _PARTS.split(word):
            if part:
                yield part


def _latin_words(parts: list[str], longest_phrase: int) -> list[Word]:
    """Give the words of a run of Latin parts, the longest phrase of the vocabulary first.

    From the end, as Chinese too is read: a name ends in words of the vocabulary, which may begin in what seems to be
    another: li fei | ji shu (technology), not li | fei ji (aircraft) | shu.
    """
    known = vocabulary().latin
    words: list[Word] = []
    end = len(parts)
    while end:
        for start in range(max(0, end - longest_phrase), end):
            written = "".join(parts[start:end])
            phrase = known.get(written)
            if phrase is not None:
                words += _known(phrase, written)
                end = start
                break
        else:
            end -= 1
            words.append(Word(parts[end]))
    return words[::-1]


def _chinese_words(run: str) -> list[Word]:
    """Give the words of a run of Chinese: what the vocabulary has in English, what it lacks in pinyin."""
    known = vocabulary().chinese
    words: list[Word] = []
    end = proper = len(run)
    while end:
        for start in range(max(0, end - LONGEST_CHINESE), end):
            # A single character is a word only where another word follows, or nothing: 局 in 公安局, not in a brand.
            if run[start:end] in known and (end - start > 1 or end == proper):
                words += _proper(run[end:proper])
                words += _known(known[run[start:end]], run[start:end])
                end = proper = start
                break
        else:
            end -= 1
    words += _proper(run[:proper])
    return words[::-1]


def _known(words: tuple[str, ...], written: str) -> list[Word]:
    """Give the words of the vocabulary for what was written, the last first."""
    return [Word(text, translated=text != written and kind(text) == "name") for text in reversed(words)]


def _proper(han: str) -> list[Word]:
    return [Word(romanized(han), han)] if han else []
