"""An entry survives being kept as JSON."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from papers import images
from papers.documents import files, folder
from papers.documents.plain import from_plain, to_plain
from papers.values import FigureDocument, PaperDocument, Publication

SAMPLE = Path(__file__).parent.parent / "papers" / "fixtures" / "2024"
PAPERS = folder.read_files(files.load(SAMPLE)).papers


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.slug)
def test_an_entry_comes_back_as_it_was(paper):
    kept = json.loads(json.dumps(to_plain(paper)))

    bare = replace(paper, publication=Publication(), records=(), former=(), place=1)
    assert from_plain(kept) == bare


def test_a_picture_is_kept_beside_and_comes_back(png):
    picture = images.clean_image(png).data
    figure = FigureDocument(key="one", kind="image", image=picture)
    paper = PaperDocument(slug="a", month=1, figures=(figure,))

    kept = json.loads(json.dumps(to_plain(paper)))

    assert from_plain(kept) == paper
    assert len(json.dumps(kept)) < 2_000


def test_a_picture_that_is_gone_leaves_the_rest():
    kept = {"slug": "a", "month": 1, "figures": [{"key": "k", "kind": "image"}]}
    kept["figures"][0]["image"] = "../secret-key"

    assert from_plain(kept).figures[0].image == b""


def test_what_another_release_wrote_is_read_as_far_as_it_is_known():
    paper = from_plain({"slug": "a", "month": 1, "mood": "good"})

    assert paper == PaperDocument(slug="a", month=1)
