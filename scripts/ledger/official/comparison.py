"""A publication compared with the ledger: what is new in it, what it says otherwise, what it no longer has.

What a publication is known to say otherwise than the ledger stands in `claims`, under a source that is an edition of
it: that is no news. Nothing is concluded from an entry that is gone, nor from a citation that is.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise, product

from ledger.names import fold, spelled
from ledger.official.codified import addresses
from ledger.official.entry import CHINA, Citation, Entry, Publication, PublicationError, listed
from ledger.official.proposals import Change, Proposals
from ledger.official.wording import letters, likeness, signs, slug, words
from ledger.rows import Row

MAY_BE_GONE = 0.05
"""The share of the expected entries that may be gone, of a long list; a half-read file lacks more."""
FEW = 10
"""So many may be gone of a short list, but no more than half of it."""
RENAMED = 75
MISSPELT = 95
"""Of 100: an entry that is gone and a new one of the same notice whose names are this near are one, renamed.

The first holds of folded names, the second of whole ones: a slip in a legal form keeps it from being folded.
"""

IN_ORDER = 0.95
AT_THE_END = 5
"""The share of the entries that follow each other in order of names, and how many may be gone behind the last."""

NOTHING = "(none)"
"""The value of a claim whose source leaves the cell empty."""
LISTS = frozenset({"aliases", "requirement_sections", "review_sections", "footnote"})


def compare(publication: Publication, list_id: str, tables: Mapping[str, Mapping[str, Row]], source: str) -> Proposals:
    """Compare a publication of a list with the ledger; new rows cite `source`.

    PublicationError where so many entries are gone that the publication cannot be whole.
    """
    comparison = _Comparison(publication, list_id, tables, source)
    comparison.entries()
    comparison.twins()
    comparison.gone()
    return comparison.proposals


class _Comparison:
    def __init__(
        self, publication: Publication, list_id: str, tables: Mapping[str, Mapping[str, Row]], source: str
    ) -> None:
        self.publication = publication
        self.list_id = list_id
        self.source = source
        self.editions = publication.work.editions(tables["sources"])
        self.taken = set(tables["designations"])
        self.standing = {
            key: row
            for key, row in tables["designations"].items()
            if row["list_id"] == list_id and not row["delisted_on"] and not row["delisted_by"]
        }
        self.claims: dict[tuple[str, str], list[str]] = defaultdict(list)
        for claim in tables["claims"].values():
            if claim["table"] == "designations" and claim["source_id"] in self.editions:
                value = "" if claim["value"] == NOTHING else claim["value"]
                self.claims[claim["row_id"], claim["column"]].append(value)
        self.notices: dict[str, Row] = dict(tables["notices"])
        self.pages: dict[str, list[str]] = defaultdict(list)
        self.elsewhere: dict[str, str] = {}
        for key, notice in tables["notices"].items():
            ours = list_id in (notice["list_id"], *_items(notice["other_lists"]))
            for page in [notice["citation"], *_items(notice["cited_as"])]:
                if ours:
                    self.pages[page].append(key)
                else:
                    self.elsewhere[page] = key
        self.named: dict[str, list[str]] = defaultdict(list)
        self.called: dict[str, list[str]] = defaultdict(list)
        for key, row in self.standing.items():
            for name in [row["entity_name"], *self.claims[key, "entity_name"]]:
                self.named[letters(name)].append(key)
            for alias in _items(row["aliases"]):
                self.called[letters(alias)].append(key)
        self.met: set[str] = set()
        self.told: dict[str, str] = defaultdict(str)
        self.agreed: set[tuple[str, str]] = set()
        self.proposals = Proposals(alarms=list(publication.alarms), passed_over=list(publication.passed_over))

    def entries(self) -> None:
        """Compare every entry; pair those that are new with those that are gone."""
        new, foreign = [], []
        for entry in map(self._parted, self.publication.entries):
            key, by_name = self._designation(entry)
            if key:
                # Two names that a publication runs together are claimed by both.
                alike = self.named.get(letters(entry.name), [])
                self.met |= {key, *(one for one in alike if entry.name in self.claims[one, "entity_name"])}
                self.told[key] += signs(" ".join([*entry.cells.values(), entry.text]))
                self._compare(key, entry, by_name)
            elif entry.chinese or self.publication.whole:
                new.append(entry)
            else:
                foreign.append(entry.name)
        self.proposals.read = len(self.publication.entries) - len(foreign)
        self.proposals.passed_over += foreign
        had = {key for key, row in self.standing.items() if self.editions & set(_items(row["sources"]))}
        missing = {
            key: row["part_of"]
            for key, row in self.standing.items()
            if key not in self.met
            # A publication that has not told most entries yet is asked for every one.
            and (key in had or len(had) * 2 < len(self.standing))
            # A unit may be told of in the text of its entity's entry only, by any of its names.
            and not any(
                letters(name) in self.told[row["part_of"]] for name in [row["entity_name"], *_items(row["aliases"])]
            )
        }
        # Where an entity is gone, its units go with it.
        self.missing = [key for key, whole in missing.items() if whole not in missing]
        self.units = Counter(whole for whole in missing.values() if whole in missing)
        expected = len(self.met) + len(missing)
        bearable = max(min(FEW, expected / 2), MAY_BE_GONE * expected)
        # The units of an entity that was removed before are one question too.
        questions = {whole if whole and whole not in self.standing else key for key, whole in missing.items()}
        if len(questions & {*self.missing, *missing.values()}) > bearable or not self.publication.entries:
            reason = (
                f"it lacks {len(missing)} of the {expected} entries that it had: download it again; if it is whole, "
            )
            raise PublicationError("; ".join([*self.publication.alarms, reason + "find the notice that removed them"]))
        self._end()
        for entry in new:
            key = self._renamed(entry)
            if key:
                self.missing.remove(key)
                self.met.add(key)
                self._compare(key, entry, by_name=True)
            else:
                self._add(entry)

    def twins(self) -> None:
        """Ask about a cell of which two entries of one designation say different things, one of them what stands there.

        Written, it would be proposed back by the other.
        """
        changes = self.proposals.changes
        self.proposals.changes = [one for one in changes if (one.designation_id, one.column) not in self.agreed]
        self.proposals.alarms += [
            f"{one.where}: {one.designation_id} stands twice in the publication, and {one.column} is once "
            f"{one.after!r}: find out which holds, and write the other as a claim"
            for one in changes
            if (one.designation_id, one.column) in self.agreed
        ]

    def gone(self) -> None:
        """Ask about the entries that the publication had and no longer has."""
        self.proposals.gone = {key: self.units[key] for key in self.missing}

    def _end(self) -> None:
        """Refuse a publication in order of names that ends before all the entries that it lacks."""
        names = [letters(entry.name) for entry in self.publication.entries]
        in_order = sum(one <= other for one, other in pairwise(names)) >= IN_ORDER * (len(names) - 1)
        lacks = [letters(self.standing[key]["entity_name"]) for key in self.missing]
        if in_order and len(lacks) >= AT_THE_END and min(lacks) > names[-1]:
            raise PublicationError(
                f"the {len(lacks)} entries that it lacks would all stand behind its last one, "
                f"{self.publication.entries[-1].name!r}: it was cut off there; download it again"
            )

    def _designation(self, entry: Entry) -> tuple[str, bool]:
        """Find the designation that an entry is; of several of one name, that which its citations fit."""
        for index, by_name in ((self.named, True), (self.called, False)):
            found = [
                key
                for key in dict.fromkeys(index.get(letters(entry.name), []))
                # An entity stands under several headings; a reading without headings tells its addresses.
                if self.publication.whole or (self.standing[key]["destination"] in CHINA) == entry.chinese
            ]
            # Skyverse and Skyverse Limited are two: the very name comes before a name of other legal form.
            found.sort(key=lambda key: spelled(self.standing[key]["entity_name"]) != spelled(entry.name))
            fitting = [key for key in found if self._fits(key, entry)]
            if fitting or (by_name and found):
                return (fitting or found)[0], by_name
        return "", False

    def _parted(self, entry: Entry) -> Entry:
        """Part undivided text behind the longest name in the ledger with which it begins: a name may hold a comma."""
        if self.publication.splits:
            return entry
        names = (row["entity_name"] for row in self.standing.values())
        name = max((name for name in names if entry.text.startswith(f"{name},")), key=len, default="")
        if len(name) <= len(entry.name):
            return entry
        at = listed(addresses(entry.text.removeprefix(name)))
        return replace(entry, name=name, cells={**entry.cells, "entity_name": name, "addresses": at})

    def _fits(self, key: str, entry: Entry) -> bool:
        row = self.standing[key]
        of_row = {row["notice_id"], *_items(row["modified_by"])}
        claimed = self.claims[key, "notice_id"] + self.claims[key, "modified_by"]
        return not entry.citations or any(
            citation.page in claimed or of_row & set(self.pages.get(citation.page, [])) for citation in entry.citations
        )

    def _renamed(self, entry: Entry) -> str:
        """Give the entry that is gone and stands here under a new name, the nearest of several, if there is one."""
        near = []
        for key in self.missing:
            name = self.standing[key]["entity_name"]
            folded, whole = likeness(fold(name), fold(entry.name)), likeness(spelled(name), spelled(entry.name))
            if (folded >= RENAMED or whole >= MISSPELT) and self._fits(key, entry):
                near.append((whole, key))
        return max(near, default=(0, ""))[1]

    def _compare(self, key: str, entry: Entry, by_name: bool) -> None:
        row = self.standing[key]
        unread = self.claims[key, "notice_id"] + self.claims[key, "modified_by"]
        for alarm in entry.alarms:
            if not any(repr(value) in alarm for value in unread):
                self.proposals.alarms.append(f"{entry.where}: {entry.name}: {alarm}")
        new = self._cited_anew(key, entry)
        if not by_name:
            return
        before = len(self.proposals.changes)
        notice_id = new[0] if len(new) == 1 else ""
        if not self.publication.splits:
            self._compare_text(key, entry, notice_id)
        for column in entry.cells:
            if self.publication.splits or column not in ("aliases", "addresses"):
                self._compare_cell(key, column, entry, notice_id)
        if new:
            stated = ";".join([*_items(row["modified_by"]), *new])
            self.proposals.changes.insert(before, Change(key, "modified_by", row["modified_by"], stated, entry.where))

    def _compare_cell(self, key: str, column: str, entry: Entry, notice_id: str) -> None:
        row, stated = self.standing[key], entry.cells[column]
        if self._same(column, stated, row[column]):
            self.agreed.add((key, column))
        elif any(self._same(column, stated, value) for value in self.claims[key, column]):
            return
        elif self.claims[key, column] and column in LISTS:
            self._merge(key, column, entry, notice_id)
        elif self.claims[key, column]:
            self.proposals.alarms.append(
                f"{entry.where}: {entry.name}: {column} is {stated!r}, where it was {self.claims[key, column][-1]!r} "
                f"and {key} has {row[column]!r}: find out what has changed, and mend the row or the claim"
            )
        elif column == "listed_on" and row["notice_id"]:
            self.proposals.alarms.append(
                f"{entry.where}: {entry.name}: it is dated {stated}, and {key} {row['listed_on']} by its notice: "
                "add the notice of that date to modified_by, or the date to claims"
            )
        else:
            self._change(key, column, stated, entry, notice_id)

    def _merge(self, key: str, column: str, entry: Entry, notice_id: str) -> None:
        """Propose for a list, of which this publication is known to tell another part, only what it tells anew."""
        row, stated = _items(self.standing[key][column]), _items(entry.cells[column])
        told = {letters(item): item for item in stated}
        before = max(
            ({letters(item) for item in _items(value)} for value in self.claims[key, column]),
            key=lambda items: len(items & told.keys()),
        )
        kept = [item for item in row if letters(item) not in before - told.keys()]
        known = {letters(item) for item in kept}
        after = kept + [item for name, item in told.items() if name not in before and name not in known]
        if after != row:
            self._change(key, column, ";".join(after), entry, notice_id)

    def _compare_text(self, key: str, entry: Entry, notice_id: str) -> None:
        """Compare names and addresses word by word, where the publication does not part them."""
        columns = ("entity_name", "aliases", "addresses")
        known = {column: [self.standing[key][column], *self.claims[key, column]] for column in columns}
        if any(words(" ".join(cells)) == words(entry.text) for cells in product(*known.values())):
            return
        differing = [column for column in columns if words(entry.cells[column]) not in map(words, known[column])]
        for column in differing:
            if column != "entity_name":
                self._change(key, column, entry.cells[column], entry, notice_id)
        if not differing:
            self.proposals.alarms.append(f"{entry.where}: {entry.name}: it has words that could not be read apart")

    def _same(self, column: str, stated: str, known: str) -> bool:
        if stated == known:
            return True
        if column == "entity_name":
            return not self.publication.exact_names and letters(stated) == letters(known)
        if column == "aliases":
            plain = signs if self.publication.exact_names else letters
            return {plain(item) for item in _items(stated)} == {plain(item) for item in _items(known)}
        return column in LISTS and set(_items(stated)) == set(_items(known))

    def _cited_anew(self, key: str, entry: Entry) -> list[str]:
        """Give the notices that an entry cites and its designation does not yet name."""
        row = self.standing[key]
        known = {row["notice_id"], row["delisted_by"], *_items(row["modified_by"])}
        if row["part_of"] in self.standing:
            known.add(self.standing[row["part_of"]]["notice_id"])  # the record of a unit repeats that of its entity
        claimed = self.claims[key, "notice_id"] + self.claims[key, "modified_by"]
        new = []
        for citation in entry.citations:
            notices = self.pages.get(citation.page, [])
            if citation.page not in claimed and not known & set(notices) and not set(claimed) & set(notices):
                new += [notices[0]] if notices else self._notice(citation, entry)
        return new

    def _change(self, key: str, column: str, after: str, entry: Entry, notice_id: str) -> None:
        before = self.standing[key][column]
        self.proposals.changes.append(Change(key, column, before, after, entry.where, notice_id))

    def _notice(self, citation: Citation, entry: Entry) -> list[str]:
        """Propose the notice of a citation that no notice bears; without its date there is none to propose."""
        if citation.page in self.elsewhere:
            self.proposals.alarms.append(
                f"{entry.where}: {entry.name}: it cites {citation.page}, a notice of another list: add {self.list_id} "
                f"to other_lists of {self.elsewhere[citation.page]}"
            )
            return []
        if not citation.published_on:
            self.proposals.alarms.append(
                f"{entry.where}: {entry.name}: it cites {citation.page}, which no notice bears: add the notice, or "
                "the page to the cited_as of its notice"
            )
            return []
        key = citation.page.lower().replace(" ", "-")
        notice = {
            "notice_id": key,
            "list_id": self.list_id,
            "citation": citation.page,
            "published_on": citation.published_on,
            "sources": self.source,
        }
        self.proposals.notices.append(notice)
        self.notices[key] = defaultdict(str, notice)
        self.pages[citation.page].append(key)
        return [key]

    def _add(self, entry: Entry) -> None:
        """Propose the row of a new entry; what is not understood of it is an alarm instead."""
        where = f"{entry.where}: {entry.name}"
        cited: list[str] = []
        for citation in entry.citations or self.publication.notice:
            cited += self.pages.get(citation.page, [])[:1] or self._notice(citation, entry)
        cited = list(dict.fromkeys(cited))
        alarms = list(entry.alarms)
        if not letters(entry.name):
            alarms.append("it has no name")
        if entry.citations and not cited:
            return  # each of its citations is an alarm already
        notice = self.notices.get(cited[0]) if cited else None
        if notice:
            effective = notice["effective_on"]
            when, basis = effective or notice["published_on"], "effective" if effective else "publication"
        else:
            when, basis = entry.cells.get("listed_on", ""), "stated"
        if not when:
            alarms.append("it is new, and neither a notice nor a date tells since when")
        self.proposals.alarms += [f"{where}: {alarm}" for alarm in alarms]
        if alarms:
            return
        self.proposals.designations.append(
            dict.fromkeys(("company_id", "relation"), "")
            | {"destination": "China"}
            | dict(entry.cells)
            | {
                "designation_id": self._new_id(entry.name, when),
                "list_id": self.list_id,
                "notice_id": cited[0] if cited else "",
                "listed_on": when,
                "listed_on_basis": basis,
                "modified_by": ";".join(cited[1:]),
                "sources": self.source,
                **self._whole(entry),
            }
        )

    def _whole(self, entry: Entry) -> dict[str, str]:
        """Give the cells that tell inside whose entry a new one is named."""
        wholes = [key for key in self.named.get(letters(entry.part_of), []) if not self.standing[key]["part_of"]]
        if len(wholes) == 1:
            return {"part_of": wholes[0], "notes": ""}
        return {"part_of": "", "notes": f"Listed inside the entry of {entry.part_of}." if entry.part_of else ""}

    def _new_id(self, name: str, when: str) -> str:
        key = f"{self.list_id}-{slug(fold(name))}"
        if key in self.taken:
            key = f"{self.list_id}-{slug(spelled(name))}"
        if key in self.taken:
            key = f"{key}-{when[:4]}"
        while key in self.taken:
            key += "-again"
        self.taken.add(key)
        return key


def _items(cell: str) -> list[str]:
    return cell.split(";") if cell else []
