"""The readings of names that are worth comparing with another, found without comparing all."""

import math
from collections import defaultdict

import numpy as np

from ledger.screening.words import Reading

CANDIDATES = 40
"""Readings that are compared closely for each reading of a name."""


class Index:
    """Which readings share many, and rare, groups of three letters with another."""

    def __init__(self, readings: list[Reading]) -> None:
        self.same: dict[str, list[int]] = defaultdict(list)
        postings: dict[str, list[int]] = defaultdict(list)
        for position, reading in enumerate(readings):
            for key in {reading.squeezed, reading.order, reading.letters}:
                self.same[key].append(position)
            if not reading.exact:
                for gram in _grams(reading.squeezed):
                    postings[gram].append(position)
        self.size = len(readings)
        self.postings = {gram: np.array(positions) for gram, positions in postings.items()}
        self.rarity = {gram: math.log(1 + self.size / len(positions)) for gram, positions in postings.items()}
        self.totals = np.ones(self.size)
        for gram, positions in self.postings.items():
            self.totals[positions] += self.rarity[gram]

    def candidates(self, query: Reading) -> list[int]:
        """Give the positions of the readings that are worth a closer look."""
        keys = {query.squeezed, query.order, query.letters, *(word.text for word in query.words)}
        found = dict.fromkeys(position for key in sorted(keys) for position in self.same.get(key, ()))
        grams = [gram for gram in _grams(query.squeezed) if gram in self.postings]
        if grams and not query.exact:
            parts = [self.postings[gram] for gram in grams]
            weights = np.repeat([self.rarity[gram] for gram in grams], [len(part) for part in parts])
            both = np.bincount(np.concatenate(parts), weights, self.size)
            shared = both / (self.totals + sum(self.rarity[gram] for gram in grams))
            count = min(CANDIDATES, self.size)
            top = np.argpartition(shared, self.size - count)[self.size - count :]
            found |= dict.fromkeys(int(position) for position in top if shared[position])
        return list(found)


def _grams(text: str) -> set[str]:
    return {text[start : start + 3] for start in range(len(text) - 2)}
