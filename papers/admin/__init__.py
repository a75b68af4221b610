"""The editors' desk: one module for each screen."""

from papers.admin import board, paper, review, tag

__all__ = ["board", "paper", "review", "tag"]
