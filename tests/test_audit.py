"""An entry against the records that are kept of its paper."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from papers.checks import check_paper
from papers.checks.findings import Fix
from papers.records.entry import CatalogueEntry
from papers.records.kept import (
    UNKNOWN,
    UNREACHABLE,
    Silence,
    from_payload,
    from_silence,
    to_payload,
    to_silence,
)
from papers.values import PaperDocument, RecordDocument, WaiverDocument

SAID = CatalogueEntry(
    title="Mixtral of Experts",
    catalogue="arxiv",
    identifier="2401.04088",
    payload={"id": "http://arxiv.org/abs/2401.04088v1"},
    authors="Albert Q. Jiang\nAlexandre Sablayrolles\nLélio Renard Lavaud",
    date="2024-01-08",
    arxiv_id="2401.04088",
    links=(("paper", "arXiv", "https://arxiv.org/abs/2401.04088"),),
    subjects=("cs.LG",),
    version="v1",
)


def make_record(day=1, **values):
    said = replace(SAID, **values)
    return RecordDocument(
        catalogue=said.catalogue,
        identifier=said.identifier,
        version=said.version,
        fetched_at=datetime(2026, 11, day, tzinfo=UTC),
        payload=to_payload(said),
    )


ENTRY = PaperDocument(
    slug="mixtral",
    month=1,
    title="Mixtral of Experts",
    date="2024-01-08",
    authors="Albert Q. Jiang\nAlexandre Sablayrolles\nLélio Renard Lavaud",
    arxiv_id="2401.04088",
    records=(make_record(),),
)


def audit(**changes):
    findings = check_paper(replace(ENTRY, **changes))
    return [
        (f.severity, f.code, f.field, f.message)
        for f in findings
        if f.code.startswith("records.")
    ]


def test_an_entry_that_says_what_its_record_says_has_no_finding():
    assert audit() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Mixtral of experts."},
        {"title": "MIXTRAL  of–Experts"},
        {"authors": "Jiang, A.\nA. Sablayrolles\nLelio Renard Lavaud"},
        {"authors": "Albert Jiang\net al."},
        {"date": "2024-01"},
        {"date": "2024"},
        {"title": "", "authors": "", "date": ""},
        {"doi": "10.1000/182"},
    ],
    ids=range(8),
)
def test_what_is_only_written_otherwise_is_no_finding(changes):
    assert audit(**changes) == []


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        (
            {"title": "Mixture of Experts: Mixtral 8x7B"},
            (
                "warning",
                "records.title",
                "title",
                "arXiv has the title as “Mixtral of Experts”.",
            ),
        ),
        (
            {"authors": "Albert Q. Jiang\nLélio Renard Lavaud"},
            (
                "warning",
                "records.authors",
                "authors",
                "arXiv: author 2 is “Alexandre Sablayrolles”, and here “Lélio Renard Lavaud”.",
            ),
        ),
        (
            {"authors": "Albert Q. Jiang\nAlexandre Sablayrolles"},
            (
                "warning",
                "records.authors",
                "authors",
                "arXiv: “Lélio Renard Lavaud” is author 3, and is missing here.",
            ),
        ),
        (
            {"authors": f"{ENTRY.authors}\nJane Smith"},
            (
                "warning",
                "records.authors",
                "authors",
                "arXiv: “Jane Smith” is no author of it: it has 3.",
            ),
        ),
        (
            {"date": "2024-02-08"},
            (
                "warning",
                "records.date",
                "date",
                "arXiv has the date as 2024-01-08, and here is 2024-02-08.",
            ),
        ),
    ],
    ids=range(5),
)
def test_what_the_record_says_otherwise_is_a_finding(changes, finding):
    assert audit(**changes) == [finding]


@pytest.mark.parametrize("field", ["title", "authors", "date"])
def test_what_the_record_says_can_be_accepted(field):
    wrong = {"title": "Mixtral", "authors": "Bo Li", "date": "2023-01-01"}[field]

    findings = check_paper(replace(ENTRY, **{field: wrong}))

    [found] = [f for f in findings if f.code == f"records.{field}"]
    assert found.fix == Fix(wrong, getattr(SAID, field))
    assert audit(**{field: found.fix.after}) == []


def test_the_right_looking_id_of_another_paper_is_an_error_and_nothing_else():
    other = make_record(
        title="Stable Pulsar Timing", authors="Ada Lovelace", date="2024-01-05"
    )

    assert audit(records=(other,)) == [
        (
            "error",
            "records.other-paper",
            "arxiv_id",
            "arXiv knows 2401.04088 as “Stable Pulsar Timing”: "
            "find the paper's own identifier.",
        )
    ]


def test_a_title_that_changed_between_versions_is_the_same_paper():
    longer = make_record(title="Mixtral of Experts: A Sparse Model")

    assert [found[1] for found in audit(records=(longer,))] == ["records.title"]


def test_the_newest_record_of_each_catalogue_counts():
    old = make_record(title="Mixtral of Many Experts")

    assert audit(records=(make_record(day=2), old)) == []


def test_a_later_version_is_said_beside_the_one_that_was_read():
    records = (make_record(day=3, version="v3"), make_record(), make_record(day=2))

    assert audit(records=records) == [
        (
            "info",
            "records.newer-version",
            "arxiv_id",
            "arXiv has v3 by now; v1 was read.",
        )
    ]


def test_a_publication_is_said_until_the_entry_has_it():
    said = make_record(venue="JMLR 25", doi="10.1000/182")
    words = "arXiv says where it is published: JMLR 25."

    assert audit(records=(said,)) == [
        ("info", "records.published", "venue", words),
        ("info", "records.published", "doi", "arXiv has a DOI of it: 10.1000/182."),
    ]
    assert audit(records=(said,), venue="JMLR", doi="10.1000/182") == []


def test_another_doi_than_the_record_has_is_a_finding():
    said = make_record(doi="10.1000/182")

    assert audit(records=(said,), doi="10.1000/9", venue="JMLR") == [
        ("warning", "records.identifier", "doi", "arXiv has the DOI as 10.1000/182.")
    ]


def test_a_record_of_an_id_that_the_entry_had_before_says_only_that():
    old = make_record(identifier="2401.02964", title="Stable Pulsar Timing")

    assert audit(records=(old,)) == [
        (
            "info",
            "records.other-identifier",
            "arxiv_id",
            "The record kept is of 2401.02964: ask again.",
        )
    ]


def test_the_doi_that_arxiv_gives_is_no_other_identifier():
    said = make_record(catalogue="datacite", identifier="10.48550/arxiv.2401.04088")

    assert audit(records=(said,)) == []


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        "entry",
        {"entry": None},
        {"entry": {}},
        {"entry": to_payload(SAID)["entry"] | {"links": [1]}},
        {"entry": to_payload(SAID)["entry"] | {"subjects": None}},
        {"entry": to_payload(SAID)["entry"] | {"title": None}},
        {"entry": to_payload(SAID)["entry"] | {"surprise": 1}},
    ],
    ids=range(9),
)
def test_a_record_from_elsewhere_says_nothing(payload):
    assert from_payload(payload) is None
    assert audit(records=(replace(make_record(), payload=payload),)) == []


def test_a_record_is_kept_and_read_back_whole():
    assert from_payload(to_payload(SAID)) == replace(SAID, payload={})


@pytest.mark.parametrize("text", ["", "{", "\0", "é" * 100_000, "a b " * 50_000])
def test_records_that_lie_are_no_burden(text):
    lying = replace(
        make_record(), payload=to_payload(replace(SAID, title=text, date=text))
    )

    audit(records=(lying,), title=text, authors=text, date=text)


def make_silence(day=2, kind=UNKNOWN, words="arXiv knows no such paper.", **values):
    payload = from_silence(Silence(kind, words))
    return replace(make_record(day=day), version="", payload=payload, **values)


@pytest.mark.parametrize(
    ("kind", "severity"), [(UNKNOWN, "error"), (UNREACHABLE, "info")]
)
def test_what_a_catalogue_could_not_answer_stands_until_it_can(kind, severity):
    silence = make_silence(kind=kind)
    words = "arXiv knows no such paper. It was asked on 2 November 2026."

    said = [(severity, f"records.{kind}", "arxiv_id", words)]
    assert audit(records=(silence,)) == said
    assert audit(records=(silence, make_record())) == said
    assert audit(records=(silence, make_record(day=3))) == []
    assert audit(records=(silence,), arxiv_id="2401.02964") == []


def test_a_silence_hides_no_record_and_is_none_of_another_identifier():
    records = (make_record(title="Stable Pulsar Timing"), make_silence())

    codes = [found[1] for found in audit(records=records)]
    assert codes == ["records.other-paper", "records.unknown"]
    assert audit(records=(make_silence(identifier="2401.02964"),)) == []


@pytest.mark.parametrize(
    "payload",
    [
        None,
        {"silence": None},
        {"silence": {"kind": "odd", "words": "x"}},
        {"silence": {"kind": UNKNOWN, "words": 1}},
        {"silence": {"kind": [], "words": "x", "more": 1}},
    ],
    ids=range(5),
)
def test_a_silence_from_elsewhere_says_nothing(payload):
    assert to_silence(payload) is None


def test_a_withdrawn_paper_is_an_error_until_that_is_settled():
    records = (make_record(), make_record(day=2, withdrawn="Withdrawn: Lemma 3."))

    assert audit(records=records) == [
        (
            "error",
            "records.withdrawn",
            "arxiv_id",
            "arXiv has the paper as withdrawn: “Withdrawn: Lemma 3.”",
        )
    ]
    assert audit(records=(*records, make_record(day=3))) == []


def test_another_paper_that_was_withdrawn_is_only_another_paper():
    other = make_record(title="Stable Pulsar Timing", withdrawn="Retraction")

    assert [found[1] for found in audit(records=(other,))] == ["records.other-paper"]


def test_a_preprint_and_its_publication_have_a_date_each():
    published = make_record(
        catalogue="crossref", identifier="10.1000/182", date="2024-07-21"
    )
    said = {"doi": "10.1000/182", "venue": "JMLR"}

    assert audit(records=(make_record(), published), **said) == []
    assert audit(records=(make_record(), published), date="2024-07-21", **said) == []
    both = audit(records=(make_record(), published), date="2024-05-05", **said)
    assert [found[1] for found in both] == ["records.date"] * 2


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("ICML 2024", "Advances in Neural Information Processing Systems 37"),
        ("NeurIPS 2023", "NeurIPS 2024"),
        (
            "ACL 2024",
            "Proceedings of the IEEE/CVF Conference on Computer Vision and "
            "Pattern Recognition (CVPR)",
        ),
    ],
)
def test_another_venue_than_the_record_has_is_said(ours, theirs):
    said = make_record(venue=theirs)

    assert audit(records=(said,), venue=ours) == [
        ("info", "records.venue", "venue", f"arXiv has the venue as {theirs}.")
    ]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("NeurIPS 2024", "Advances in Neural Information Processing Systems 37"),
        (
            "NIPS 2017",
            "31st Conference on Neural Information Processing Systems (2017)",
        ),
        ("ICML 2024, oral", "Proceedings of Machine Learning Research 235, 2024"),
        (
            "EMNLP 2024 Findings",
            "Findings of the Association for Computational Linguistics: EMNLP 2024",
        ),
        ("ICML 2024", "J. Chem. Phys. 115, 1626 (2001)"),
        ("A workshop", "ICLR 2024"),
        ("Nature", "Nature 630, 2024"),
        ("ICML", "ICML 2024"),
        ("Reclaim 2024", "ICML 2024"),
    ],
)
def test_a_venue_that_may_be_the_same_is_not_spoken_of(ours, theirs):
    assert audit(records=(make_record(venue=theirs),), venue=ours) == []


def test_a_waiver_ends_when_the_record_says_something_else():
    entry = replace(ENTRY, records=(make_record(title="Mixtral of Many Experts"),))
    found = next(f for f in check_paper(entry) if f.code == "records.title")
    waiver = WaiverDocument(
        code=found.code,
        reason="It was changed in print.",
        given_on=date(2026, 11, 1),
        digest=found.digest,
    )
    waived = replace(entry, waivers=(waiver,))
    newer = make_record(day=2, title="Mixtral of Eight Experts")

    later = replace(waived, records=(*entry.records, newer))

    codes = [[f.code for f in check_paper(each)] for each in (waived, later)]
    assert ["records.title" in each for each in codes] == [False, True]
