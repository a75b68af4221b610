import re
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from papers.differences import SECTIONS, STATUSES, Change, Run, compare, diff_words
from papers.models import Claim, Section
from papers.values import (
    ClaimDocument,
    FigureDocument,
    LinkDocument,
    PaperDocument,
    Publication,
    SectionDocument,
)
from tests.hostile import HOSTILE
from tests.test_contrast import contrast
from tests.test_wording import mark, read


def make_document(**values):
    return PaperDocument(**({"slug": "mixtral", "month": 1} | values))


def make_claim(text, **values):
    return ClaimDocument(text=text, **({"status": "confirmed"} | values))


def make_change(before, after, label="Headline"):
    return Change("headline", label, before, after, diff_words(before, after))


def compare_values(name, before, after):
    """Each change as its part, its label and its words with what changed marked."""
    changes = compare(make_document(**{name: before}), make_document(**{name: after}))
    return [(change.part, change.label, mark(change.runs)) for change in changes]


# The fields


def test_a_change_has_the_words_before_and_after_and_what_differs():
    before, after = (
        make_document(headline="A net"),
        make_document(headline="A wide net"),
    )

    assert compare(before, after) == [
        Change(
            part="headline",
            label="Headline",
            before="A net",
            after="A wide net",
            runs=(Run("A ", "same"), Run("wide ", "added"), Run("net", "same")),
        )
    ]


@pytest.mark.parametrize(
    ("name", "before", "after", "label", "marked"),
    [
        ("slug", "moe", "moes", "Slug", "[-moe-]{+moes+}"),
        ("month", 1, 3, "Month", "[-January-]{+March+}"),
        ("month", 1, 13, "Month", "[-January-]{+13+}"),
        ("summary", "", "New.", "Summary", "{+New.+}"),
        ("title", "A net", "The net", "Title", "[-A-]{+The+} net"),
        ("date", "2024-01", "2024-02", "Date of the paper", "2024-[-01-]{+02+}"),
        ("venue", "ICML", "", "Venue", "[-ICML-]"),
        ("arxiv_id", "2401.1", "2401.2", "arXiv id", "[-2401.1-]{+2401.2+}"),
        ("doi", "10.1/x", "10.1/y", "DOI", "10.1/[-x-]{+y+}"),
        ("focus", "a", "b", "Focus", "[-a-]{+b+}"),
        ("impact", "a", "b", "Impact", "[-a-]{+b+}"),
        ("citation_note", "a", "b", "Citation note", "[-a-]{+b+}"),
        ("notes", "a", "b", "Notes", "[-a-]{+b+}"),
        (
            "tags",
            ("MoE", "Open weights"),
            ("MoE", "Open data", "LLM"),
            "Tags",
            "MoE\n[-Open weights-]{+Open data\nLLM+}",
        ),
        ("chips", ("MoE", "LLM"), ("MoE",), "Tags on the card", "MoE[-\nLLM-]"),
    ],
)
def test_each_field_has_its_label(name, before, after, label, marked):
    assert compare_values(name, before, after) == [(name, label, marked)]


def test_of_559_authors_one_corrected_word_is_marked():
    names = [f"Given{number} Family{number}" for number in range(559)]
    corrected = [*names[:300], "Given300 Fámily300", *names[301:]]

    (change,) = compare(
        make_document(authors="\n".join(names)),
        make_document(authors="\n".join(corrected)),
    )

    assert [run for run in change.runs if run.kind != "same"] == [
        Run("Family300", "removed"),
        Run("Fámily300", "added"),
    ]
    assert len(read(change.shown, "same")) < 130


def test_an_author_who_came_in_is_a_line_that_came_in():
    assert compare_values("authors", "Ann Lee\nBo Li", "Ann Lee\nBo Wu\nBo Li") == [
        ("authors", "Authors", "Ann Lee\n{+Bo Wu\n+}Bo Li")
    ]


def test_changes_come_in_the_order_of_the_form():
    before = make_document()
    after = make_document(
        notes="new",
        claims=(make_claim("new"),),
        links=(LinkDocument(kind="code", label="", url="https://x.org"),),
        figures=(FigureDocument(key="a", kind="code"),),
        sections=(SectionDocument(kind="technical"),),
        citation_note="new",
        headline="new",
        tags=("new",),
    )

    assert [change.part for change in compare(before, after)] == [
        "headline",
        "tags",
        "citation_note",
        "sections/technical",
        "figures/a",
        "links/https://x.org",
        "claims/1",
        "notes",
    ]


