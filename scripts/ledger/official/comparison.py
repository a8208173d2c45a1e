"""A publication compared with the ledger: what is new in it, what it says otherwise, what it no longer has.

What a publication is known to say otherwise than the ledger stands in `claims`, under a source that is an edition of
it: that is no news. Nothing is concluded from an entry that is gone, nor from a citation that is.
"""

from collections import defaultdict
from collections.abc import Mapping
from itertools import product

from ledger.names import fold, spelled
from ledger.official.entry import Citation, Entry, Publication
from ledger.official.missing import missing
from ledger.official.proposals import Change, Proposals
from ledger.official.standing import Standing, items_of
from ledger.official.wording import letters, signs, slug, words
from ledger.rows import Row

LISTS = frozenset({"aliases", "requirement_sections", "review_sections", "footnote"})


def compare(publication: Publication, list_id: str, tables: Mapping[str, Mapping[str, Row]], source: str) -> Proposals:
    """Compare a publication of a list with the ledger; new rows cite `source`.

    PublicationError where so many entries are gone that the publication cannot be whole.
    """
    comparison = _Comparison(publication, list_id, tables, source)
    comparison.entries()
    comparison.twins()
    return comparison.proposals


class _Comparison:
    def __init__(
        self, publication: Publication, list_id: str, tables: Mapping[str, Mapping[str, Row]], source: str
    ) -> None:
        self.publication = publication
        self.list_id = list_id
        self.source = source
        self.standing = Standing(publication, list_id, tables)
        self.taken = set(tables["designations"])
        self.notices: dict[str, Row] = dict(tables["notices"])
        self.agreed: set[tuple[str, str]] = set()
        self.proposals = Proposals(alarms=list(publication.alarms), passed_over=list(publication.passed_over))

    def entries(self) -> None:
        """Compare every entry; pair those that are new with those that are gone."""
        new, foreign = [], []
        met: set[str] = set()
        told: dict[str, str] = defaultdict(str)
        for entry in map(self.standing.parted, self.publication.entries):
            key, by_name = self.standing.designation(entry)
            if key:
                met |= {key, *self.standing.alike(entry)}
                told[key] += signs(" ".join([*entry.cells.values(), entry.text]))
                self._compare(key, entry, by_name)
            elif entry.chinese or self.publication.whole:
                new.append(entry)
            else:
                foreign.append(entry.name)
        self.proposals.read = len(self.publication.entries) - len(foreign)
        self.proposals.passed_over += foreign
        self.proposals.gone = missing(self.publication, self.standing, met, told)
        for entry in new:
            key = self.standing.renamed(entry, self.proposals.gone)
            if key:
                del self.proposals.gone[key]
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

    def _compare(self, key: str, entry: Entry, by_name: bool) -> None:
        row = self.standing.rows[key]
        unread = self.standing.cited_otherwise(key)
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
            stated = ";".join([*items_of(row["modified_by"]), *new])
            self.proposals.changes.insert(before, Change(key, "modified_by", row["modified_by"], stated, entry.where))

    def _compare_cell(self, key: str, column: str, entry: Entry, notice_id: str) -> None:
        row, stated = self.standing.rows[key], entry.cells[column]
        claimed = self.standing.claims[key, column]
        if self._same(column, stated, row[column]):
            self.agreed.add((key, column))
        elif any(self._same(column, stated, value) for value in claimed):
            return
        elif claimed and column in LISTS:
            self._merge(key, column, entry, notice_id)
        elif claimed:
            self.proposals.alarms.append(
                f"{entry.where}: {entry.name}: {column} is {stated!r}, where it was {claimed[-1]!r} "
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
        row, stated = items_of(self.standing.rows[key][column]), items_of(entry.cells[column])
        told = {letters(item): item for item in stated}
        before = max(
            ({letters(item) for item in items_of(value)} for value in self.standing.claims[key, column]),
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
        known = {column: [self.standing.rows[key][column], *self.standing.claims[key, column]] for column in columns}
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
            return {plain(item) for item in items_of(stated)} == {plain(item) for item in items_of(known)}
        return column in LISTS and set(items_of(stated)) == set(items_of(known))

    def _cited_anew(self, key: str, entry: Entry) -> list[str]:
        """Give the notices that an entry cites and its designation does not yet name."""
        row = self.standing.rows[key]
        known = {row["notice_id"], row["delisted_by"], *items_of(row["modified_by"])}
        if row["part_of"] in self.standing.rows:
            # The record of a unit repeats that of its entity.
            known.add(self.standing.rows[row["part_of"]]["notice_id"])
        claimed = self.standing.cited_otherwise(key)
        new = []
        for citation in entry.citations:
            notices = self.standing.pages.get(citation.page, [])
            if citation.page not in claimed and not known & set(notices) and not set(claimed) & set(notices):
                new += [notices[0]] if notices else self._notice(citation, entry)
        return new

    def _change(self, key: str, column: str, after: str, entry: Entry, notice_id: str) -> None:
        before = self.standing.rows[key][column]
        self.proposals.changes.append(Change(key, column, before, after, entry.where, notice_id))

    def _notice(self, citation: Citation, entry: Entry) -> list[str]:
        """Propose the notice of a citation that no notice bears; without its date there is none to propose."""
        if citation.page in self.standing.elsewhere:
            self.proposals.alarms.append(
                f"{entry.where}: {entry.name}: it cites {citation.page}, a notice of another list: add {self.list_id} "
                f"to other_lists of {self.standing.elsewhere[citation.page]}"
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
        self.standing.pages[citation.page].append(key)
        return [key]

    def _add(self, entry: Entry) -> None:
        """Propose the row of a new entry; what is not understood of it is an alarm instead."""
        where = f"{entry.where}: {entry.name}"
        cited: list[str] = []
        for citation in entry.citations or self.publication.notice:
            cited += self.standing.pages.get(citation.page, [])[:1] or self._notice(citation, entry)
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
        wholes = [
            key for key in self.standing.named.get(letters(entry.part_of), []) if not self.standing.rows[key]["part_of"]
        ]
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
