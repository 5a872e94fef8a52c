"""Where a document is found, without asking the web framework: for index entries and exports."""


def address(space_slug: str, slug: str) -> str:
    """The path of a document's page."""
    return f"/s/{space_slug}/{slug}"