def test_what_is_no_matter_of_words_is_not_compared():
    before = make_document(place=1, former=("moe",))
    after = make_document(place=2, publication=Publication(status="published"))

    assert compare(before, after) == []


def test_how_lines_end_is_not_compared():
    (change,) = compare(
        make_document(summary="one\r\ntwo\r", notes="a\r\nb"),
        make_document(summary="one\nthree\n", notes="a\nb"),
    )

    assert (change.before, change.after) == ("one\ntwo\n", "one\nthree\n")
    assert mark(change.runs) == "one\n[-two-]{+three+}\n"


# Sections


TECHNICAL = SectionDocument(kind="technical", body="A router chooses.")
HISTORICAL = SectionDocument(kind="historical", body="Before it, none did.")
LIMITS = SectionDocument(kind="other", heading="Limits", body="It is large.")


def test_a_section_is_known_by_its_kind_and_heading():
    new = replace(LIMITS, body="It is very large.")

    assert compare_values("sections", (TECHNICAL, LIMITS), (TECHNICAL, new)) == [
        ("sections/other/Limits", "Section “Limits”", "It is {+very +}large.")
    ]


def test_a_section_that_is_gone_or_new_is_one_change():
    assert compare_values("sections", (TECHNICAL,), (HISTORICAL,)) == [
        (
            "sections/historical",
            "Historical context",
            "{+Historical context\n\nBefore it, none did.+}",
        ),
        (
            "sections/technical",
            "Technical context",
            "[-Technical context\n\nA router chooses.-]",
        ),
    ]


def test_a_section_with_another_heading_and_the_same_words_is_the_same():
    renamed = replace(LIMITS, heading="Known limits")

    assert compare_values("sections", (LIMITS,), (renamed,)) == [
        (
            "sections/other/Known limits/heading",
            "Section “Known limits”: heading",
            "[-Limits-]{+Known limits+}",
        )
    ]


def test_sections_in_another_order_are_one_change():
    before, after = (TECHNICAL, HISTORICAL, LIMITS), (HISTORICAL, LIMITS, TECHNICAL)

    assert compare_values("sections", before, after) == [
        (
            "order/sections",
            "Order of the sections",
            "[-Technical context\n-]Historical context\nSection “Limits”"
            "{+\nTechnical context+}",
        )
    ]


def test_two_sections_of_one_heading_are_told_apart():
    twice = (LIMITS, replace(LIMITS, body="It is slow."))

    assert compare_values("sections", (), twice) == [
        ("sections/other/Limits", "Section “Limits”", "{+Limits\n\nIt is large.+}"),
        ("sections/other/Limits/2", "Section “Limits”", "{+Limits\n\nIt is slow.+}"),
    ]


def test_names_of_parts_are_those_of_the_form():
    kinds = dict(Section.Kind.choices)
    del kinds[Section.Kind.OTHER]

    assert kinds == SECTIONS
    for status in Claim.Status:
        assert STATUSES.get(status, status) == status.label.lower()


# Figures

CHART = FigureDocument(
    key="parameters",
    kind="chart",
    caption="How large.",
    content="label,value\na,1\nb,2",
)


def test_each_field_of_a_figure_is_a_change_of_its_own():
    new = replace(CHART, caption="How very large.", content="label,value\na,1\nb,3")

    assert compare_values("figures", (CHART,), (new,)) == [
        (
            "figures/parameters/caption",
            "Figure “parameters”: caption",
            "How {+very +}large.",
        ),
        (
            "figures/parameters/content",
            "Figure “parameters”: content",
            "label,value\na,1\nb,[-2-]{+3+}",
        ),
    ]


def test_a_picture_is_compared_by_a_short_digest():
    before = FigureDocument(key="map", kind="image", wanted=True)
    after = replace(before, wanted=False, image=b"picture")

    assert compare_values("figures", (before,), (after,)) == [
        ("figures/map/picture", "Figure “map”: picture", "{+2cea274d0bed+}"),
        ("figures/map/wanted", "Figure “map”: wanted", "[-yes-]"),
    ]


