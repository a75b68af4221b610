"""What a browser sends from the desk's form of an entry."""

from papers.admin.entry_form import EntryForms
from papers.drafts import get_working
from papers.values import PaperDocument

ADD = "/admin/papers/paper/add/"


def change(paper):
    return f"/admin/papers/paper/{paper.pk}/change/"


def keep(paper):
    return f"/admin/papers/paper/{paper.pk}/keep/"


def filled(document=None, token="", **values):
    """The form as it is served for an entry, with these values typed into it."""
    forms = EntryForms(document or PaperDocument(slug="", month=1))
    sent = {field.html_name: field.value() for field in forms.own} | {"token": token}
    for parts in forms.parts.values():
        for form in (parts.management_form, *parts.forms):
            for field in form:
                value = field.value()
                if value is not None and value is not False:
                    sent[field.html_name] = value
    return {
        name: "" if value is None else value for name, value in sent.items()
    } | values


def filled_for(paper, **values):
    working = get_working(paper)
    return filled(working.document, working.token, **values)


def add_row(form, prefix, **values):
    """The form with one more row of a kind of part."""
    number = int(form[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return form | row | {f"{prefix}-TOTAL_FORMS": number + 1}


READY = {
    "headline": "Eight experts",
    "summary": "A *sparse* model.",
    "title": "Mixtral of Experts",
    "authors": "Albert Q. Jiang",
    "date": "2024-01-08",
    "arxiv_id": "https://arxiv.org/abs/2401.04088v2",
}
