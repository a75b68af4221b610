import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.identifiers import arxiv_url, doi_url, parse_arxiv_id, parse_doi, shorten

PREFIXES = [
    "",
    "arXiv:",
    "arxiv: ",
    "arxiv.org/abs/",
    "https://arxiv.org/abs/",
    "http://www.arxiv.org/pdf/",
    "https://export.arxiv.org/html/",
    "HTTPS://ARXIV.ORG/format/",
    "https://www.alphaxiv.org/overview/",
    "https://huggingface.co/papers/",
    "10.48550/arXiv.",
    "https://doi.org/10.48550/arXiv.",
]
ENDINGS = ["", "v1", "v12", "v2.pdf", ".pdf", "/", "?context=cs", "v1#S2.SS1"]
ARXIV_IDS = ["2401.04088", "0704.0001", "hep-th/9901001", "math.GT/0309136"]


@pytest.mark.parametrize("arxiv_id", ARXIV_IDS)
@pytest.mark.parametrize("prefix", PREFIXES)
def test_an_arxiv_id_is_found_behind_every_prefix(prefix, arxiv_id):
    assert parse_arxiv_id(f"{prefix}{arxiv_id}") == arxiv_id


@pytest.mark.parametrize("arxiv_id", ARXIV_IDS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_an_arxiv_id_loses_its_version_and_ending(arxiv_id, ending):
    assert parse_arxiv_id(f"  https://arxiv.org/abs/{arxiv_id}{ending}\n") == arxiv_id


@pytest.mark.parametrize(
    "value",
    [
        "2406.xxxxx",
        "2400.12345",
        "2413.12345",
        "2401.040",
        "2401.040888",
        "2401.04088v0",
        "2401.04088v1000",
        "2401.04088x",
        "x2401.04088",
        "2401.04088 2401.04089",
        "24o1.04088",
        "٢٤01.04088",
        "HEP-TH/9901001",
        "hep-th/9900001",
        "hep-th/9913001",
        "hep-th/990100",
        "10.1000/xyz123",
        "https://arxiv.org/abs/",
        "https://arxiv.org.evil.example/abs/2401.04088",
        "https://evil.example/abs/2401.04088",
        "httpſ://arxiv.org/abs/2401.04088",
        "javascript:2401.04088",
    ],
)
def test_what_is_no_arxiv_id_is_refused_in_words_for_the_editor(value):
    with pytest.raises(ValueError) as refused:
        parse_arxiv_id(value)

    assert (
        str(refused.value) == f"Not an arXiv id: {value!r}. One looks like 2401.04088."
    )


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        ("10.1000/xyz123", "10.1000/xyz123"),
        ("10.1000/XYZ", "10.1000/xyz"),
        ("doi:10.1000/x", "10.1000/x"),
        ("DOI: 10.1000/x", "10.1000/x"),
        ("doi.org/10.1000/x", "10.1000/x"),
        ("https://doi.org/10.1000/x", "10.1000/x"),
        ("http://dx.doi.org/10.1000/x%2Fy", "10.1000/x/y"),
        (" 10.1038/s41586-024-07566-y\n", "10.1038/s41586-024-07566-y"),
        (
            "10.1002/(SICI)1097<1::AID>3.0.CO;2-X",
            "10.1002/(sici)1097<1::aid>3.0.co;2-x",
        ),
    ],
)
def test_a_doi_is_bare_and_lower_cased(value, doi):
    assert parse_doi(value) == doi


@pytest.mark.parametrize(
    "value",
    [
        "10.1000/",
        "10.1000",
        "10.123/a",
        "10.1234567890/a",
        "11.1000/a",
        "10.1000/a b",
        "10.1000/é",
        "10.٣٣٣٣/a",
        "see 10.1000/a",
        "https://doi.org.evil.example/10.1000/a",
        "2401.04088",
    ],
)
def test_what_is_no_doi_is_refused_in_words_for_the_editor(value):
    with pytest.raises(ValueError) as refused:
        parse_doi(value)

    assert str(refused.value) == f"Not a DOI: {value!r}. One looks like 10.1000/xyz123."


@pytest.mark.parametrize("parse", [parse_arxiv_id, parse_doi])
@pytest.mark.parametrize("value", ["", " ", "\n\t"])
def test_nothing_is_found_in_nothing(parse, value):
    assert parse(value) == ""


@pytest.mark.parametrize(
    ("parse", "start"), [(parse_arxiv_id, "2401.04088?"), (parse_doi, "10.1000/")]
)
def test_an_identifier_of_300_characters_is_read_and_one_of_301_is_not(parse, start):
    longest = start.ljust(300, "a")

    assert parse(longest) == longest.split("?")[0]
    with pytest.raises(ValueError, match=r"…'\. One looks like"):
        parse(longest + "a")


@settings(deadline=None)
@given(
    st.sampled_from(PREFIXES),
    st.from_regex(r"[0-9]{2}(0[1-9]|1[0-2])\.[0-9]{4,5}", fullmatch=True),
    st.sampled_from(ENDINGS),
)
def test_reading_an_arxiv_id_again_changes_nothing(prefix, arxiv_id, ending):
    once = parse_arxiv_id(prefix + arxiv_id + ending)

    assert once == arxiv_id
    assert parse_arxiv_id(once) == once


@settings(deadline=None)
@given(st.from_regex(r"10\.[0-9]{4,9}/[!-$&-~]{1,80}", fullmatch=True))
def test_reading_a_doi_again_changes_nothing(value):
    once = parse_doi(value)

    assert once == value.lower()
    assert parse_doi(once) == once


def test_addresses_are_those_of_the_registries():
    assert arxiv_url("hep-th/9901001") == "https://arxiv.org/abs/hep-th/9901001"
    assert doi_url("10.1000/x") == "https://doi.org/10.1000/x"


@pytest.mark.parametrize(
    ("value", "short"),
    [
        ("a  b\nc", "a b c"),
        ("0123456789", "0123456789"),
        ("0123456789a", "012345678…"),
    ],
)
def test_a_text_is_shortened_to_one_line_for_a_message(value, short):
    assert shorten(value, 10) == short
