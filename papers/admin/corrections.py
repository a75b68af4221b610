"""What readers propose: a list of what waits, and the buttons that decide."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from papers import corrections, roles
from papers.amending import Changed
from papers.models import Allowance, Correction, Paper

MOST_SHOWN = 50


@require_safe
def pending(request: HttpRequest) -> HttpResponse:
    """The proposals that wait, the oldest first."""
    if not request.user.has_perm("papers.view_paper"):
        raise PermissionDenied
    Allowance.drop_old()
    waiting = Correction.objects.pending()
    shown = [corrections.show(each) for each in waiting[:MOST_SHOWN]]
    context = {
        **admin.site.each_context(request),
        "title": "Proposed by readers",
        "rows": [
            (each, roles.may_edit(request.user, each.correction.paper))
            for each in shown
        ],
        "more": max(waiting.count() - MOST_SHOWN, 0),
    }
    return TemplateResponse(request, "admin/corrections.html", context)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline a proposal, and go back to where the button was."""
    correction = Correction.objects.pending().filter(pk=pk).first()
    if correction is None:
        messages.info(request, "Somebody has decided on this already.")
        return HttpResponseRedirect(reverse("admin:corrections"))
    paper = correction.paper
    if not roles.may_edit(request.user, paper):
        raise PermissionDenied
    try:
        said = act(request, correction)
    except corrections.Decided as decided:
        messages.info(request, str(decided))
    except Changed:
        words = "The words have changed meanwhile, and nothing was done. Here is what was proposed, and what stands there now."
        messages.warning(request, words)
        return to_entry(paper, proposed=True)
    else:
        log(request, paper, f"{correction.label}: {said}")
        messages.success(request, said)
    if "at_entry" in request.POST:
        return to_entry(paper)
    return HttpResponseRedirect(reverse("admin:corrections"))


def act(request: HttpRequest, correction: Correction) -> str:
    """Do what the button says; what became of it, in words."""
    by, pk = request.user, correction.pk
    if "decline" in request.POST:
        note = request.POST.get("note", "").replace("\0", "")
        corrections.decline(pk, by=by, note=note)
        return "Declined."
    if "done" in request.POST:
        corrections.accept_as_done(pk, by=by)
        return "Accepted as done."
    return tell(corrections.accept(pk, by=by))


def tell(accepted: corrections.Accepted) -> str:
    if accepted.refused:
        reasons = " ".join(finding.message for finding in accepted.refused)
        return f"Accepted and saved, but not ready to be published. {reasons}"
    if accepted.is_public:
        return "Accepted and published: readers see it now."
    return "Accepted and saved. Readers see it when the entry is published."


def log(request: HttpRequest, paper: Paper, words: str) -> None:
    """Say it in the record of actions, as every other save at the desk does."""
    LogEntry.objects.log_actions(
        int(request.user.pk or 0), [paper], CHANGE, words, single_object=True
    )


def to_entry(paper: Paper, *, proposed: bool = False) -> HttpResponseRedirect:
    form = reverse("admin:papers_paper_change", args=[paper.pk])
    return HttpResponseRedirect(f"{form}?proposed=1" if proposed else form)
