"""The numbers of a figure as a file for a spreadsheet."""

from django.http import Http404, HttpRequest, HttpResponse

from papers import selectors
from papers.tabular import read_table, to_download
from papers.views import public

CSV = "text/csv; charset=utf-8; header=present"


@public
def figure_data(request: HttpRequest, year: int, slug: str, key: str) -> HttpResponse:
    try:
        paper = selectors.get_paper(year=year, slug=slug)
    except selectors.Moved as moved:
        raise selectors.Moved(f"{moved.url.removesuffix('/')}/{key}.csv") from moved
    figures = (each for each in paper.shown_figures if each.has_data)
    figure = next((each for each in figures if each.key == key), None)
    if figure is None:
        raise Http404("The entry has no table or chart of this name.")
    try:
        text = to_download(read_table(figure.content))
    except ValueError as error:
        raise Http404("The table cannot be read.") from error
    name = f'attachment; filename="{paper.slug}-{key}.csv"'
    return HttpResponse(
        text, headers={"Content-Type": CSV, "Content-Disposition": name}
    )
