"""The form of an entry, and what its buttons do."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from papers import (
    checks,
    differences,
    drafts,
    inquiries,
    previews,
    publishing,
    roles,
)
from papers.admin import waiving
from papers.admin.entry_form import EntryForms
from papers.admin.entry_parts import SETS
from papers.admin.keeping import (
    CHANGE,
    KeepingScreens,
    read_month,
    read_review,
)
from papers.admin.placing import place, report
from papers.admin.record import say, show_records, take_identifier, take_over
from papers.corrections import show_for
from papers.documents.plain import from_plain
from papers.models import Paper, Review, Status, Tag
from papers.values import PaperDocument

FORM = "admin/papers/paper/change_form.html"


class EntryScreens(KeepingScreens):
    """Add and change an entry, and do with it what its buttons say."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if object_id is None:
            return self.add_entry(request)
        paper = self.get_object(request, unquote(object_id))
        if paper is None and request.method == "POST":
            return self.add_entry(request, deleted=True)
        if paper is None:
            messages.error(request, "There is no such entry; it may have been deleted.")
            return HttpResponseRedirect(reverse("admin:index"))
        if not self.has_view_permission(request, paper):
            raise PermissionDenied
        return self.change_entry(request, paper)

    def add_entry(self, request: HttpRequest, *, deleted: bool = False) -> HttpResponse:
        if not roles.may_add(request.user):
            raise PermissionDenied
        review = read_review(request)
        if review is None:
            messages.error(request, "Begin a review first: an entry stands in one.")
            return HttpResponseRedirect(reverse("admin:papers_review_add"))
        document = PaperDocument(slug="", month=read_month(request))
        forms = read_forms(document, request)
        if request.method != "POST" or "_row" in request.POST or not forms.is_valid():
            return self.show_form(request, forms, review=review)
        if deleted:
            words = "The entry was deleted meanwhile. Your words are here: save them, and they are an entry again."
            messages.warning(request, words)
            return self.show_form(request, forms, review=review)
        paper = drafts.begin(review, forms.read(), by=request.user)
        self.log_addition(request, paper, "Begun.")
        return self.act(request, paper, forms)

    def change_entry(self, request: HttpRequest, paper: Paper) -> HttpResponse:
        working = drafts.get_working(paper)
        forms = read_forms(working.document, request)
        if request.method != "POST" or "_row" in request.POST:
            return self.show_form(request, forms, paper=paper, working=working)
        if not roles.may_edit(request.user, paper):
            raise PermissionDenied
        if not forms.is_valid():
            return self.show_form(request, forms, paper=paper, working=working)
        document, token = forms.read(), request.POST.get("token", "")
        try:
            drafts.save(paper, document, by=request.user, token=token)
        except drafts.Conflict as conflict:
            drafts.set_aside(paper, document, by=request.user)
            theirs = from_plain(conflict.theirs.document)
            return self.show_form(
                request,
                forms,
                paper=paper,
                working=working,
                conflict=conflict.theirs,
                changes=differences.compare(theirs, document),
            )
        paper.refresh_from_db()
        self.log_change(request, paper, "Saved.")
        return self.act(request, paper, forms)

    def show_form(
        self,
        request: HttpRequest,
        forms: EntryForms,
        *,
        paper: Paper | None = None,
        review: Review | None = None,
        working: drafts.Working | None = None,
        **extra: Any,
    ) -> HttpResponse:
        may_edit = roles.may_edit(request.user, paper) if paper else True
        context = {
            **self.admin_site.each_context(request),
            "title": str(paper) if paper else "New entry",
            "opts": self.opts,
            "paper": paper,
            "review": paper.review if paper else review,
            "forms": forms,
            "working": working,
            "token": working.token if working else "",
            **report(forms.read() if forms.can_read else forms.document, forms),
            "may_edit": may_edit,
            "may_publish": may_edit and roles.may_publish(request.user),
            "is_live": bool(paper and paper.status in checks.GUARDED),
            "proposals": show_for(paper, forms.document) if paper else [],
            "records": show_records(paper, forms.document) if paper else [],
            "may_ask": paper is not None and inquiries.identifiers_of(forms.document),
            "review_days": REVIEW_DAYS,
            "vocabulary": Tag.objects.values_list("name", "full_name"),
            "reviewers_link": reviewers_link(request, paper),
            "time_zone": timezone.get_current_timezone_name(),
            **extra,
        }
        return TemplateResponse(request, FORM, context)

    # What the buttons do, once the words are kept

    def act(
        self, request: HttpRequest, paper: Paper, forms: EntryForms
    ) -> HttpResponse:
        """Do what was asked for beyond saving. The words are kept, whatever comes."""
        for words in waiving.act(request, paper):
            messages.success(request, words)
        asked = next((name for name in ACTIONS if name in request.POST), "_save")
        if asked == "_search":
            return self.show_found(request, paper)
        try:
            said = getattr(self, ACTIONS[asked])(request, paper)
        except publishing.Refused as refused:
            reasons = [finding.message for finding in refused.findings]
            messages.error(
                request,
                f"Saved, but not ready: {len(reasons)} thing{'s'[: len(reasons) > 1]} to put right.",
            )
            fresh = EntryForms(drafts.get_working(paper).document)
            return self.show_form(
                request,
                fresh,
                paper=paper,
                working=drafts.get_working(paper),
                refused=place(refused.findings, fresh),
            )
        except ValueError as error:
            messages.error(request, f"Saved. {error}")
        else:
            messages.success(request, said)
        if asked == "_preview":
            return HttpResponseRedirect(
                reverse("admin:papers_paper_preview", args=[paper.pk])
            )
        return HttpResponseRedirect(reverse(CHANGE, args=[paper.pk]))

    def show_found(self, request: HttpRequest, paper: Paper) -> HttpResponse:
        """The form again, with the papers that a search by title has found."""
        working = drafts.get_working(paper)
        found = inquiries.search(working.document)
        fresh = EntryForms(working.document)
        # Of two elements that ask for the focus a browser takes the first.
        del fresh.own.fields["headline"].widget.attrs["autofocus"]
        return self.show_form(request, fresh, paper=paper, working=working, found=found)

    def take(self, request: HttpRequest, paper: Paper) -> str:
        """Take an identifier that was found, and ask for its record at once."""
        pasted = take_identifier(paper, request.POST["_take"], by=request.user)
        self.log_change(request, paper, f"Took the identifier {pasted.value}.")
        reply = inquiries.ask(pasted)
        inquiries.keep(paper, reply)
        said, problems = say([reply])
        return " ".join([f"The id is now {pasted.value}.", said, *problems])

    def use(self, request: HttpRequest, paper: Paper) -> str:
        said = take_over(paper, request.POST["_use"], by=request.user)
        self.log_change(request, paper, "Took over what the record says.")
        return said

    def only_save(self, request: HttpRequest, paper: Paper) -> str:
        if paper.status in checks.GUARDED:
            return "Saved. Readers see the change when it is published."
        return "Saved."

    def publish_now(self, request: HttpRequest, paper: Paper) -> str:
        require_publisher(request)
        publishing.publish(paper, by=request.user)
        self.log_change(request, paper, "Published.")
        return "Published: readers see it now."

    def schedule(self, request: HttpRequest, paper: Paper) -> str:
        require_publisher(request)
        at = read_moment(request.POST.get("publish_at", ""))
        if paper.status == Status.PUBLISHED:
            raise ValueError("It is published already: publish the change itself.")
        publishing.publish(paper, by=request.user, at=at)
        self.log_change(request, paper, "Scheduled.")
        return f"Scheduled for {at:%-d %B %Y, %H:%M} ({timezone.get_current_timezone_name()})."

    def withdraw(self, request: HttpRequest, paper: Paper) -> str:
        require_publisher(request)
        publishing.withdraw(paper, request.POST.get("reason", ""), by=request.user)
        self.log_change(request, paper, "Withdrawn.")
        return "Withdrawn: its address now says why."

    def ask_for_review(self, request: HttpRequest, paper: Paper) -> str:
        publishing.set_stage(paper, Status.IN_REVIEW)
        return "Saved, and in review."

    def back_to_draft(self, request: HttpRequest, paper: Paper) -> str:
        publishing.set_stage(paper, Status.DRAFT)
        return "Saved, and a draft again."


