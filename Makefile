# Integrationspanelen. Needs Python 3.11 or later, make and git; nothing else.
# PORT, HOST, DATA and PYTHON may be set: `make run PORT=8060 DATA=/srv/panel`.

PORT ?= 8050
HOST ?= 127.0.0.1
DATA ?= data

# The first Python that starts, is new enough and can make an environment.
ifndef PYTHON
PYTHON := $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
	>/dev/null 2>&1 && echo $$python && break; done)
endif

BIN := .venv/bin
VENV := .venv/pyvenv.cfg
RUNTIME := .venv/.runtime
DEV := .venv/.dev
PARALLEL := --numprocesses auto --dist loadfile --ignore=tests/benchmarks
PEERS := .benchmarks/peers/vizro/.installed .benchmarks/peers/streamlit/.installed
INSTALL := $(BIN)/python -m pip install --quiet --constraint constraints.txt --editable

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test data lint bench bench-peers bench-growth plotly clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\): .*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 21

$(VENV):
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later with venv was found." \
		"Install one (Debian: python3-venv) or say which: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv .venv

$(RUNTIME): $(VENV) pyproject.toml constraints.txt
	$(INSTALL) .
	@touch $@

$(DEV): $(VENV) pyproject.toml constraints.txt
	$(INSTALL) ".[test,dev]"
	@touch $(RUNTIME) $@

run: $(RUNTIME) ## serve the panel on 127.0.0.1:8050, with example data if there are none
	@found=0; $(BIN)/python -m etl path --data "$(DATA)" >/dev/null 2>&1 || found=$$?; \
	case $$found in \
	0) ;; \
	4) echo "No warehouse in $(DATA)/: building example data."; \
	   $(BIN)/python -m etl demo --data "$(DATA)" ;; \
	*) $(BIN)/python -m etl path --data "$(DATA)" ;; \
	esac
	$(BIN)/python -m dashboard --data "$(DATA)" --host "$(HOST)" --port "$(PORT)"

test: $(DEV) ## run all tests; those in a browser skip, saying so, without Chromium
	$(BIN)/python -m pytest $(PARALLEL) -m "not browser and not slow"
	$(BIN)/python -m pytest $(PARALLEL) -m "slow and not browser"
	$(BIN)/python -m pytest -m browser --ignore=tests/benchmarks

data: $(RUNTIME) ## fetch the real figures from SCB and build the warehouse
	$(BIN)/python -m etl run --data "$(DATA)"

lint: $(DEV) ## check format, style and types
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

bench: $(DEV) ## measure pipeline and panel; prints figures and asserts ratios
	$(BIN)/python -m pytest tests/benchmarks -s --ignore=tests/benchmarks/test_growth.py

bench-peers: $(DEV) $(PEERS) ## the same first chart in Vizro and Streamlit, each in an environment of its own
	$(BIN)/python -m pytest tests/benchmarks/test_peers.py -s

.benchmarks/peers/%/.installed: tests/benchmarks/peers/%.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --requirement $<
	@touch $@

bench-growth: $(DEV) ## build and ask 50 million observations: a few minutes
	$(BIN)/python -m pytest tests/benchmarks/test_growth.py -s

plotly: ## build our part of plotly.js anew; the only target that needs node and npm
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && cp tools/plotly/* "$$folder" && \
	cd "$$folder" && npm install --no-audit --no-fund --no-package-lock --ignore-scripts --silent && \
	node build.mjs "$(CURDIR)/dashboard/plotly"

clean: ## remove the environment, caches and build artefacts; never data
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .benchmarks build dist
	rm -rf *.egg-info
	find etl dashboard tests -name __pycache__ -type d -prune -exec rm -rf {} +
