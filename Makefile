# Amberway. Every target does its own set-up, from nothing, on a Debian machine
# with Python 3.11 and make. Set-up runs again only when requirements.lock or
# pyproject.toml change.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

PYTHON ?= $(shell command -v python3.11 || command -v python3)
WORKERS ?= 2
PACKAGE ?= 1-responsibility,2-presence,3-airdefence,4-mobility,5-command

BIN   := .venv/bin
UV    := scripts/uv.sh
STAMP := .venv/.amberway-stamp

STATIC := src/amberway/server/static/index.html
WEB    := web/package-lock.json web/vite.config.ts web/index.html $(shell find web/src web/public -type f)

# --- what people call --------------------------------------------------------

.PHONY: help demo serve web web-dev test check bench docs lock setup clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: setup ## status quo against the whole package, by five actions: scoreboard here, report.html
	@$(BIN)/amberway compare baltic --with $(PACKAGE) --time-limit 30 --report report.html
	@echo "open report.html in a browser; report-slide.svg and .png are its first page as a slide"

serve: setup ## open the workbench on the reference scenario
	@$(BIN)/amberway serve baltic

web: $(STAMP) ## build the workbench (web/) into the package
	@echo "building the workbench"
	@$(BIN)/python hatch_build.py
	@$(BIN)/python hatch_build.py size

web-dev: setup ## the workbench with hot reload, beside `make serve`
	@$(BIN)/python hatch_build.py dev

test: setup ## every test
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal

check: setup ## style, types, import direction, generated files up to date
	@echo "ruff check";       $(BIN)/ruff check --quiet .
	@echo "ruff format";      $(BIN)/ruff format --check --quiet . || \
	    { echo "mend with: $(BIN)/ruff format ."; exit 1; }
	@echo "mypy --strict";    $(BIN)/mypy --no-error-summary
	@echo "import direction"; $(BIN)/lint-imports --no-logo >.venv/lint-imports.log 2>&1 || \
	    { cat .venv/lint-imports.log; exit 1; }
	@echo "generated files";  $(BIN)/python scripts/generate.py --check
	@echo "svelte-check";     $(BIN)/python hatch_build.py check
	@echo "check: all fine"

bench: setup ## what is timed, against named peers
	@$(BIN)/python benchmarks/run.py

docs: setup ## write the schemas and reference pages anew
	@$(BIN)/python scripts/generate.py

lock: .uv/.stamp ## resolve the dependencies anew into requirements.lock
	@echo "resolving dependencies"
	@AMBERWAY_NO_EXTRA_INDEX=1 $(UV) pip compile -q --universal --python-version 3.11 \
	    --generate-hashes --no-header --no-annotate --upgrade \
	    --group dev --group build pyproject.toml -o requirements.lock
	@echo "requirements.lock written"

setup: $(STAMP) $(STATIC) ## make .venv from requirements.lock, build the workbench
	@:

clean: ## remove environments, caches and results (not runs/)
	@rm -rf .venv .uv build dist report.html report-slide.* .pytest_cache .mypy_cache .ruff_cache \
	    .import_linter_cache .hypothesis .benchmarks
	@find src tests scripts benchmarks -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# --- set-up ------------------------------------------------------------------

# A small environment that holds nothing but uv.
.uv/.stamp:
	@echo "set-up: uv"
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "$(PYTHON) is older than 3.11; name a newer one: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv .uv || { rm -rf .uv; echo "apt-get install python3-venv, then make again"; exit 1; }
	@.uv/bin/pip install -q --disable-pip-version-check "uv>=0.9,<1" 2>.uv/pip.log || { cat .uv/pip.log; exit 1; }
	@touch $@

# The working environment: exactly the lock, every file checked by its hash,
# then this project itself as an editable install.
$(STAMP): requirements.lock pyproject.toml | .uv/.stamp
	@echo "set-up: .venv"
	@test -x $(BIN)/python || $(UV) venv -q --clear --python $(PYTHON) .venv
	@$(UV) pip sync -q --require-hashes --python $(BIN)/python requirements.lock
	@$(UV) pip install -q --no-deps --no-build-isolation --python $(BIN)/python -e .
	@echo "set-up: compiling the planner (a minute or two)"
	@$(BIN)/amberway plan tests/data/minimal --time-limit 1 --out .venv/first-plan --json >/dev/null
	@touch $@

# The workbench, built again when its sources change. Without Node (the lock brings one) the API
# works all the same, so a failure is told and set-up goes on.
$(STATIC): $(WEB) | $(STAMP)
	@echo "set-up: workbench"
	@$(BIN)/python hatch_build.py || echo "set-up: the workbench is not built; mend, then: make web"