ACTIONS = {
    "_publish": "publish_now",
    "_schedule": "schedule",
    "_withdraw": "withdraw",
    "_review": "ask_for_review",
    "_draft": "back_to_draft",
    "_search": "only_save",
    "_take": "take",
    "_use": "use",
    "_save": "only_save",
    "_waive": "only_save",
    "_preview": "only_save",
}


def read_forms(document: PaperDocument, request: HttpRequest) -> EntryForms:
    if request.method != "POST":
        return EntryForms(document)
    data: Any = request.POST
    if (name := data.get("_row")) in SETS:  # One more form of a kind, without a script.
        data = data.copy()
        total = data.get(f"{name}-TOTAL_FORMS", "")
        data[f"{name}-TOTAL_FORMS"] = str(int(total) + 1 if total.isdecimal() else 1)
    return EntryForms(document, data, request.FILES)


def read_moment(text: str) -> datetime:
    """The time at which to publish. Raise ValueError for none, or for one that is past."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise ValueError("Say when it should go public: a day and a time.")
    aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    if aware <= timezone.now():
        raise ValueError("That time is past: publish it now, or choose a later one.")
    return aware


def reviewers_link(request: HttpRequest, paper: Paper | None) -> str:
    """The address to send to somebody without an account; none for an entry not begun."""
    if paper is None:
        return ""
    return request.build_absolute_uri(previews.make_link(paper, days=REVIEW_DAYS))


REVIEW_DAYS = 7


def require_publisher(request: HttpRequest) -> None:
    if not roles.may_publish(request.user):
        raise ValueError("Publishing is for publishers: ask one of them.")