def test_a_figure_with_another_key_is_the_same():
    renamed = replace(CHART, key="sizes")

    assert compare_values("figures", (CHART,), (renamed,)) == [
        ("figures/sizes/key", "Figure “sizes”: key", "[-parameters-]{+sizes+}")
    ]


def test_a_figure_that_is_new_is_one_change():
    assert compare_values("figures", (), (CHART,)) == [
        (
            "figures/parameters",
            "Figure “parameters”",
            "{+Key: parameters\nKind: chart\nCaption: How large.\n"
            "Content: label,value\na,1\nb,2+}",
        )
    ]


# Links

CODE = LinkDocument(kind="code", label="Their code", url="https://x.org/code")
DATA = LinkDocument(kind="data", label="", url="https://x.org/data")


def test_a_link_is_known_by_its_address():
    new = replace(CODE, label="Our code")

    assert compare_values("links", (CODE,), (new,)) == [
        (
            "links/https://x.org/code",
            "Link https://x.org/code",
            "Kind: code\nLabel: [-Their-]{+Our+} code\nAddress: https://x.org/code",
        )
    ]


def test_a_link_that_says_the_same_has_got_another_address():
    new = replace(CODE, url="https://x.org/new")

    assert compare_values("links", (CODE,), (new,)) == [
        (
            "links/https://x.org/new",
            "Link https://x.org/new",
            "Kind: code\nLabel: Their code\nAddress: https://x.org/[-code-]{+new+}",
        )
    ]


def test_a_link_that_says_nothing_is_another_at_another_address():
    new = replace(DATA, url="https://x.org/new")

    assert [part for part, *_ in compare_values("links", (DATA,), (new,))] == [
        "links/https://x.org/new",
        "links/https://x.org/data",
    ]


def test_links_in_another_order_are_one_change():
    assert compare_values("links", (CODE, DATA), (DATA, CODE)) == [
        (
            "order/links",
            "Order of the links",
            "[-Link https://x.org/code\n-]Link https://x.org/data"
            "{+\nLink https://x.org/code+}",
        )
    ]


# Claims


def test_a_reworded_claim_is_one_change():
    before = make_claim("It has 47 billion parameters.", source="Table 1")
    after = make_claim("It has 46.7 billion parameters.", source="Table 1")
    other = make_claim("Eight experts a layer.", status="unverified")

    assert compare_values("claims", (before,), (other, after)) == [
        (
            "claims/1",
            "Claim “Eight experts a layer.”",
            "{+Eight experts a layer.\nStatus: not settled+}",
        ),
        (
            "claims/2",
            "Claim “It has 46.7 billion parameters.”",
            "It has [-47-]{+46.7+} billion parameters.\nStatus: confirmed\n"
            "Source: Table 1",
        ),
    ]


def test_a_claim_of_the_same_words_is_the_same_whatever_its_status():
    before, after = make_claim("It is fast."), make_claim("It is fast.", place="p. 3")

    assert compare_values("claims", (before,), (after,)) == [
        (
            "claims/1",
            "Claim “It is fast.”",
            "It is fast.\nStatus: confirmed{+\nPlace: p. 3+}",
        )
    ]


def test_a_claim_in_the_place_of_another_is_not_the_same():
    before, after = make_claim("It has 47 parameters."), make_claim("Six layers it is.")

    assert [part for part, *_ in compare_values("claims", (before,), (after,))] == [
        "claims/1",
        "claims/1/removed",
    ]


def test_a_claim_goes_with_the_one_it_is_most_like():
    one = make_claim("The small net has 12 layers in all.")
    two = make_claim("The large net has 24 layers in all.")
    new = make_claim("The large net has 32 layers in all.")

    assert [mark for *_, mark in compare_values("claims", (one, two), (new,))] == [
        "The large net has [-24-]{+32+} layers in all.\nStatus: confirmed",
        "[-The small net has 12 layers in all.\nStatus: confirmed-]",
    ]


def test_a_long_claim_is_cut_in_its_label():
    claim = make_claim("The router " + "really " * 20 + "chooses.")

    ((_, label, _),) = compare_values("claims", (), (claim,))

    assert label == f"Claim “The router {'really ' * 6}…”"


# What holds of any entries

