"""Use cases of the library: write and release templates, start documents from them, fill a new space."""

from dataclasses import replace

from sqlalchemy import select

from wiki.core.authz import Actor, authorize
from wiki.core.clock import now
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Invalid, NotFound
from wiki.core.events import publish
from wiki.documents import service as documents
from wiki.documents.domain.audience import Ring
from wiki.documents.domain.commands import CreateDocument
from wiki.documents.models import Document
from wiki.library.domain import (
    MAX_NOTE,
    AddTemplate,
    StartFromTemplate,
    TemplateType,
    Version,
    document_kind,
    rises,
    started_title,
)
from wiki.library.events import DocumentStarted, TemplateReleased
from wiki.library.models import Derivation, FormTemplate, TemplateRelease
from wiki.library.policy import LibraryAction
from wiki.library.queries.starter import starter_templates, starting_content
from wiki.library.queries.templates import form_template, newest_release, releases
from wiki.spaces.domain import SpaceKind, editor_token, reader_token
from wiki.spaces.models import Space

# The page that the templates of a network stand under: its title and text, by the language of the space.
_SHELF = {
    "nb": (
        "Maler",
        "Malene som kommunene i nettverket bruker. Åpne en mal for å se hva den er til, og for å ta den i bruk.",
    ),
    "nn": (
        "Malar",
        "Malane som kommunane i nettverket bruker. Opne ein mal for å sjå kva han er til, og for å ta han i bruk.",
    ),
}


def add_template(actor: Actor, command: AddTemplate) -> FormTemplate:
    """Write a form template, publish it and release it as its first version.

    Raises:
        Forbidden: the actor may not write in the space.
        Invalid: the title or another field breaks a rule.
    """
    with unit_of_work():
        document = documents.create(
            actor,
            CreateDocument(
                space_id=command.space_id,
                title=command.title,
                body=command.body,
                kind="form_template",
                parent_id=command.parent_id,
                language=command.language,
                note=command.note,
                owner=command.owner,
                ring=command.ring,
                publish=True,
            ),
        )
        template = FormTemplate(
            document_id=document.id, family=command.family, type=command.type, summary=command.summary
        )
        template.document = document
        db.session.add(template)
        _release(actor, template, command.version, command.note)
    return template


def release(actor: Actor, template_id: int, version: str, note: str) -> TemplateRelease:
    """Name the published text of a template as its next version.

    Raises:
        NotFound: the actor may not read the template.
        Forbidden: the actor may not publish it.
        Invalid: the version is not above those before it, nothing is new, or it is not said what is.
    """
    with unit_of_work():
        template = form_template(actor, template_id)
        authorize(actor, LibraryAction.RELEASE, template)
        earlier = releases(template_id)
        number = _checked_version(version, [Version.parse(each.version) for each in earlier])
        if not note.strip():
            raise Invalid(fields={"note": "Skriv kort hva som er nytt, så de som bruker malen, ser det."})
        if len(note) > MAX_NOTE:
            raise Invalid(fields={"note": "Skriv det kortere. Her er det plass til 300 tegn."})
        if earlier and earlier[0].revision_id == template.document.published_id:
            raise Invalid("Det er ikke publisert noe nytt siden forrige versjon.")
        return _release(actor, template, number, note)


def start_from_template(actor: Actor, command: StartFromTemplate) -> Document:
    """Begin a draft with the text of a template's newest release, and remember which one it was.

    Raises:
        NotFound: the actor may not read the template, or it has no release.
        Forbidden: the actor may not write in the space.
    """
    with unit_of_work():
        template = form_template(actor, command.template_id)
        source = newest_release(template.document_id)
        if source is None:
            raise NotFound()
        document = documents.create(
            actor,
            CreateDocument(
                space_id=command.space_id,
                title=started_title(source.revision.title, command.title),
                body=source.revision.body,
                kind=document_kind(TemplateType(template.type)),
                parent_id=command.parent_id,
                language=template.document.language,
                slug=command.slug,
            ),
        )
        remember_origin(actor, document, source)
    return document


