"""How alike two readings of names are, from 0 to 1, whatever the order and the spacing of their words."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from ledger.names import has_han
from ledger.screening.vocabulary import kind
from ledger.screening.words import EXACT_LETTERS, Reading, Word

MANY_NAMES = 5000
"""Names that a word is counted among at least: a short list does not make every word of it a common one."""

COMMON = 0.3
NUMBER = 0.6
"""The weight of a word that many names have, and of a number; a proper word that one name has weighs 1."""

DISAGREEING = 0.9
"""What remains of the score where each name has a word that the other lacks: Analog Devices, Analog Technology."""

BESIDE = 1 / 3
"""What counts of the common words that only one name has besides all of the other: Hikvision, Hangzhou Hikvision."""

SHORTEST_WORD = 5
NEAR_WORD = 8
"""Letters from which on a word may differ by one, and by two."""

NEAR_REST = 85
"""Percent that what is left of two names must have in common, written without spaces, to count as one word."""

SHORTEST_NEAR = 6
"""Letters of a name that may be written with one letter wrong."""


class Weights(dict[str, float]):
    """The weight of a word: 1 for a proper word that one name has, less the more names have it."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        super().__init__()
        texts = [_texts(reading) for reading in readings]
        self.counts = Counter(text for words in texts for text in words)
        self.names = max(MANY_NAMES, len(texts))

    def __missing__(self, text: str) -> float:
        sort = kind(text)
        weight = 1 - math.log(max(1, self.counts[text])) / math.log(self.names)
        if sort == "number":
            weight = NUMBER
        else:
            weight = max(0.1, min(weight, 1.0 if sort in ("", "name") else COMMON))
            weight *= min(1.0, 0.25 + 0.15 * len(text))
        self[text] = weight
        return weight


def likeness(one: Reading, other: Reading, weights: Weights) -> float:
    """Say how alike two readings are: 1 for the same words in any order, 0 for short names that differ."""
    whole = (one.exact or other.exact) and not (_stands_in(one, other) or _stands_in(other, one))
    by_words = 0.0 if whole and one.squeezed != other.squeezed else _shared(one.words, other.words, weights)
    if one.numbers - other.numbers and other.numbers - one.numbers:
        return min(by_words, 0.5)  # the 13th institute is not the 14th
    if one.numbers != other.numbers:
        by_words *= DISAGREEING
    return max(by_words, _one_letter_wrong(one, other))


def _stands_in(short: Reading, name: Reading) -> bool:
    """Say whether a short name is all that another name has besides places (ZTE, China), or is what its Chinese means.

    CXMT is the memory in 长鑫存储技术有限公司.
    """
    if not short.exact:
        return False
    besides = {word.text for word in name.words if kind(word.text) != "place"}
    return besides == _texts(short) or {word.text for word in name.words if word.translated} >= _texts(short)


def _one_letter_wrong(one: Reading, known: Reading) -> float:
    """Compare the letters as they stand, with the legal form and without: at most one may be wrong."""
    if one.letters == known.letters:
        return 1.0
    if has_han(one.letters) or one.numbers != known.numbers or not _core(known) <= _texts(one):
        return 0.0
    for ours, theirs in ((one.letters, known.letters), (one.bare_letters, known.bare_letters)):
        length = min(len(ours), len(theirs))
        if length >= SHORTEST_NEAR and OSA.distance(ours, theirs, score_cutoff=1) <= 1:
            return 1 - 0.8 / length
    return 0.0


def _shared(one: Sequence[Word], other: Sequence[Word], weights: Weights) -> float:
    """Give the share of the weight of two names that is in words of both."""
    left, right, same = _same_words(one, other)
    matches: list[Match] = [([word], [word], quality) for word, quality in same]
    if left and right:
        matches += [*_joined(left, right), *_near(left, right), *_rest(left, right)]
    score = lost = 0.0
    for part, counterpart, quality in matches:
        weight = sum(weights[word.text] for word in (*part, *counterpart))
        score += weight * quality
        lost += weight * (1 - quality)
    ours, theirs = (sum(weights[word.text] for word in words) for words in (left, right))
    if not (left and right) and not lost and score > 2 * COMMON * len(same) and not any(map(_is_proper, left or right)):
        # One name is a part of the other, which only has common words besides: they tell less.
        ours, theirs = ours * BESIDE, theirs * BESIDE
    result = score / (score + lost + ours + theirs)
    return result * DISAGREEING if left and right else result


