"""What the form of an entry asks for while one writes: to keep words, to show them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from papers import drafts, inquiries, previews, roles
from papers.admin.beside import BesideScreens
from papers.admin.entry_form import EntryForms
from papers.admin.placing import report
from papers.admin.record import say
from papers.markup import Frame
from papers.models import Figure, Paper, Review, Revision
from papers.rendering import render_inline
from papers.values import PaperDocument

CHANGE = "admin:papers_paper_change"


class KeepingScreens(BesideScreens):
    """Keep what is written, show figures and previews, ask for the record."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("add/keep/", wrap(self.keep_new), name="papers_paper_keep_new"),
            path("figure/", wrap(self.show_figure), name="papers_paper_figure"),
            path("<int:pk>/keep/", wrap(self.keep), name="papers_paper_keep"),
            path("<int:pk>/record/", wrap(self.ask_record), name="papers_paper_record"),
            path("<int:pk>/preview/", wrap(self.preview), name="papers_paper_preview"),
        ]
        return [*own, *super().get_urls()]

    def keep(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep what a form holds, and say what the checks find; the site stays as it is."""
        paper = get_object_or_404(Paper, pk=pk)
        if request.method != "POST" or not roles.may_edit(request.user, paper):
            raise PermissionDenied
        working = drafts.get_working(paper)
        forms = EntryForms(working.document, request.POST, request.FILES)
        if not forms.is_valid():
            return JsonResponse({"problem": forms.problem}, status=400)
        try:
            revision = drafts.save(
                paper,
                forms.read(),
                by=request.user,
                token=request.POST.get("token", ""),
                kind=Revision.Kind.AUTOSAVED,
            )
        except drafts.Conflict as conflict:
            by = conflict.theirs.made_by or "Somebody"
            words = f"{by} saved another version. Save to see both; your words are kept here."
            return JsonResponse({"problem": words, "conflict": True}, status=409)
        return self.kept(request, paper, forms, revision)

    def keep_new(self, request: HttpRequest) -> HttpResponse:
        """Begin an entry with the first words that are worth keeping."""
        review = read_review(request)
        if (
            request.method != "POST"
            or review is None
            or not roles.may_add(request.user)
        ):
            raise PermissionDenied
        document = PaperDocument(slug="", month=read_month(request))
        forms = EntryForms(document, request.POST, request.FILES)
        if not forms.is_valid():
            return JsonResponse({"problem": forms.problem}, status=400)
        paper = drafts.begin(review, forms.read(), by=request.user)
        self.log_addition(request, paper, "Begun.")
        working = drafts.get_working(paper)
        return self.kept(request, paper, forms, working.revision)

    def kept(
        self,
        request: HttpRequest,
        paper: Paper,
        forms: EntryForms,
        revision: Revision | None,
    ) -> HttpResponse:
        context = {
            **report(forms.read(), forms),
            "paper": paper,
            "may_edit": True,
            "may_publish": roles.may_publish(request.user),
        }
        made_at = timezone.localtime(revision.made_at) if revision else timezone.now()
        return JsonResponse(
            {
                "token": revision.token if revision else "",
                "at": f"{made_at:%H:%M}",
                "change": reverse(CHANGE, args=[paper.pk]),
                "keep": reverse("admin:papers_paper_keep", args=[paper.pk]),
                "findings": render_to_string(
                    "admin/papers/paper/_findings.html", context, request
                ),
            }
        )

    def ask_record(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask the catalogues by the entry's identifiers, and keep what they answer."""
        paper = get_object_or_404(Paper, pk=pk)
        if request.method != "POST" or not roles.may_edit(request.user, paper):
            raise PermissionDenied
        document = drafts.get_working(paper).document
        replies = inquiries.ask_all(inquiries.identifiers_of(document))
        for reply in replies:
            inquiries.keep(paper, reply)
        said, problems = say(replies)
        if said:
            messages.success(request, said)
        for problem in problems if replies else ["There is nothing to ask by."]:
            messages.warning(request, problem)
        return HttpResponseRedirect(reverse(CHANGE, args=[pk]))

    def show_figure(self, request: HttpRequest) -> HttpResponse:
        """A figure as readers will see it, from what its form holds."""
        if request.method != "POST" or not roles.may_add(request.user):
            raise PermissionDenied
        said = {
            name: request.POST.get(name, "")
            for name in ("kind", "content", "alt", "language", "key", "chart", "notes")
        }
        try:
            figure = Figure(caption=request.POST.get("caption", "")[:2_000], **said)
            html = figure.make_html(Frame())
            caption = render_inline(figure.fill(figure.caption))
        except ValueError as error:
            return HttpResponse(str(error), status=400, content_type="text/plain")
        context = {"html": html, "caption": caption}
        return render(request, "admin/papers/paper/_figure_preview.html", context)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The entry's page as readers would see its newest version."""
        paper = get_object_or_404(Paper.objects.select_related("review"), pk=pk)
        if not self.has_view_permission(request, paper):
            raise PermissionDenied
        shown = previews.load_preview(pk)
        context = {"page": shown.page, "preview": shown}
        response = render(request, "papers/paper.html", context)
        response["X-Robots-Tag"] = "noindex"
        return response


def read_review(request: HttpRequest) -> Review | None:
    """The review that an entry is begun in: the one asked for, or the newest."""
    asked = request.POST.get("review") or request.GET.get("review", "")
    reviews = Review.objects.order_by("-year")
    if asked.isdecimal() and len(asked) == len("2024"):
        return reviews.filter(year=int(asked)).first()
    return reviews.first()


def read_month(request: HttpRequest) -> int:
    asked = request.POST.get("month") or request.GET.get("month", "")
    is_month = asked in {str(number) for number in range(1, 13)}
    return int(asked) if is_month else timezone.localdate().month
