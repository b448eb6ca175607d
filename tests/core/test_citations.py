"""Citations read from what reference managers write, and written so that they read them again."""

import pytest

from annotations.core.citations import as_bibtex, as_ris, columns_in, csl_of, read_citation
from annotations.core.errors import Invalid

BIBTEX = r"""
@article{doe2023,
  title = {{Khamenei to Haniyeh: {\"U}ber uns}},
  author = {Doe, Jane and {The Staff of Reuters}},
  journal = {Reuters},
  year = 2023, month = nov, day = {15},
  url = {https://example.org/a?b=1&c=2},
  pages = {1--7},
}
"""
RIS = """TY  - NEWS
TI  - Khamenei to Haniyeh:
      a long title goes on
AU  - Doe, Jane
AU  - Reuters
JF  - Reuters World News
DA  - 2023/11/15/
UR  - https://example.org/a
SP  - 1
EP  - 7
ER  -
"""
CSL = '{"type": "report", "title": "Minutes", "issued": {"date-parts": [[2023, 11]]}, "publisher": "The archive"}'
SOURCE = {"id": "s1", "kind": "article", "title": "T", "url": "", "published_on": "", "citation": {}}


def test_bibtex_is_read():
    csl = read_citation(BIBTEX)
    assert csl["author"] == [{"family": "Doe", "given": "Jane"}, {"literal": "The Staff of Reuters"}]
    assert csl["issued"] == {"date-parts": [[2023, 11, 15]]}
    assert csl["page"] == "1-7"
    assert columns_in(csl) == {
        "title": "Khamenei to Haniyeh: Über uns",
        "url": "https://example.org/a?b=1&c=2",
        "published_on": "2023-11-15",
        "publisher": "Reuters",
        "kind": "article",
    }


def test_ris_is_read():
    csl = read_citation(RIS)
    assert csl["title"] == "Khamenei to Haniyeh: a long title goes on"
    assert csl["author"] == [{"family": "Doe", "given": "Jane"}, {"literal": "Reuters"}]
    assert columns_in(csl)["published_on"] == "2023-11-15"
    assert columns_in(csl)["publisher"] == "Reuters World News"


def test_csl_json_is_kept_as_it_is():
    assert read_citation(CSL)["publisher"] == "The archive"
    assert columns_in(read_citation(CSL)) == {
        "title": "Minutes", "published_on": "2023-11", "publisher": "The archive", "kind": "document",
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    ["", "Doe (2023). A title.", "@article{", "{", "[1]", "[]", "TY  - NEWS\nTI  - One\nER  - \nTY  - NEWS\nER  - ",
     "x" * 60_000, "@string{a = {b}}"],
)  # fmt: skip
def test_what_is_no_citation_is_refused_in_words(words):
    with pytest.raises(Invalid) as caught:
        read_citation(words)
    assert "citation" in caught.value.errors


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/", "https://user@example.org/"])
def test_address_that_opens_a_door_is_left_out_of_the_columns(address):
    assert "url" not in columns_in({"URL": address, "title": "T"})


@pytest.mark.parametrize(("write", "words"), [(as_bibtex, BIBTEX), (as_ris, RIS), (as_bibtex, CSL), (as_ris, CSL)])
def test_what_is_written_is_read_again(write, words):
    csl = read_citation(words)
    again = read_citation(write(csl))
    for name in ("title", "author", "issued", "URL", "page"):
        assert again.get(name) == csl.get(name), name


@pytest.mark.parametrize("title", [r"50 % of {braces} & \slashes_~ # $1", "قاآنی و باقری", "Line\nbreak"])
def test_no_title_breaks_out_of_its_field(title):
    csl = csl_of({**SOURCE, "title": title})
    for write in (as_bibtex, as_ris):
        again = read_citation(write(csl))
        assert again["title"].replace("  ", " ") == " ".join(title.split())
        assert set(again) <= {"id", "type", "title"}


def test_columns_stand_in_front_of_what_was_pasted():
    csl = csl_of(
        {**SOURCE, "title": "New title", "published_on": "2023-11", "citation": {"title": "Old", "volume": "3"}}, "AFP"
    )
    assert (csl["title"], csl["volume"], csl["container-title"]) == ("New title", "3", "AFP")
    assert csl["issued"] == {"date-parts": [[2023, 11]]}
    assert csl_of({**SOURCE, "citation": {"type": "article-journal"}})["type"] == "article-journal"


@pytest.mark.parametrize("strange", [{"issued": 3}, {"issued": {"date-parts": [["x"]]}}, {"author": [1, {}, "x"]}])
def test_strange_csl_is_written_without_what_is_strange(strange):
    csl = csl_of({**SOURCE, "citation": strange})
    assert as_ris(csl).startswith("TY  - NEWS")
    assert as_bibtex(csl).startswith("@article{s1,")
