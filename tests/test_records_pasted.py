import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.records import bibtex
from papers.records.pasted import WANTED, Pasted, identify
from tests.work import measure

ENTRY = "@misc{key,\n  title = {Mixtral of Experts},\n  eprint = {2401.04088},\n}"


@pytest.mark.parametrize(
    "text",
    [
        "2401.04088",
        "arXiv:2401.04088v2",
        " https://arxiv.org/abs/2401.04088v1\n",
        "https://arxiv.org/pdf/2401.04088v1.pdf#page=3",
        "https://arxiv.org/html/2401.04088",
        "https://www.alphaxiv.org/abs/2401.04088",
        "https://huggingface.co/papers/2401.04088",
        "10.48550/arXiv.2401.04088",
        "https://doi.org/10.48550/arXiv.2401.04088",
        "http://dx.doi.org/10.48550/arXiv.2401.04088",
        "doi:10.48550/arxiv.2401.04088",
        "arXiv:2401.04088v1 [cs.LG] 8 Jan 2024",
        "arXiv:2401.04088 [cs.LG]",
        "2401.04088.",
        "\ufeff2401.04088",
    ],
)
def test_an_arxiv_paper_is_recognised_in_every_form(text):
    assert identify(text) == Pasted("arxiv", "2401.04088")


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1145/3442188.3445922", "10.1145/3442188.3445922"),
        ("doi:10.1000/XYZ", "10.1000/xyz"),
        ("https://doi.org/10.1000/xyz.", "10.1000/xyz"),
        ("https://dx.doi.org/10.1000/xyz", "10.1000/xyz"),
        ("https://www.doi.org/10.1000/xyz", "10.1000/xyz"),
        ("https://doi.org/10.1000/full", "10.1000/full"),
        ("https://doi.org/10.1000/a%28b%29?from=mail", "10.1000/a(b)"),
        (
            "https://dl.acm.org/doi/10.1145/3442188.3445922",
            "10.1145/3442188.3445922",
        ),
        (
            "https://dl.acm.org/doi/pdf/10.1145/3442188.3445922?download=true#page=1",
            "10.1145/3442188.3445922",
        ),
        (
            "https://iopscience.iop.org/article/10.1088/1367-2630/ab1234/meta",
            "10.1088/1367-2630/ab1234",
        ),
        (
            "https://www.frontiersin.org/articles/10.3389/frai.2024.1/full",
            "10.3389/frai.2024.1",
        ),
        (
            "link.springer.com/content/pdf/10.1007/s11263-015-0816-y.pdf",
            "10.1007/s11263-015-0816-y",
        ),
        (
            "https://www.biorxiv.org/content/10.1101/2024.01.01.573742v1.full.pdf",
            "10.1101/2024.01.01.573742",
        ),
        (
            "https://www.researchsquare.com/10.21203/rs.3.rs-1/v1",
            "10.21203/rs.3.rs-1/v1",
        ),
    ],
)
def test_a_doi_is_recognised_alone_and_in_an_address(text, doi):
    assert identify(text) == Pasted("doi", doi)


@pytest.mark.parametrize(
    "text", [ENTRY, f"\ufeff{ENTRY}\n", f"% from a page\n\n  {ENTRY}"]
)
def test_one_bibtex_entry_is_taken_as_it_is(text):
    assert identify(text) == Pasted("bibtex", text.strip().lstrip("\ufeff"))


@pytest.mark.parametrize("text", ["", " \n", "\ufeff"])
def test_nothing_is_answered_with_what_is_wanted(text):
    with pytest.raises(ValueError) as refused:
        identify(text)

    assert str(refused.value) == WANTED


@pytest.mark.parametrize(
    "text",
    [
        "Mixtral of Experts",
        "2401.040",
        "2401.04088 2401.04089",
        "2401.04088\n10.1000/xyz",
        "javascript:2401.04088",
        "10.1000",
        "?",
    ],
)
def test_what_is_no_identifier_is_refused_with_what_is_wanted(text):
    with pytest.raises(ValueError) as refused:
        identify(text)

    shown = " ".join(text.split())
    assert str(refused.value) == f"Not an identifier: {shown!r}. {WANTED}"


@pytest.mark.parametrize(
    "address",
    [
        "https://aclanthology.org/2024.acl-long.1/",
        "https://openreview.net/forum?id=10.1000/xyz",
        "https://arxiv.org/list/cs.LG/recent",
        "https://[::1/x",
        "https://example.org/10.1000/%D1%8F",
        "https://example.org/10.1000/full",
        "example.org/paper",
    ],
)
def test_an_address_without_an_identifier_is_refused_in_words(address):
    with pytest.raises(ValueError) as refused:
        identify(address)

    assert address in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2401.04088\0", f"The text is damaged: it holds a NUL character. {WANTED}"),
        ("x" * 1_000_000, f"That is too long, 1,000,000 characters. {WANTED}"),
        (f"{ENTRY}\n{ENTRY}", "Paste one BibTeX entry at a time."),
        (
            f"{ENTRY}\n{ENTRY.replace('key', 'other')}",
            "Paste one BibTeX entry at a time.",
        ),
        ("@misc{key, year = 2024}", "This BibTeX entry has no title."),
    ],
    ids=range(5),
)
def test_what_cannot_be_meant_is_refused_with_its_reason(text, reason):
    with pytest.raises(ValueError) as refused:
        identify(text)

    assert str(refused.value) == reason


@pytest.mark.parametrize(
    "text",
    [
        unit * (bibtex.LONGEST // len(unit))
        for unit in ("@a{", "\n@a{x,", "\n", "\n ", "{", "@", "a.", "10.", "/10.1000")
    ]
    + [
        "@misc{k, title = {" + unit * (90_000 // len(unit)) + "}}"
        for unit in ("$", "{", "{a}", "\\'", "\\url{")
    ]
    + ["https://a" + ".a" * 900 + "/", "x " * 1_000, "1 [" * 600]
    + ["@misc{k, title = {T}, author = {" + "A and " * 15_000 + "}}"],
    ids=range(18),
)
def test_nothing_that_fits_in_the_box_takes_long(text):
    assert measure(lambda: identify_or_refuse(text)) < 5000


def identify_or_refuse(text):
    """What was recognised, or the sentence that it was refused with."""
    try:
        return identify(text)
    except ValueError as refused:
        return str(refused)


@given(st.text() | st.text("@misc{}(),=\"title\\'$ \n10./:arXiv2401", max_size=60))
def test_any_text_is_recognised_or_refused_with_a_sentence(text):
    found = identify_or_refuse(text)

    if isinstance(found, str):
        assert found.endswith(".")
        assert len(found) < 300
    else:
        assert identify(found.value) == found