def remember_origin(actor: Actor, document: Document, source: TemplateRelease) -> None:
    """Note that a document was begun from a release; within the unit of work that made the document."""
    db.session.add(Derivation(document_id=document.id, template_id=source.template_id, release_id=source.id))
    db.session.flush()
    publish(
        DocumentStarted(
            actor=actor,
            thing_id=document.id,
            title=document.title,
            space_id=document.space_id,
            network_id=document.space.network_id,
            template_id=source.template_id,
            version=source.version,
        )
    )


def install_starter(actor: Actor, space_id: int) -> int:
    """Put the shipped templates into a network's own space; those it already has stay as they are.

    Returns:
        How many were new.

    Raises:
        NotFound: there is no such space.
        Invalid: it is not the space of a network.
        Forbidden: the actor may not write there.
    """
    with unit_of_work():
        space = db.session.get(Space, space_id)
        if space is None:
            raise NotFound()
        if space.kind != SpaceKind.NETWORK:
            raise Invalid("Malene hører hjemme i rommet til nettverket.")
        there = _families(space_id)
        missing = [template for template in starter_templates() if (template.type, template.language) not in there]
        if not missing:
            return 0
        shelf_id = _shelf(actor, space)
        for template in missing:
            add_template(
                actor,
                AddTemplate(
                    space_id=space_id,
                    family=template.type,
                    type=template.type,
                    title=template.title,
                    body=template.body,
                    language=template.language,
                    summary=template.summary,
                    owner=template.owner,
                    version=template.version,
                    note=template.note,
                    parent_id=shelf_id,
                    ring=Ring.NETWORK,
                ),
            )
    return len(missing)


def fill_new_space(actor: Actor, space_id: int) -> None:
    """Write the first pages of a space that was just made; a network's own space gets the templates too.

    Whoever made the space writes them, also when their own rights do not reach into it yet.

    Raises:
        NotFound: there is no such space.
    """
    with unit_of_work():
        space = db.session.get(Space, space_id)
        if space is None:
            raise NotFound()
        maker = replace(actor, tokens=actor.tokens | {reader_token(space_id), editor_token(space_id)})
        for page in starting_content(space.kind, space.language, space.name):
            documents.create(
                maker,
                CreateDocument(
                    space_id=space_id,
                    title=page.title,
                    body=page.body,
                    language=page.language,
                    purpose=page.purpose,
                    slug=page.slug,
                    publish=True,
                ),
            )
        if space.kind == SpaceKind.NETWORK:
            install_starter(maker, space_id)


def _checked_version(text: str, released: list[Version]) -> Version:
    try:
        version = Version.parse(text)
    except ValueError:
        raise Invalid(fields={"version": "Skriv versjonen som to tall, for eksempel 1.1."}) from None
    if not rises(version, released):
        raise Invalid(fields={"version": "Versjonen må være høyere enn den forrige."})
    return version


def _release(actor: Actor, template: FormTemplate, version: Version, note: str) -> TemplateRelease:
    document = template.document
    if document.published_id is None:
        raise Invalid("Publiser malen før du gir den ut som en versjon.")
    made = TemplateRelease(
        template_id=document.id,
        revision_id=document.published_id,
        version=str(version),
        note=note.strip(),
        released_at=now(),
        released_by_id=actor.person_id,
    )
    db.session.add(made)
    db.session.flush()
    publish(
        TemplateReleased(
            actor=actor,
            thing_id=document.id,
            title=document.title,
            space_id=document.space_id,
            network_id=document.space.network_id,
            version=made.version,
        )
    )
    return made


def _families(space_id: int) -> set[tuple[str, str]]:
    """Type and language of the templates that stand in a space, also of those in its trash."""
    query = (
        select(FormTemplate.type, Document.language)
        .join(Document, Document.id == FormTemplate.document_id)
        .where(Document.space_id == space_id)
    )
    return {(type_, language) for type_, language in db.session.execute(query)}


def _shelf(actor: Actor, space: Space) -> int:
    """The page that a network's templates stand under; written when there is none."""
    title, text = _SHELF.get(space.language, _SHELF["nb"])
    query = select(Document.id).where(
        Document.space_id == space.id, Document.slug == title.lower(), Document.trashed_at.is_(None)
    )
    found = db.session.scalar(query)
    if found is not None:
        return found
    page = CreateDocument(
        space_id=space.id, title=title, body=text, language=space.language, slug=title.lower(), publish=True
    )
    return documents.create(actor, page).id
