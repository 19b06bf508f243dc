"""Help: how we count, how to ask, keys, how reviewing works, words."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .. import help_text
from ..languages import language_of
from ..rendering import render


def contents(request: Request) -> Response:
    lang = language_of(request)
    topics = [(topic, help_text.title(topic, lang), _first(topic, request)) for topic in help_text.TOPICS]
    return render(request, "help.html", topic="", blocks=(), topics=topics)


def _first(topic: str, request: Request) -> help_text.Line:
    """The first paragraph: what the page is about."""
    return next((block.line for block in help_text.read(topic, language_of(request)) if block.kind == "p"), ())


def one(request: Request) -> Response:
    topic, lang = request.path_params["topic"], language_of(request)
    topics = [(known, help_text.title(known, lang), ()) for known in help_text.TOPICS]
    if topic == "tombol":
        return render(request, "help.html", topic=topic, blocks=(), topics=topics)
    if topic not in help_text.TOPICS:
        raise HTTPException(404, f"there is no help on {topic[:40]!r}")
    return render(request, "help.html", topic=topic, blocks=help_text.read(topic, lang), topics=topics)


ROUTES = [Route("/bantuan", contents), Route("/bantuan/{topic}", one)]
