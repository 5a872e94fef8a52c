"""The limit that everything is held against: one Flask page from one template, with no database and no session."""

from flask import Flask, render_template
from jinja2 import DictLoader

_PARAGRAPH = "Kommunene deler maler, vurderinger og referat, og hver kommune svarer for sitt eget. " * 4
_TEMPLATE = """<!doctype html><html lang="nb"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
{% for number in numbers %}<h2>{{ number }}</h2><p>{{ paragraph }}</p>{% endfor %}</body></html>"""


def make_app() -> Flask:
    """The bare application; its page is about 14 kB."""
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": _TEMPLATE})  # compiled once, as from a file

    @app.get("/")
    def page() -> str:
        return render_template("page.html", title="Bar side", numbers=range(40), paragraph=_PARAGRAPH)

    return app
