"""What several pages of documents show alike: the tree at the left, and who can read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import get_template_attribute
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import SelectChoice

from wiki.core.authz import Actor
from wiki.core.recent import Recent
from wiki.documents import queries
from wiki.documents.domain.address import address
from wiki.documents.domain.audience import NETWORKS, PUBLIC, Ring
from wiki.documents.forms import RINGS
from wiki.spaces.domain import SpaceView
from wiki.spaces.models import Space
from wiki.web.language import current_language

ID = "int(max=2147483647)"  # the converter of an id in an address: more than a column holds is no address


@dataclass(frozen=True)
class Readers:
    """Who can read, in a word: the widest ring that the audience amounts to, and whether more are named."""

    ring: Ring
    word: str


def readers_of(audience: Iterable[str], space_id: int) -> Readers:
    """The widest ring among the tokens."""
    kinds = {token if token == f"space:{space_id}:reader" else token.partition(":")[0] for token in audience}
    order = (
        (Ring.PUBLIC, PUBLIC),
        (Ring.NETWORKS, NETWORKS),
        (Ring.NETWORK, "network"),
        (Ring.MUNICIPALITY, "municipality"),
        (Ring.SPACE, f"space:{space_id}:reader"),
    )
    ring = next((ring for ring, kind in order if kind in kinds), Ring.EDITORS)
    return Readers(ring, str(RINGS[ring]))


_trees: Recent[Markup] = Recent(1024)


def tree_html(actor: Actor, space: Space | SpaceView, current_id: int | None) -> Markup:
    """The tree of the space, opened at the current document; kept until it changes."""
    seen = queries.whole_tree(actor, space.id, space.tree_version)
    key = (seen.key, space.slug, current_id, current_language())
    return _trees.get(key, lambda: _render_tree(seen, space, current_id))


def _render_tree(seen: queries.Seen, space: Space | SpaceView, current_id: int | None) -> Markup:
    nodes = _nodes(queries.branches(seen, current_id), space.slug)
    tree = get_template_attribute("components/tree.html", "tree")
    here = seen.by_id.get(current_id or 0)
    current = address(space.slug, here.slug) if here else None
    return Markup(tree(nodes, current=current, name=space.slug))  # noqa: S704  the output of a template


def _nodes(found: Iterable[queries.Branch], space_slug: str) -> list[dict[str, object]]:
    return [
        {
            "title": branch.node.title,
            "url": address(space_slug, branch.node.slug),
            "children": _nodes(branch.children, space_slug),
            "open": branch.is_open,
            "language": branch.node.language,
            "note": _("kladd") if branch.node.is_draft else "",
        }
        for branch in found
    ]


def trail(actor: Actor, space: Space | SpaceView, document_id: int) -> list[tuple[str, str]]:
    """Title and address of the readable documents above one, for the breadcrumb."""
    seen = queries.whole_tree(actor, space.id, space.tree_version)
    return [(node.title, address(space.slug, node.slug)) for node in queries.trail(seen, document_id)]


def places(actor: Actor, space: Space, *, leave_out: int | None = None) -> list[SelectChoice]:
    """The places under which a document can stand, as a list to choose from; without one branch."""
    choices = [SelectChoice("0", _("Øverst i rommet"))]
    for node, depth in reading_order(actor, space, leave_out=leave_out):
        choices.append(SelectChoice(str(node.id), "\u2003" * depth + node.title))
    return choices


def reading_order(
    actor: Actor, space: Space, *, leave_out: int | None = None
) -> Iterator[tuple[queries.TreeNode, int]]:
    """Every document of the space that the reader may read, from the top down, with its depth."""
    seen = queries.whole_tree(actor, space.id, space.tree_version)
    waiting = [(node, 0) for node in reversed(seen.children.get(None, ()))]
    while waiting:
        node, depth = waiting.pop()
        if node.id == leave_out:
            continue
        yield node, depth
        waiting.extend((child, depth + 1) for child in reversed(seen.children.get(node.id, ())))
