"""Who may do what to form templates.

A template is a document: who may read it is its audience, and whoever reads it may start from it
in a space they write in. Releasing a version is for those who may publish the document, because
the network builds on it from then on.
"""

from enum import StrEnum

from wiki.core.authz import Actor, can, declare, rule
from wiki.documents.policy import DocumentAction
from wiki.library.models import FormTemplate


@declare
class LibraryAction(StrEnum):
    """What can be done to a form template besides what can be done to its document."""

    RELEASE = "library.release"


@rule(LibraryAction.RELEASE, FormTemplate)
def _release(actor: Actor, template: FormTemplate) -> bool:
    return can(actor, DocumentAction.PUBLISH, template.document)
