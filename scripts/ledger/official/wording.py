"""Names and addresses as publications word them, compared without what they word differently."""

import re

from rapidfuzz import fuzz

from ledger.names import fold, spelled

_BOILERPLATE = frozenset(
    "a k a aka f the following alias aliases and one two three four five six seven eight nine ten eleven twelve".split()
)
POINTER = re.compile(r"\(see (?:also )?(?:alternat|address)[^)]*\)", re.I)
"""Where an entry points to the addresses that it has under another destination."""


def letters(name: str) -> str:
    """Give the letters and digits of a folded name, so that Xi'an and Xi’an, 32 Group and 32Group are equal."""
    return re.sub(r"[\W_]+", "", fold(name))


def signs(name: str) -> str:
    """Give the letters and digits of a name, those of its legal form too."""
    return spelled(name).replace(" ", "")


def likeness(one: str, other: str) -> float:
    """Say of 100 how near two names are, whatever the order of their words."""
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))


def words(text: str) -> list[str]:
    """Give the words of a text in order of the alphabet, without those that only join names and addresses."""
    found = re.findall(r"\w+", POINTER.sub(" ", text.replace("'", "").replace("’", "")).casefold())
    return sorted(word for word in found if word not in _BOILERPLATE)


def slug(name: str) -> str:
    """Give a folded name as an id: lower-case ASCII words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-") or "entry"
