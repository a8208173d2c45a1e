"""Names of companies and investors, folded so that two writings of one name are equal.

Used by the check (no company twice) and wherever a name is compared with another.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HAN_RUN = re.compile(_HAN.pattern + "+")
_ABBREVIATION = re.compile(r"\b(?:\w\.){2,}")
_NOT_WORD = re.compile(r"[\W_]+")

# Longest first: the legal form is cut off whole, and only at the end.
_LEGAL_FORMS_ZH = (
    "股份有限责任公司",
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "公司",
)
_LEGAL_FORMS = frozenset(
    (
        "ag bhd bv co company corp corporation gmbh inc incorporated kk limited llc llp lp ltd limitada nv ooo plc pte "
        "pty pvt sa sas sarl sdn se spa srl"
    ).split()
)
# Words that a name is often written with and without.
_COMMON = frozenset(
    (
        "ai and capital china digital fund group holding holdings information intelligence intelligent international "
        "invest investment investments partners science tech technologies technology the venture ventures"
    ).split()
)
_COMMON_ZH = ("科技", "技术", "集团", "智能", "信息", "人工智能", "资本", "投资", "创投", "基金")


def has_han(text: str) -> bool:
    """Say whether a text has Chinese characters."""
    return _HAN.search(text) is not None


def han_runs(text: str) -> list[str]:
    """Give the runs of Chinese characters in a text."""
    return _HAN_RUN.findall(text)


def without_han(text: str) -> str:
    """Give a text with a space for each run of Chinese characters."""
    return _HAN_RUN.sub(" ", text)


@cache
def spelled(name: str) -> str:
    """Give a name without case, accents and punctuation, but with its legal form.

    >>> spelled("Xi’an Skyverse Co., Ltd.")
    'xian skyverse co ltd'
    """
    text = name.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(character for character in text if not unicodedata.combining(character))
    if "." in text:
        # L.L.C.: a dot between the letters of an abbreviation is no border of words.
        text = _ABBREVIATION.sub(lambda match: match.group().replace(".", ""), text)
    return _NOT_WORD.sub(" ", text.replace("'", "").replace("’", "")).strip()


@cache
def fold(name: str) -> str:
    """Give a name without case, accents, punctuation and legal form.

    >>> fold("Hangzhou Hikvision Digital Technology Co., Ltd.")
    'hangzhou hikvision digital technology'
    >>> fold("北京智谱华章科技股份有限公司")
    '北京智谱华章科技'
    """
    words = spelled(name).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        del words[-1]
    text = " ".join(words)
    for form in _LEGAL_FORMS_ZH:
        if text.endswith(form) and len(text) > len(form):
            return text.removesuffix(form).strip()
    return text


@cache
def stem(name: str) -> str:
    """Give a folded name without the words that names are often written with and without, sorted.

    >>> stem("Sequoia Capital China") == stem("Sequoia China")
    True
    """
    words = [word for word in fold(name).split() if word not in _COMMON] or fold(name).split()
    text = " ".join(sorted(words))
    if has_han(text):
        for word in _COMMON_ZH:
            text = text.removesuffix(word) if len(text) - len(word) > 1 else text
    return text


def variants(text: str) -> Iterator[str]:
    """Give a text and every text with one of its characters left out.

    Two texts that differ by one letter share a variant, so that neighbours are found without comparing all pairs.
    """
    yield text
    for position in range(len(text)):
        yield text[:position] + text[position + 1 :]
