"""A document's page, the space's front page, and what the space holds."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from wiki.core.authz import Actor, can
from wiki.core.errors import NotFound
from wiki.documents import queries
from wiki.documents.domain.page import Page
from wiki.documents.policy import DocumentAction
from wiki.documents.views.shown import readers_of, trail, tree_html
from wiki.spaces.queries import get_space
from wiki.web.auth import current_actor, public
from wiki.web.panels import current_panels, render_sections, sections_key, tabs_key
from wiki.web.whole_page import kept_page


def add_routes(blueprint: Blueprint) -> None:
    """Serve the pages under their addresses."""
    blueprint.add_url_rule("/s/<space>", view_func=front)
    blueprint.add_url_rule("/s/<space>/<slug>", view_func=show)
    blueprint.add_url_rule("/s/<space>/<slug>/kladd", view_func=draft)


@public
def front(space: str) -> ResponseReturnValue:
    """The front page of a space; for those who may know of the space but not read it, its about page."""
    actor = current_actor()
    page = queries.find_front(actor, space)
    if page is None:
        return redirect(url_for("spaces.about", space=get_space(actor, space).slug))
    return _render(actor, page)


@public
def show(space: str, slug: str) -> ResponseReturnValue:
    """A document as its readers see it; an address it had before leads to the one it has.

    Never as "permanent": a browser would remember it, and a document can come back to where it was.
    """
    actor = current_actor()
    page = queries.find_page(actor, space, slug)
    if page is None:
        moved = queries.get_by_address(actor, space, slug)
        return redirect(url_for("documents.show", space=moved.space.slug, slug=moved.slug))
    if page.purpose == "front":
        return redirect(url_for("documents.front", space=space))
    return _render(actor, page)


def draft(space: str, slug: str) -> ResponseReturnValue:
    """The newest text, before readers see it; for the editors of the space.

    Raises:
        NotFound: the reader may not see drafts here.
    """
    actor = current_actor()
    document = queries.get_by_address(actor, space, slug)
    if document.head is None or not can(actor, DocumentAction.SEE_DRAFTS, document):
        raise NotFound()
    page = queries.find_page(actor, document.space.slug, document.slug, head=True)
    if page is None:
        raise NotFound()
    return _render(actor, page, showing_draft=page.has_newer_draft)


def _render(actor: Actor, page: Page, *, showing_draft: bool = False) -> str:
    """The page, kept for all readers who see it alike."""

    def make() -> str:
        return _make(actor, page, showing_draft)

    panels = current_panels()
    decided = sections_key((*panels.document_facts, *panels.document_actions, *panels.document_below), actor, page)
    if decided is None or page.kind in panels.document_bodies:
        return make()
    return kept_page(
        page.key,
        showing_draft,
        can(actor, DocumentAction.EDIT, page),
        can(actor, DocumentAction.SEE_DRAFTS, page),
        queries.whole_tree(actor, page.space.id, page.space.tree_version).key,
        tabs_key(actor, page.space),
        page.space.archived_at,
        decided,
        render=make,
    )


def _make(actor: Actor, page: Page, showing_draft: bool) -> str:
    panels = current_panels()
    body = panels.document_bodies.get(page.kind)
    return render_template(
        "documents/page.html",
        page=page,
        space=page.space,
        body=body(actor, page) if body else Markup(page.html),  # noqa: S704  cleaned when it was saved
        readers=readers_of(page.audience, page.space.id),
        tree=tree_html(actor, page.space, page.id),
        trail=trail(actor, page.space, page.id),
        facts=render_sections(panels.document_facts, actor, page),
        actions=tuple(render_sections(panels.document_actions, actor, page)),
        may_write=can(actor, DocumentAction.EDIT, page),
        below=render_sections(panels.document_below, actor, page),
        showing_draft=showing_draft,
        action=DocumentAction,
    )