words = st.lists(st.sampled_from("a net of 8 experts . \n".split(" ")), max_size=5)
texts = words.map(" ".join)
documents = st.builds(
    PaperDocument,
    slug=texts,
    month=st.integers(0, 13),
    authors=texts,
    summary=texts,
    tags=st.lists(st.sampled_from("ABC"), unique=True).map(tuple),
    sections=st.lists(
        st.builds(
            SectionDocument,
            kind=st.sampled_from(["technical", "other"]),
            heading=st.sampled_from(["", "x"]),
            body=texts,
        ),
        max_size=3,
    ).map(tuple),
    figures=st.lists(
        st.builds(
            FigureDocument,
            key=st.sampled_from("xy"),
            kind=st.sampled_from(["code", "chart"]),
            content=texts,
            wanted=st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
    links=st.lists(
        st.builds(
            LinkDocument,
            kind=st.sampled_from(["pdf", "code"]),
            label=texts,
            url=st.sampled_from(["", "https://x.org"]),
        ),
        max_size=3,
    ).map(tuple),
    claims=st.lists(
        st.builds(make_claim, text=texts, value=st.sampled_from(["", "8"])), max_size=3
    ).map(tuple),
)


@given(documents)
def test_an_entry_differs_in_nothing_from_itself(document):
    assert compare(document, replace(document)) == []


@given(documents, documents)
def test_each_change_is_of_another_part_and_holds_both_texts(before, after):
    changes = compare(before, after)

    assert len({change.part for change in changes}) == len(changes)
    for change in changes:
        assert change.before != change.after
        assert read(change.runs, "same", "removed") == change.before
        assert read(change.runs, "same", "added") == change.after


@given(documents, documents)
def test_two_entries_that_say_other_things_differ(before, after):
    assert bool(compare(before, after)) == (before != after)


@given(documents, documents)
def test_the_other_way_round_what_was_added_is_removed(before, after):
    there, back = compare(before, after), compare(after, before)

    assert sorted(
        (c.before, c.after) for c in there if "order" not in c.part
    ) == sorted((c.after, c.before) for c in back if "order" not in c.part)


# On the page


def render(changes):
    html = render_to_string("admin/papers/_differences.html", {"changes": changes})
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page = parser.parseFragment(html)
    assert {error for _, error, _ in parser.errors} <= {"invalid-codepoint"}
    return page


def test_changes_are_told_by_their_elements_and_in_words():
    page = render([make_change("It has 47 experts", "It has 8 experts")])

    (heading,) = page.iter("h3")
    (difference,) = page.iter("p")
    assert heading.text == "Headline"
    assert difference.attrib == {"class": "difference"}
    assert "".join(difference.itertext()) == "It has removed: 47added: 8 experts"
    assert [child.tag for child in difference] == ["del", "ins"]
    hidden = [span.attrib["class"] for span in difference.iter("span")]
    assert hidden == ["visually-hidden", "visually-hidden"]


def test_what_was_left_out_is_marked():
    page = render([make_change("word " * 100 + "old", "word " * 100 + "new")])

    (difference,) = page.iter("p")
    assert difference[0].attrib == {"class": "skipped"}
    assert "".join(difference[0].itertext()) == "unchanged words left out: …"


def test_lines_and_spaces_are_kept():
    page = render([make_change("  a\n\nb  c", "  a\n\nb  d")])

    (difference,) = page.iter("p")
    assert difference.text == "  a\n\nb  "


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", *HOSTILE])
def test_what_editors_wrote_is_never_markup(text):
    page = render([make_change(f"{text} old", f"new {text}", label=text)])

    tags = {element.tag for element in page.iter()}
    assert tags <= {"DOCUMENT_FRAGMENT", "h3", "p", "ins", "del", "span"}


def test_nothing_is_shown_of_no_changes():
    assert list(render([])) == []


CSS = (Path(__file__).parent.parent / "static/css/desk.css").read_text()
COLOURS = dict(
    re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", CSS)
)


@pytest.mark.parametrize(
    ("element", "line"), [("ins", "underline"), ("del", "line-through")]
)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_changes_are_read_on_their_ground_and_told_by_a_line(element, line, theme):
    (rule,) = re.findall(rf"\.difference {element} {{(.*?)}}", CSS, re.DOTALL)
    values = dict(re.findall(r"([a-z-]+): ([^;]+);", rule))
    colour, ground = (
        COLOURS[values[name].removeprefix("var(--").removesuffix(")")].split(", ")[
            theme
        ]
        for name in ("color", "background")
    )

    assert contrast(colour, ground) >= 4.5
    assert values["text-decoration-line"] == line
