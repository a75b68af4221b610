"""“figures” becomes the address of a review's list of figures."""

from itertools import count

from django.db import migrations, models

FIGURES = "figures"


def free_address(apps, schema_editor):
    """Give an entry that has the address the next free one; the old one leads to it."""
    using = schema_editor.connection.alias
    papers = apps.get_model("papers", "Paper").objects.using(using)
    former = apps.get_model("papers", "FormerAddress").objects.using(using)
    for paper in papers.filter(slug=FIGURES).select_related("review"):
        year = paper.review.year
        taken = {
            *papers.filter(review=paper.review_id).values_list("slug", flat=True),
            *former.filter(year=year).values_list("slug", flat=True),
        }
        numbered = (f"{FIGURES}-{number}" for number in count(2))
        slug = next(name for name in numbered if name not in taken)
        # What was rendered names the old address, so it is rendered again.
        papers.filter(pk=paper.pk).update(slug=slug, rendered_by=0)
        former.update_or_create(
            year=year, slug=FIGURES, defaults={"paper_id": paper.pk}
        )
        for revision in paper.revisions.filter(document__slug=FIGURES):
            revision.document["slug"] = slug
            revision.save(update_fields=["document"])
    # PostgreSQL changes no table that still has something to check.
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [("papers", "0006_figure_forms")]

    operations = [
        migrations.RunPython(free_address, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", FIGURES), _negated=True),
                name="paper_slug_is_not_the_list_of_figures",
                violation_error_message="“figures” is the address of the review's list of figures.",
            ),
        ),
    ]
