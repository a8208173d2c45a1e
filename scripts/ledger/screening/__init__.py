"""Names screened against companies, their aliases and every designation."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from rapidfuzz import fuzz

from ledger.package import Package
from ledger.screening.entries import Entry, Hit, ListRead, entries, lists_read, tables_of
from ledger.screening.index import Index
from ledger.screening.likeness import Weights, likeness
from ledger.screening.words import Reading, readings

THRESHOLD = 82.0
"""The least score of a hit.

Measured with all 1,487 names of the US lists: at 82 none of 200 unrelated names hits, and of the names with one letter
wrong 98 to 99 in 100 come back; at 80 the first unrelated name hits, and at 88 one more in 100 of the others is lost.
"""


class Screening:
    """The names of all entries, each read and indexed once."""

    def __init__(self, entries: Iterable[Entry], lists: Iterable[ListRead]) -> None:
        self.entries = list(entries)
        self.lists = list(lists)
        self.brought: dict[str, list[int]] = defaultdict(list)
        self.readings: list[Reading] = []
        self.owners: list[int] = []
        for position, entry in enumerate(self.entries):
            if entry.hit.kind == "designation" and entry.hit.company_id:
                self.brought[entry.hit.company_id].append(position)
            for rank, name in enumerate(entry.names):
                for reading in readings(name, alias=rank > 0):
                    self.readings.append(reading)
                    self.owners.append(position)
        self.weights = Weights(self.readings)
        self.index = Index(self.readings)

    @classmethod
    def of(cls, package: Package) -> "Screening":
        """Read the entries of a package; ScreenError names the table that cannot be read whole."""
        tables = tables_of(package)
        return cls(entries(tables), lists_read(tables))

    def hits(self, name: str) -> list[Hit]:
        """Give the hits of a name, the best first, each company followed by its designations."""
        best: dict[int, Match] = {}
        letters = name.casefold()
        for query in readings(name):
            for position in self.index.candidates(query):
                reading = self.readings[position]
                owner = self.owners[position]
                score = round(100 * likeness(query, reading, self.weights), 1)
                own = reading.name == self.entries[owner].names[0]
                via = "acronym" if reading.acronym else "name" if own else "alias"
                match = (score, own, fuzz.ratio(letters, reading.name.casefold()), reading.name, via)
                if score and (owner not in best or match > best[owner]):
                    best[owner] = match
        return [replace(hit, query=name) for hit in self._in_order(best)]

    def _in_order(self, best: Mapping[int, "Match"]) -> Iterator[Hit]:
        def rank(position: int) -> tuple[object, ...]:
            score, own, letters, *_ = best.get(position, (0.0, False, 0.0, "", ""))
            hit = self.entries[position].hit
            return -score, bool(hit.delisted_on), hit.kind == "company", not own, -letters, hit.listed_on, hit.id

        given: set[int] = set()
        for position in sorted((one for one, match in best.items() if match[0] >= THRESHOLD), key=rank):
            if position in given:
                continue
            given.add(position)
            entry, (score, _, _, matched, via) = self.entries[position], best[position]
            yield replace(entry.hit, score=score, matched=matched, via=via)
            if entry.hit.kind == "company":
                for other in sorted(set(self.brought[entry.hit.id]) - given, key=rank):
                    given.add(other)
                    yield replace(self.entries[other].hit, score=score, matched=matched, via="company")


Match = tuple[float, bool, float, str, str]
"""How well an entry matches a name: the score, whether by its own name, how alike the letters are, that name, via."""
