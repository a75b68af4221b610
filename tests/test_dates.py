from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.dates import PartialDate, parse_date


@pytest.mark.parametrize(
    ("text", "found", "precision", "day", "words"),
    [
        ("2024", PartialDate(2024), "year", date(2024, 7, 15), "2024"),
        (
            "2024-01",
            PartialDate(2024, 1),
            "month",
            date(2024, 1, 15),
            "January 2024",
        ),
        (
            "2024-01-08",
            PartialDate(2024, 1, 8),
            "day",
            date(2024, 1, 8),
            "8 January 2024",
        ),
        (
            " 2024-02-29\n",
            PartialDate(2024, 2, 29),
            "day",
            date(2024, 2, 29),
            "29 February 2024",
        ),
        ("0001", PartialDate(1), "year", date(1, 7, 15), "1"),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(text, found, precision, day, words):
    parsed = parse_date(text)

    assert parsed == found
    assert (parsed.precision, parsed.day, parsed.words) == (precision, day, words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-1",
        "2024-01-8",
        "2024/01/08",
        "20240108",
        "2024-01-08T00:00",
        "8 January 2024",
        "-2024",
        "٢٠٢٤",
    ],
)
def test_another_form_is_refused(text):
    with pytest.raises(ValueError) as refused:
        parse_date(text)

    assert str(refused.value) == (
        f"Not a date: {text!r}. Write 2024, 2024-01 or 2024-01-08."
    )


@pytest.mark.parametrize(
    "text",
    (
        "0000 2024-00 2024-13 2024-01-00 2024-00-08 2024-02-30 2023-02-29 2024-04-31 "
        "9999-99-99"
    ).split(),
)
def test_a_day_that_is_not_in_the_calendar_is_refused(text):
    with pytest.raises(ValueError) as refused:
        parse_date(text)

    assert str(refused.value) == f"There is no such date: {text}."


@settings(deadline=None)
@given(st.dates(), st.sampled_from([1, 2, 3]))
def test_a_date_written_out_reads_back_the_same(day, precision):
    known = PartialDate(*(day.year, day.month, day.day)[:precision])

    assert str(known) == day.isoformat()[: (4, 7, 10)[precision - 1]]
    assert parse_date(str(known)) == known
