"""Which entries a publication lacks, and whether so many that it cannot be whole."""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from ledger.official.entry import Publication, PublicationError
from ledger.official.standing import Standing, items_of
from ledger.official.wording import letters

MAY_BE_GONE = 0.05
"""The share of the expected entries that may be gone, of a long list; a half-read file lacks more."""
FEW = 10
"""So many may be gone of a short list, but no more than half of it."""

IN_ORDER = 0.95
AT_THE_END = 5
"""The share of the entries that follow each other in order of names, and how many may be gone behind the last."""


def missing(publication: Publication, standing: Standing, met: set[str], told: Mapping[str, str]) -> dict[str, int]:
    """Give the entries that a publication lacks, each with how many of its units are gone with it.

    `met` are those it has, `told` what it says within the entry of each, where a unit may be named. PublicationError
    where it lacks so many that it cannot be whole.
    """
    lacking = _lacking(standing, met, told)
    # Where an entity is gone, its units go with it.
    units = Counter(whole for whole in lacking.values() if whole in lacking)
    gone = {key: units[key] for key, whole in lacking.items() if whole not in lacking}
    # The units of an entity that was removed before are one question too.
    questions = {lacking[key] if lacking[key] and lacking[key] not in standing.rows else key for key in gone}
    expected = len(met) + len(lacking)
    bearable = max(min(FEW, expected / 2), MAY_BE_GONE * expected)
    if len(questions) > bearable or not publication.entries:
        reason = (
            f"it lacks {len(lacking)} of the {expected} entries that it had: download it again; if it is whole, find "
            "the notice that removed them"
        )
        raise PublicationError("; ".join([*publication.alarms, reason]))
    _need_end(publication, [letters(standing.rows[key]["entity_name"]) for key in gone])
    return gone


def _lacking(standing: Standing, met: set[str], told: Mapping[str, str]) -> dict[str, str]:
    """Give what stands and was not met, each with the entity whose unit it is."""
    had = {key for key, row in standing.rows.items() if standing.editions & set(items_of(row["sources"]))}
    return {
        key: row["part_of"]
        for key, row in standing.rows.items()
        if key not in met
        # A publication that has not told most entries yet is asked for every one.
        and (key in had or len(had) * 2 < len(standing.rows))
        # A unit may be told of in the text of its entity's entry only, by any of its names.
        and not any(
            letters(name) in told.get(row["part_of"], "") for name in [row["entity_name"], *items_of(row["aliases"])]
        )
    }


def _need_end(publication: Publication, lacks: list[str]) -> None:
    """Refuse a publication in order of names that ends before all the entries that it lacks."""
    names = [letters(entry.name) for entry in publication.entries]
    in_order = sum(one <= other for one, other in pairwise(names)) >= IN_ORDER * (len(names) - 1)
    if in_order and len(lacks) >= AT_THE_END and min(lacks) > names[-1]:
        raise PublicationError(
            f"the {len(lacks)} entries that it lacks would all stand behind its last one, "
            f"{publication.entries[-1].name!r}: it was cut off there; download it again"
        )
