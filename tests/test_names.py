"""Names, folded so that two writings of one name are equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger.names import fold, han_runs, has_han, stem, variants

FOLDED = {
    "Hangzhou Hikvision Digital Technology Co., Ltd.": "hangzhou hikvision digital technology",
    "北京智谱华章科技股份有限公司": "北京智谱华章科技",
    "商汤集团有限公司": "商汤集团",
    "华为技术有限公司": "华为技术",
    "SenseTime Group Inc.": "sensetime group",
    "SENSETIME GROUP, INC": "sensetime group",
    "SenseTime Group L.L.C.": "sensetime group",
    "Yitu Pte. Ltd.": "yitu",
    "Nestlé S.A.": "nestle",
    "Xi'an IRain": "xian irain",
    "Xi’an IRain": "xian irain",
    "4Paradigm": "4paradigm",
    "Ａｌｉｂａｂａ": "alibaba",
    "Cloud-Walk": "cloud walk",
    "iFLYTEK  Co.,Ltd": "iflytek",
    "AI²Robotics": "ai2robotics",
    "Co": "co",
    "Ltd Co": "ltd",
    "公司": "公司",
    "云从科技（北京）有限公司": "云从科技 北京",
    "": "",
    "—": "",
}

ONE_STEM = [
    ("Sequoia Capital China", "Sequoia China"),
    ("Harbour Capital Partners", "Harbour Ventures"),
    ("Lantern Vision Technology Co., Ltd.", "Vision Lantern Inc."),
    ("商汤科技", "商汤集团有限公司"),
    ("红杉资本", "红杉"),
]

TWO_STEMS = [
    ("Vision Fund", "Vision Fund 2"),
    ("Alpha Capital", "Beta Capital"),
    ("商汤科技", "商汤医疗"),
    ("China Capital", "International Holdings"),
]


@pytest.mark.parametrize(("name", "folded"), FOLDED.items())
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=30))
def test_brackets_and_case_do_not_tell_names_apart(name: str) -> None:
    assert fold(f" ({name})") == fold(name)
    assert fold(fold(name).upper()) == fold(fold(name))


@pytest.mark.parametrize(("one", "other"), ONE_STEM)
def test_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other) != ""


@pytest.mark.parametrize(("one", "other"), TWO_STEMS)
def test_two_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("SenseTime 商汤 (Group) 科技", ["商汤", "科技"]),
        ("𠮷野家", ["𠮷野家"]),
        ("ソニー", []),
        ("삼성", []),
        ("SenseTime", []),
        ("", []),
    ],
)
def test_han(text: str, runs: list[str]) -> None:
    assert han_runs(text) == runs
    assert has_han(text) == bool(runs)


def test_neighbours_share_a_variant() -> None:
    assert list(variants("abc")) == ["abc", "bc", "ac", "ab"]
    for neighbour in ("lantrn", "lanterns", "lamtern"):
        assert set(variants("lantern")) & set(variants(neighbour))
    assert not set(variants("lantern")) & set(variants("latnren"))
