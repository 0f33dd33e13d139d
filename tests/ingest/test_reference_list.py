"""The works that a paper lists: each with its year, whatever the style of the list."""

import pytest

from ingest.reference_list import listed_works

AUTHOR_DATE = """Conclusion

Snow lies on roofs, as was said (Holm 2012).

References

Holm A, Berg O (2012). “The Gauge of Bridges.” Journal of Bridges, 3(2), 1609–1617.
doi:10.1000/xyz1999.

Ray B (1999). A Book of Weirs. Ald Press,

Corran. URL https://example.org/2004/weirs.

Lind T (1842). Mills without Millers.

Affiliation:

Ada Holm, Institute of Water, founded in 1901
"""
NUMBERED = """7. REFERENCES

[1] A. Holm and O. Berg. The gauge of bridges. In Proc. of Bridges, pages 3–9, 2012. [2] B. Ray. A
book of weirs. Ald Press, 1999.

[3] T. Lind. Mills without millers. Forthcoming.

[4] E. Roux. Snow in 1816 and later. Skerry, 2001.
"""


def test_works_by_author_and_year() -> None:
    found = listed_works(AUTHOR_DATE)
    assert [each.year for each in found] == ["2012", "1999", "1842"]
    assert found[0].doi == "10.1000/xyz1999"
    assert found[1].text.endswith("URL https://example.org/2004/weirs.")


def test_works_by_number_several_in_a_paragraph() -> None:
    found = listed_works(NUMBERED)
    assert [each.text[:3] for each in found] == ["[1]", "[2]", "[3]", "[4]"]
    assert [each.year for each in found] == ["2012", "1999", "", "1816"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "References\n\n",
        "It lists references.\n\nIn 1999 it rained. In 2001 it did not.",
        "References\n\nThey are kept by the office.\n\nAsk there.\n\nIn 1999 it moved.",
    ],
)
def test_what_is_no_list_lists_nothing(text: str) -> None:
    assert listed_works(text) == []
