# Everything a reader, a tester or a developer runs, by one word each. `make` alone lists them.
#
# Two virtual environments, made once and remade when pyproject.toml changes:
#   .venv-demo  what a user installs: the project and its run-time dependencies, no more
#   .venv       what a developer works in: the project in place, with the tools for tests and checks
# A third, .venv-bench, is made only for `make bench`, which needs spaCy to compare with.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

DEV := .venv/bin/python
DEMO := .venv-demo/bin
BENCH := .venv-bench/bin/python
SOURCES := $(shell find src -type f -not -name '*.pyc' -not -path '*.egg-info/*' 2>/dev/null)
SHARED := $(or $(TELUSUR_SHARED),../shared)
MODEL := 6
PIP_QUIET := --quiet --disable-pip-version-check

# An environment that is there already is kept and filled. Debian's bare python3 has no ensurepip;
# its pip can still fill an environment from outside.
define new_venv
test -x $(1)/bin/python \
  || { $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
       || { echo "telusur needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" >&2; exit 1; }; \
       $(PYTHON) -m venv $(1) 2>/dev/null \
       || { $(PYTHON) -m venv --clear --without-pip $(1) && $(PYTHON) -m pip --python $(1)/bin/python install $(PIP_QUIET) pip; } \
       || { echo "cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }; }
endef

.PHONY: help postgres browser catalogues demo test lint gate golden quality bench size train fuzz clean

help:  ## list these words
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

demo: .venv-demo/made  ## read the sample articles: one report in full, the others in a line each, pages in out/; an archive of them, and one claim traced in it
	@$(DEMO)/telusur read samples/pelabuhan.txt
	@$(DEMO)/python samples/tour.py samples out
	@echo; $(DEMO)/telusur add samples -q -a out/demo.db
	@$(DEMO)/telusur claim -a out/demo.db 'Milisi Sadeng merundingkan kemungkinan keluar dari Pelabuhan Orun'

test: .venv/made  ## run all tests in three processes, with a PostgreSQL server and a browser of their own
	@$(MAKE) --no-print-directory postgres browser || echo "tests of what is missing are skipped" >&2
	@$(DEV) -m pytest -n 3 --dist loadfile

postgres:  ## install the PostgreSQL server that the tests start for themselves (Debian; asks for root)
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 \
	  || { as_root="$$([ "$$(id -u)" = 0 ] || echo sudo) env DEBIAN_FRONTEND=noninteractive"; \
	       $$as_root apt-get update -qq && $$as_root apt-get install -y -qq --no-install-recommends postgresql >/dev/null; } \
	  || { echo "PostgreSQL cannot be installed here; put its initdb on the path" >&2; exit 1; }

browser:  ## install the browser that the tests look at pages with (Debian; asks for root)
	@command -v chromium >/dev/null \
	  || { as_root="$$([ "$$(id -u)" = 0 ] || echo sudo) env DEBIAN_FRONTEND=noninteractive"; \
	       $$as_root apt-get update -qq && $$as_root apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; } \
	  || { echo "chromium cannot be installed here; put it on the path, or set TELUSUR_CHROMIUM" >&2; exit 1; }

catalogues: .venv/made  ## gather the texts of the reading room, and make the catalogues that ship; say what is not translated
	@$(DEV) tools/catalogues.py

lint: .venv/made  ## check style and types
	@$(DEV) -m ruff check src tests samples benchmarks training tools
	@$(DEV) -m mypy

gate: .venv/made  ## score the gold articles and hold the floors of tests/gate.toml
	@$(DEV) -m pytest tests/test_quality_gate.py -rA

golden: .venv/made  ## write the expected records of the samples and the README's report anew; review the difference before you commit it
	@TELUSUR_GOLDEN=write $(DEV) -m pytest tests/test_samples.py tests/test_readme.py tests/web/test_sample_room.py
	@git --no-pager diff --stat -- tests/golden README.md docs/images || true

quality: .venv/made  ## score the gold articles and write docs/quality.md
	@$(DEV) benchmarks/quality.py

bench: .venv-bench/made  ## measure speed and memory, beside a spaCy pipeline on the same words
	@$(BENCH) benchmarks/speed.py

size:  ## measure what an installation takes on disk, package by package
	@$(PYTHON) benchmarks/size.py

train: .venv/made  ## make the model and the tables fitted beside it anew: 160 minutes on two cores that multiply in 16 bits; see training/README.md
	@$(DEV) -m pip install $(PIP_QUIET) -e '.[training]'
	@$(DEV) -m training.prepare --shared $(SHARED)
	@$(DEV) -m training.train base --shared $(SHARED)
	@$(DEV) -m training.readings build --shared $(SHARED)
	@$(DEV) -m training.train all --epochs 3 --no-loose --shared $(SHARED)
	@$(DEV) -m training.syntax training/cache/all.pt --shared $(SHARED)
	@$(DEV) -m training.fast training/cache/all.pt --shared $(SHARED)
	@$(DEV) -m training.export training/cache/all.pt --fast training/cache/fast.pt --version $(MODEL) --out src/telusur/data/models/reader
	@$(DEV) -m training.judgement --shared $(SHARED)
	@$(DEV) -m training.judges --shared $(SHARED)
	@$(DEV) -m training.unheard --shared $(SHARED)

fuzz: .venv/made  ## make up requests to /api/v1, good and bad, for ten minutes
	@TELUSUR_FUZZ=600 $(DEV) -m pytest tests/web/test_openapi.py -k made_up

clean:  ## remove the environments and everything that is made
	rm -rf .venv .venv-demo .venv-bench out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis src/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv-demo/made: pyproject.toml $(SOURCES)
	@echo "making .venv-demo (once; a minute or two)"
	@$(call new_venv,.venv-demo)
	@rm -rf build
	@.venv-demo/bin/python -m pip install $(PIP_QUIET) .
	@rm -rf build
	@touch $@

.venv/made: pyproject.toml
	@echo "making .venv (once; a minute or two)"
	@$(call new_venv,.venv)
	@.venv/bin/python -m pip install $(PIP_QUIET) -e '.[dev]'
	@touch $@

.venv-bench/made: pyproject.toml
	@echo "making .venv-bench (once; some minutes)"
	@$(call new_venv,.venv-bench)
	@.venv-bench/bin/python -m pip install $(PIP_QUIET) -e '.[bench]'
	@touch $@
