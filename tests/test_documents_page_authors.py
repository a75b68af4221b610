"""Authors as a page names them: written one a line, and nobody invented."""

import pytest

from tests.page_factories import read_fields


def read_authors(text):
    paper, codes = read_fields(authors=text)
    return paper.authors.split("\n"), codes, paper.notes


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("Ann Lee and Bo Li", ["Ann Lee", "Bo Li"]),
        ("Ann Lee, Bo Li, and Cy Ma.", ["Ann Lee", "Bo Li", "Cy Ma"]),
        ("Ann Lee; Bo Li", ["Ann Lee", "Bo Li"]),
        ("Lee, Ann; de las Casas, Diego", ["Ann Lee", "Diego de las Casas"]),
        ("Lee, A., Li, B.", ["A. Lee", "B. Li"]),
        ("Lee &amp; Li", ["Lee", "Li"]),
        ("Sammy Davis Jr.", ["Sammy Davis Jr."]),
        ("{Meta AI}; Ann Lee", ["{Meta AI}", "Ann Lee"]),
        ("Ann Lee and OpenAI", ["Ann Lee", "{OpenAI}"]),
        ("张伟, 李娜", ["张伟", "李娜"]),
    ],
)
def test_authors_are_written_one_a_line(text, lines):
    assert read_authors(text) == (lines, [], "")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Xu and colleagues", ["Xu", "et al."]),
        ("Xu et al.", ["Xu", "et al."]),
        ("Ann Lee, Bo Li, et al.", ["Ann Lee", "Bo Li", "et al."]),
        ("Ann Lee and others", ["Ann Lee", "et al."]),
    ],
)
def test_an_incomplete_list_says_so_and_invents_nobody(text, lines):
    assert read_authors(text) == (lines, ["authors.incomplete"], "")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Liu and colleagues (including Qing Liu, Bo Li)",
            ["Qing Liu", "Bo Li", "et al."],
        ),
        ("Xu and colleagues (including Qing Liu)", ["Xu", "Qing Liu", "et al."]),
        ("Ann Lee and colleagues (including Bo Li)", ["Ann Lee", "Bo Li", "et al."]),
        ("Lee and colleagues at Meta AI", ["Lee", "et al."]),
        ("Ann Lee and 25 others", ["Ann Lee", "et al."]),
    ],
)
def test_what_the_author_lines_do_not_say_is_kept_in_the_notes(text, lines):
    notes = f"Authors, as the page has them: {text}"

    assert read_authors(text) == (lines, ["authors.incomplete"], notes)


@pytest.mark.parametrize("text", ["The Mistral AI team", "OpenAI", "Meta AI"])
def test_an_organisation_is_written_in_braces(text):
    assert read_authors(text) == ([f"{{{text}}}"], ["authors.organisation-only"], "")


@pytest.mark.parametrize(
    "text",
    [
        "(Not specified in the provided text)",
        "Unknown",
        "N/A",
        "TBD",
        "To be announced",
        "—",
    ],
)
def test_authors_that_are_not_known_stay_empty(text):
    notes = f"Authors, as the page has them: {text}"

    assert read_authors(text) == ([""], ["authors.unknown"], notes)


@pytest.mark.parametrize(
    "text", ["See the paper for all of them", "Lee, Ann", "2024", "Ann " * 5000 + "Lee"]
)
def test_a_text_that_is_no_list_of_names_is_not_read_as_one(text):
    notes = f"Authors, as the page has them: {text}"

    assert read_authors(text) == ([""], ["authors.unreadable"], notes)


def test_affiliations_beside_names_are_kept_in_the_notes():
    lines, codes, notes = read_authors("Ann Lee (MIT), Bo Li2")

    assert lines == ["Ann Lee", "Bo Li"]
    assert codes == []
    assert notes == "Authors, as the page has them: Ann Lee (MIT), Bo Li2"


def test_a_link_among_the_authors_is_kept_in_the_notes():
    lines, _, notes = read_authors('<a href="https://lee.org">Ann Lee</a>')

    assert lines == ["Ann Lee"]
    assert notes == "Authors, as the page has them: [Ann Lee](https://lee.org)"
