"""The pages of the reference have names of their own."""

from builder import topics
from builder.read import slugs


def test_every_page_has_a_slug_of_its_own_that_an_article_may_have() -> None:
    pages = (*topics.FIGURES, topics.WRITING, topics.COMMANDS, topics.SETTINGS)
    assert len(topics.SLUGS) == len(pages) + 1
    assert all(slugs.wrong(slug) == "" for slug in topics.SLUGS)
