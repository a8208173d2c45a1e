"""What an official publication states, in the words of the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ledger.errors import LedgerError


class PublicationError(LedgerError):
    """A publication is not in a form that is known, or not whole: nothing may be concluded from it."""


@dataclass(frozen=True)
class Citation:
    """A page of the Federal Register as an entry cites it, with the date of its issue where the entry gives it."""

    page: str
    published_on: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of a list.

    `cells` holds columns of `designations` that the publication states, as the ledger writes them; a column that is
    not in it is one of which the publication says nothing. `citations` are those of the Federal Register, in the
    order of the entry. `countries` are the ISO 3166-1 codes of its addresses, empty where they are not told.
    `part_of` names the entity whose unit the entry is. `text` is what the entry says of names and addresses, where
    the publication does not part them. `alarms` say what of the entry could not be understood.
    """

    where: str
    name: str
    cells: Mapping[str, str]
    citations: tuple[Citation, ...] = ()
    countries: frozenset[str] = frozenset()
    part_of: str = ""
    text: str = ""
    alarms: tuple[str, ...] = ()

    @property
    def chinese(self) -> bool:
        """Whether the entry is under China, Hong Kong or Macau, or has an address there, as far as it is told."""
        destination = self.cells.get("destination")
        return destination in CHINA if destination else not self.countries or bool(self.countries & {"CN", "HK", "MO"})


CHINA = ("China", "Hong Kong", "Macau")


@dataclass(frozen=True)
class Work:
    """A publication without regard to its date; its editions are the sources of its publisher and title."""

    publisher: str
    title: str
    slug: str
    """The id of an edition, with {date} for its date."""
    kind: str = "regulation"

    def editions(self, sources: Mapping[str, Mapping[str, str]]) -> frozenset[str]:
        """Give the ids of those sources that are editions of it."""
        return frozenset(
            key for key, row in sources.items() if (row["publisher"], row["title"]) == (self.publisher, self.title)
        )


@dataclass
class Publication:
    """The entries of one list as one publication has them.

    `exact_names` says whether names are printed with care for punctuation, `whole` whether every entry is the
    ledger's business and not only those of China, `splits` whether aliases and addresses come one by one. `notice` is
    the notice that the publication is, where it is one. `passed_over` names what is no business of the ledger.
    """

    work: Work
    entries: list[Entry]
    exact_names: bool = False
    whole: bool = False
    splits: bool = True
    notice: tuple[Citation, ...] = ()
    passed_over: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)


def tidy(text: str) -> str:
    """Give a text with single spaces, straight apostrophes and no space at its ends."""
    return " ".join(text.replace("’", "'").replace("\xa0", " ").split())


def iso(day: str, form: str, of: str) -> str:
    """Give a day written in a form of `strptime` in ISO 8601.

    PublicationError, which tells what the day is of, where it is written otherwise.
    """
    try:
        return datetime.strptime(day, form).date().isoformat()
    except ValueError:
        like = date(2026, 8, 13).strftime(form)
        raise PublicationError(
            f"{of} has {day!r} where a day like {like!r} is expected: is it a misprint, or has the form changed?"
        ) from None


def listed(items: list[str]) -> str:
    """Write items as a cell holds a list, each once; a semicolon in an item becomes a comma."""
    return ";".join(dict.fromkeys(item.replace(";", ",") for item in items if item))
