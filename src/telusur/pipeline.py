"""From one page to its record: the whole piece on one page.

The order of the stages is the order of what each needs. Names come from the model; entities join names; times and
quotations stand on the text alone; attributions need names, times and quotations; claims need attributions, because
a claim inside someone's words is told on that person's word.

`read` is pure: the same source and hints give the same record, apart from ``analysis.seconds``.
"""

from __future__ import annotations

import time
from dataclasses import replace

from . import __version__
from .analyse.encoder import Model, load_model, understand
from .analyse.entities import resolve_entities
from .analyse.mentions import find_mentions
from .analyse.quotes import find_quotations
from .analyse.sentences import find_sentences
from .analyse.times import find_times
from .confidence.calibrated import with_confidence
from .errors import TelusurError
from .extract.attributions import find_attributions
from .extract.claims import find_claims
from .extract.units import read_units
from .model.document import Document, Hints, Source
from .model.record import Analysis, Failure, Record
from .parse import parse_page

SOFTWARE = "telusur"

TOO_LONG = "the text is too long for the model: after its first 25,000 words or so, names and events come from rules alone"


def read(source: Source, hints: Hints | None = None, *, fast: bool = False, model: Model | None = None) -> Record:
    """The record of one page.

    Args:
        source: the page's bytes with their origin.
        hints: what the caller knows of the article; taken as given where the page does not print its own.
        fast: read by the model's fast tier, in about three quarters of the time: what follows an article's beginning with 7 of its 12 layers.
        model: another language model than the shipped one.

    Raises:
        TelusurError: the page cannot be read, or holds no Indonesian article; the message says what to do.
    """
    began = time.process_time()
    document = parse_page(source, hints or Hints())
    return read_document(document, began=began, model=model or (load_model(tier="fast") if fast else None))


def read_document(document: Document, *, began: float | None = None, model: Model | None = None) -> Record:
    """The record of an article whose page has been parsed."""
    began = time.process_time() if began is None else began
    model = model or load_model()
    sentences = find_sentences(document)
    times = find_times(document)
    quotations = find_quotations(document)
    signals = understand(document, model)
    if signals.read_to is not None:
        document = replace(document, warnings=(*document.warnings, TOO_LONG))
    entities, mentions = resolve_entities(document, find_mentions(document, signals))
    units = read_units(document, sentences, mentions, times)
    attributions = find_attributions(document, sentences, mentions, entities, times, quotations, signals, units)
    claims = find_claims(document, sentences, mentions, entities, times, attributions, signals, units)
    analysis = Analysis(SOFTWARE, __version__, model.name, round(time.process_time() - began, 3))
    return with_confidence(Record(document, sentences, entities, mentions, times, attributions, claims, analysis))


def read_or_fail(source: Source, hints: Hints | None = None, *, model: Model | None = None) -> Record | Failure:
    """`read`, with an expected error as a value, so that one bad page never stops a run."""
    try:
        return read(source, hints, model=model)
    except TelusurError as problem:
        return Failure(hints.id if hints else None, problem.code, str(problem))
