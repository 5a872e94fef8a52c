"""The pages of documents, one module for each thing people do there."""

from flask import Blueprint

from wiki.documents.views import arranging, editing, history, page, sharing

blueprint = Blueprint("documents", __name__)
for _module in (page, editing, history, arranging, sharing):
    _module.add_routes(blueprint)
