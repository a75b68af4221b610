"""How an entry is found: by an address that it had before, and by its words."""

from django.db import models


class FormerAddress(models.Model):
    """An address that an entry had before; it leads to the entry in one step."""

    year = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=80)
    paper = models.ForeignKey("Paper", models.CASCADE, related_name="former_addresses")

    class Meta:
        ordering = ["year", "slug"]
        verbose_name_plural = "former addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "slug"], name="former_address_leads_to_one_paper"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.slug}"


class SearchDocument(models.Model):
    """The words of an entry that search looks through; the index follows by itself."""

    paper = models.OneToOneField(
        "Paper", models.CASCADE, primary_key=True, related_name="search_document"
    )
    headline = models.TextField()
    names = models.TextField()
    body = models.TextField()

    def __str__(self) -> str:
        return self.headline