def _same_words(one: Sequence[Word], other: Sequence[Word]) -> tuple[list[Word], list[Word], list[tuple[Word, float]]]:
    """Give what one has and the other lacks, the reverse, and what both have with how far it is the same.

    Two Chinese words of one pinyin (依图, 义图) are the same only as far as their characters are.
    """
    right = list(other)
    texts = [word.text for word in right]
    left, same = [], []
    for word in one:
        if word.text in texts:
            position = texts.index(word.text)
            counterpart = right.pop(position)
            del texts[position]
            differ = word.han and counterpart.han and word.han != counterpart.han
            same.append((word, fuzz.ratio(word.han, counterpart.han) / 100 if differ else 1.0))
        else:
            left.append(word)
    return left, right, same


Match = tuple[list[Word], list[Word], float]


def _joined(left: list[Word], right: list[Word]) -> list[Match]:
    """Take out words of one that are several in the other: "Hik Vision" and "Hikvision"."""
    matches: list[Match] = []
    for wholes, parts in ((left, right), (right, left)):
        for whole in wholes[:]:
            start, end = _parts_of(whole.text, parts)
            if end:
                matches.append(([whole], parts[start:end], 1.0))
                wholes.remove(whole)
                del parts[start:end]
    return matches


def _parts_of(text: str, words: list[Word]) -> tuple[int, int]:
    """Give from where to where words that follow each other make up a text; 0 and 0 where none do."""
    for start, first in enumerate(words):
        if text.startswith(first.text):
            joined, end = first.text, start + 1
            while end < len(words) and len(joined) < len(text):
                joined += words[end].text
                end += 1
            if joined == text and end > start + 1:
                return start, end
    return 0, 0


def _near(left: list[Word], right: list[Word]) -> list[Match]:
    """Take out words that differ by a letter, or two of a long word."""
    matches: list[Match] = []
    for word in left[:]:
        near: list[tuple[float, Word]] = []
        for counterpart in right:
            longer = max(len(word.text), len(counterpart.text))
            if longer >= SHORTEST_WORD and not word.text.isdigit() and not counterpart.text.isdigit():
                most = 1 if longer < NEAR_WORD else 2
                distance = OSA.distance(word.text, counterpart.text, score_cutoff=most)
                if distance <= most:
                    near.append((distance / longer, counterpart))
        if near:
            share, nearest = min(near)
            left.remove(word)
            right.remove(nearest)
            matches.append(([word], [nearest], 1 - share))
    return matches


def _rest(left: list[Word], right: list[Word]) -> list[Match]:
    """Take out all that is left, where it is nearly the same written without spaces."""
    ours, theirs = ("".join(word.text for word in words) for words in (left, right))
    if min(len(ours), len(theirs)) < SHORTEST_NEAR:
        return []
    ratio = fuzz.ratio(ours, theirs, score_cutoff=NEAR_REST)
    if not ratio or any(word.text.isdigit() for word in (*left, *right)):
        return []
    match = (left[:], right[:], ratio / 100)
    left.clear()
    right.clear()
    return [match]


def _texts(reading: Reading) -> set[str]:
    return {word.text for word in reading.words}


def _core(known: Reading) -> set[str]:
    """Give the words that no letter may be wrong in: those of a short name, and SMIC in "SMIC Hong Kong"."""
    proper = {word.text for word in known.words if _is_proper(word)}
    letters = sum(map(len, proper))
    short = letters < EXACT_LETTERS or (letters == EXACT_LETTERS and any(text.upper() in known.name for text in proper))
    return proper if short or known.exact else set()


def _is_proper(word: Word) -> bool:
    return kind(word.text) not in ("common", "place")
