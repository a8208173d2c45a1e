"""The licence texts of an entry as closed values: which items need a licence, and how applications are judged.

Source of the texts: the columns "License requirement" and "License review policy" of Supplement No. 4 to Part 744 of
Title 15, Code of Federal Regulations.
"""

import re

# 744.2l(b): the list itself prints a letter l for the digit.
_SECTION = re.compile(r"\b7\d\d\.\d+l?(?:\([A-Za-z0-9]{1,4}\))*")
# A footnote's number runs into the text: 734.9(e)1 and · 734.9(g),3 746.8 · of the EAR)4 · of the EAR 2 · EAR2.
_FOOTNOTES = (
    re.compile(r"734\.9\([a-z]\),?\s*([1-9])(?=[\s,]|$)"),
    re.compile(r"\bEAR\.?\)?\s*([1-9])\s*\.?$"),
)
_REQUIREMENTS = (
    (
        r"(for )?all items subject to the ear,? except|(for )?all items subject to the ear\b.*\), except",
        "all-items-except",
    ),
    (r"(for )?all items subject to the ear\b", "all-items"),
    (r"for (any item|items) (on the ccl|subject to the ear listed)", "specified-items"),
)
_DENIAL = r"presumption (of|for) denial|policy of denial"
_POLICIES = (
    (r"presumption (of|for) denial( for all items subject to the ear)?\.?", "presumption-of-denial"),
    (
        r"policy of denial( for all items subject to the ear)?\.?( see §+ ?746\.8(\(b\))?( of the ear)?\.?)?",
        "policy-of-denial",
    ),
    (r"case-by-case( basis| review)?\.?", "case-by-case"),
    (r"(?=.*\bcas[ea]-by-case\b)(?=.*(" + _DENIAL + r")).*", "mixed"),
    (
        r"see §(?:[^a-z(]|\([a-z0-9]+\)|\band\b)*(of (the ear|this part))?\.?",
        "as-section-says",
    ),
    (
        r"the license application procedure and license review policy for entities specified .* is specified in §.*",
        "as-section-says",
    ),
    (r"presumption of approval .*|for all items subject to the ear\b.*", "other"),
)


def requirement(text: str) -> str:
    """Give the value of `license_requirement` for a text, "" where the text is of no known kind.

    >>> requirement("For all items subject to the EAR. (See § 744.11 of the EAR)")
    'all-items'
    """
    return next((value for pattern, value in _REQUIREMENTS if re.match(pattern, text.strip(), re.I)), "")


def review_policy(text: str) -> str:
    """Give the value of `license_review_policy` for a text, "" where the text is of no known kind.

    >>> review_policy("Presumption of denial.")
    'presumption-of-denial'
    """
    return next((value for pattern, value in _POLICIES if re.fullmatch(pattern, text.strip(), re.I)), "")


def sections(text: str) -> list[str]:
    """Give the sections of Title 15 that a text cites, in order, each once.

    >>> sections("(See §§ 734.9(g),3 746.8(a)(3), and 744.2l(b) of the EAR)")
    ['734.9(g)', '746.8(a)(3)', '744.21(b)']
    """
    return list(dict.fromkeys(match.replace("l", "1") for match in _SECTION.findall(text)))


def footnotes(text: str) -> list[str]:
    """Give the numbers of the footnotes that a licence requirement bears, in order.

    >>> footnotes("For all items subject to the EAR, see §§ 734.9(e) 1 and 744.11 of the EAR 2")
    ['1', '2']
    """
    return [match for pattern in _FOOTNOTES for match in pattern.findall(text.strip())]


def licence_cells(needs: str, policy: str | None) -> tuple[dict[str, str], list[str]]:
    """Give the cells of a designation for the two licence texts of its entry, and what of the texts is not known.

    A `policy` of None is one that the publication does not print. Of a text that is not known no cell is given.
    """
    cells: dict[str, str] = {}
    alarms = []
    if known := requirement(needs):
        cells |= {
            "license_requirement": known,
            "requirement_sections": ";".join(sections(needs)),
            "footnote": ";".join(footnotes(needs)),
        }
    else:
        alarms.append(f"a license requirement of no known kind: {needs!r}")
    if policy is None:
        return cells, alarms
    if known := review_policy(policy):
        cells |= {"license_review_policy": known, "review_sections": ";".join(sections(policy))}
    else:
        alarms.append(f"a license review policy of no known kind: {policy!r}")
    return cells, alarms
