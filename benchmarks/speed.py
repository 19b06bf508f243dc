"""How fast Telusur reads, and what it takes, beside a spaCy pipeline on the same words in the same run.

Usage: python benchmarks/speed.py [--articles 100] [--repeat 3]       (`make bench` makes the environment for it)

Prints, for processes of their own, start-up included:
  - articles (of 300 words) that ``telusur read --jsonl`` reads in a CPU-second with everything on, and its peak memory, by both tiers;
  - how many times the bare language model's own CPU time that is, by both tiers;
  - the same of a spaCy pipeline with tagger, parser and names, which is given one thread: Telusur has the machine's own settings;
  - CPU-seconds of ``telusur --help``.

There is no trained spaCy pipeline for Indonesian to install. The peer is a blank Indonesian one with the components of
the small pipelines that spaCy ships for other languages (a shared hash-embedding encoder, 96 wide and 4 deep, under a
tagger, a transition parser and a transition name finder), with the labels of UD Indonesian, and weights that are drawn,
not trained: it computes as much, and knows nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"
WORDS_AN_ARTICLE = 300

SPACY_PEER = '''
import json, sys, warnings
warnings.filterwarnings("ignore")
import spacy
from spacy.training import Example

TAGS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
RELATIONS = """acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated
fixed flat iobj list mark nmod nsubj nummod obj obl orphan parataxis punct root vocative xcomp""".split()

texts = [json.loads(line)["text"] for line in sys.stdin]
nlp = spacy.blank("id")
nlp.add_pipe("tok2vec")
shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
tagger = nlp.add_pipe("tagger", config={"model": {"tok2vec": shared}})
parser = nlp.add_pipe("parser", config={"model": {"tok2vec": shared}})
names = nlp.add_pipe("ner", config={"model": {"tok2vec": shared}})
for tag in TAGS: tagger.add_label(tag)
for relation in RELATIONS: parser.add_label(relation)
for kind in ("PER", "ORG", "LOC"): names.add_label(kind)
words = "Bupati Sari bertemu warga di Sukasirna .".split()
known = {"words": words, "tags": "NOUN PROPN VERB NOUN ADP PROPN PUNCT".split(), "heads": [2, 0, 2, 2, 5, 2, 2],
         "deps": ["nsubj", "flat", "root", "obj", "case", "obl", "punct"], "entities": ["O", "U-PER", "O", "O", "O", "U-LOC", "O"]}
example = Example.from_dict(spacy.tokens.Doc(nlp.vocab, words=words), known)
nlp.initialize(lambda: [example])
print(sum(len(doc) for doc in nlp.pipe(texts)))
'''


SHARE = '''
import json, sys, time
from telusur.analyse import encoder
from telusur.export.json import dumps
from telusur.ingest.files import from_text
from telusur.pipeline import read

texts, model = [json.loads(line)["text"] for line in sys.stdin], encoder.load_model(tier=sys.argv[1])
for text in texts[:5]:  # loads the model and the tables
    read(from_text(text, media_type="text/plain"), model=model)
run, asked = encoder._run, []

def noted(model, window):
    asked.append((model, window))
    return run(model, window)

encoder._run, whole, own = noted, 0.0, 0.0
for text in texts:
    asked.clear()
    began = time.process_time()
    dumps(read(from_text(text, media_type="text/plain"), model=model))
    ended = time.process_time()
    for one in asked:
        run(*one)
    whole, own = whole + ended - began, own + time.process_time() - ended
print(whole / own)
'''
"""Prints how many times the model's own time a reading takes, start-up left aside: each article is read, then the model is asked once more
about its windows alone. (Timing each question within the reading laid what the clock takes, eight times an article, on the reading.)"""


@dataclass(frozen=True)
class Cost:
    """What one process took."""

    cpu_seconds: float
    peak_mb: float


def articles(count: int) -> str:
    """``count`` articles of 300 words as JSON Lines: the samples, cut or joined to length at a line's end."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    return "".join(json.dumps({"id": f"a{n}", "text": to_length(texts, n)}, ensure_ascii=False) + "\n" for n in range(count))


def to_length(texts: list[str], number: int) -> str:
    """Sample ``number``, going on with the paragraphs of the next one where it is too short. Each line ends with the number: what is
    worked out once for equal lines gains by no line of another article, as in life."""
    kept: list[str] = []
    words = 0
    for text in (texts[number % len(texts)], texts[(number + 1) % len(texts)]):
        for line in text.split("\n"):
            left = WORDS_AN_ARTICLE - words
            if left <= 0:
                return "\n".join(kept)
            found = line.split()
            told = line if len(found) <= left else " ".join(found[:left])
            kept.append(f"{told} ({number})" if found else line)
            words += min(len(found), left)
    return "\n".join(kept)


ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def as_people_have_it() -> dict[str, str]:
    """The environment without numbers of threads, which few set."""
    return {name: value for name, value in os.environ.items() if name not in ONE_THREAD}


def cost(command: list[str], given: str, environment: Mapping[str, str] | None = None) -> Cost:
    """Runs ``command`` in a process of its own and measures it.

    Raises:
        RuntimeError: the command failed; the message is what it said.
    """
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        stdin.write(given.encode())
        stdin.seek(0)
        child = subprocess.Popen(command, stdin=stdin, stdout=out, stderr=err, env=environment or as_people_have_it())
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            err.seek(0)
            raise RuntimeError(f"{command[0]} ended with status {child.returncode}: {err.read().decode(errors='replace')[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def times_the_model(given: str, tier: str) -> float:
    """How many times the CPU time of the bare language model a reading by this tier takes."""
    printed = subprocess.run([sys.executable, "-c", SHARE, tier], input=given, text=True, capture_output=True, check=True, env=as_people_have_it())
    return float(printed.stdout)


def middle(costs: list[Cost]) -> Cost:
    """The median of several runs, measure by measure."""
    return Cost(statistics.median(c.cpu_seconds for c in costs), statistics.median(c.peak_mb for c in costs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    given = articles(asked.articles)
    telusur = str(Path(sys.executable).with_name("telusur"))
    runs = {
        "telusur read --jsonl": [telusur, "read", "--jsonl", "-"],
        "telusur read --jsonl --fast": [telusur, "read", "--jsonl", "--fast", "-"],
        "spaCy tagger, parser, names": [sys.executable, "-c", SPACY_PEER],
    }
    words = sum(len(json.loads(line)["text"].split()) for line in given.splitlines())
    print(f"{asked.articles} articles, {words / asked.articles:.0f} words each; median of {asked.repeat} runs, start-up included")
    for name, command in runs.items():
        environment = os.environ | ONE_THREAD if name.startswith("spaCy") else None
        found = middle([cost(command, given, environment) for _ in range(asked.repeat)])
        print(f"{name:30}{asked.articles / found.cpu_seconds:7.1f} articles a CPU-second{found.peak_mb:8.0f} MB at most")
    for tier in ("accurate", "fast"):
        print(f"{'times the bare model, ' + tier:30}{times_the_model(given, tier):7.2f}")
    helped = middle([cost([telusur, "--help"], "") for _ in range(asked.repeat)])
    print(f"{'telusur --help':30}{helped.cpu_seconds:7.2f} CPU-seconds")


if __name__ == "__main__":
    main()
