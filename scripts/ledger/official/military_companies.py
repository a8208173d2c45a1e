"""The Section 1260H list as the Federal Register prints it: XML of a notice of designation.

An entity is a paragraph: its name, its short name in brackets, its subsidiaries in brackets. The reasons follow in a
paragraph that begins with a bullet.
"""

import re
from xml.etree import ElementTree

from ledger.official.entry import Entry, Publication, PublicationError, Work, listed, tidy

WORK = Work(
    "Office of the Federal Register",
    "Notice of Availability of Designation of Chinese Military Companies",
    "federal-register-{date}-chinese-military-companies",
)
_BEGINS, _ENDS = "qualify for designation", "should be removed"
_SUBSIDIARIES = re.compile(r"\s*\((?:and|including) [^():]*subsidiar\w*:\s*(.*)\)$")
_SHORT = re.compile(r"\s*\(([^()]*(?:\([^()]*\))?)\)$")
_FORM = re.compile(r"^(?:Ltd|Inc|Co|Corp|LLC|Limited|PLC|Americas)\b\.?")
_STOP = re.compile(r"(?<!Ltd)(?<!Inc)(?<!Co)(?<!Corp)\.$")


def from_xml(text: str) -> Publication:
    """Read the full text of a notice; PublicationError where it designates nobody or an entity has no reasons."""
    root = ElementTree.fromstring(text)  # noqa: S314  expat itself bounds what entities grow to
    paragraphs = [tidy("".join(element.itertext())) for element in root.iter() if element.tag in ("P", "FP")]
    begins = [number for number, words in enumerate(paragraphs) if _BEGINS in words]
    ends = [number for number, words in enumerate(paragraphs) if _ENDS in words]
    if not begins or not ends:
        raise PublicationError("it does not say which entities qualify and which are removed: is it the notice, whole?")
    publication = Publication(WORK, [], exact_names=True, whole=True)
    reasons = 0
    for words in filter(None, paragraphs[begins[0] + 1 : ends[0]]):
        if words.startswith("•"):
            reasons += 1
        else:
            publication.entries += _entries(words)
    parents = sum(not entry.part_of for entry in publication.entries)
    if reasons != parents:
        raise PublicationError(f"it has {parents} entities and reasons for {reasons}: a name was broken in two")
    return publication


def subsidiaries(text: str) -> list[str]:
    """Give the names of a printed enumeration apart; a legal form after a comma belongs to the name before it.

    >>> subsidiaries("BGI Genomics Co., Ltd. (BGI), Complete Genomics, Inc., and MGI Tech Co., Ltd.")
    ['BGI Genomics Co., Ltd. (BGI)', 'Complete Genomics, Inc.', 'MGI Tech Co., Ltd.']
    """
    names: list[str] = []
    for one in re.split(r",\s*(?:and\s+)?|\. \. ", text):
        if names and _FORM.match(one):
            names[-1] += f", {one}"
        elif one.strip(" ."):
            names.append(one.strip())
    return [_STOP.sub("", name) for name in names]


def part(name: str, whole: str, where: str) -> Entry:
    """Give the entry of a subsidiary that is named inside the entry of another entity."""
    short = _SHORT.search(name)
    name = name[: short.start()] if short else name
    aliases = re.sub(r"^formerly ", "", short[1]) if short else ""
    return Entry(where, name, {"entity_name": name, "aliases": listed([aliases])}, part_of=whole)


def _entries(words: str) -> list[Entry]:
    within = _SUBSIDIARIES.search(words)
    words = words[: within.start()] if within else words
    short = _SHORT.search(words)
    name = words[: short.start()] if short else words
    where = f"the paragraph of {name[:40]!r}"
    whole = Entry(where, name, {"entity_name": name, "aliases": listed([short[1]] if short else [])})
    return [whole, *(part(one, name, where) for one in subsidiaries(within[1] if within else ""))]
