"""The start page: one search field and the lists that the rooms register. Nothing else."""

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from wiki.settings import LANGUAGES
from wiki.web.auth import current_actor, public
from wiki.web.language import set_language
from wiki.web.panels import current_panels, render_sections

blueprint = Blueprint("web", __name__)


@blueprint.get("/")
@public
def start() -> ResponseReturnValue:
    """What waits for this reader, and what is new; for the anonymous, what is open."""
    actor = current_actor()
    sections = render_sections(current_panels().start, actor)
    return render_template("web/start.html", sections=sections)


@blueprint.get(f"/sprak/<any({', '.join(LANGUAGES)}):code>")
@public
def choose_language(code: str) -> ResponseReturnValue:
    """Remember the language of the pages and go back."""
    return set_language(code)


def init_app(app: Flask) -> None:
    """Serve the start page."""
    app.register_blueprint(blueprint)
