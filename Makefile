# Everything one does with this book. `make help` lists it.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PAGES  ?=
JOBS   ?= 2

export PYDEVD_DISABLE_FILE_VALIDATION := 1
export NEW_TITLE := $(value TITLE)

.DEFAULT_GOAL := help
.PHONY: help install book test lint tidy lab render execute soak bench new-page set-repository clean

help:            ## list these commands
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

install: $(VENV)/installed

$(VENV)/installed: pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 10) and 'Python 3.10 or newer is needed')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[book,test]"
	touch $@

book: install    ## build the site from the stored outputs
	$(BIN)/jupyter-book build -W -n --keep-going .
	@echo "The book: file://$(CURDIR)/_build/html/index.html"

test: book       ## check, re-execute and compare everything
	D2LBOOK_SITE=_build/html $(BIN)/python -m tools.check

lint: install    ## check the code's style and the page contract
	$(BIN)/python -m tools.check style
	$(BIN)/python -m tools.lint $(PAGES)

tidy: install    ## store pages in the book's form without running them, after saving them in JupyterLab
	$(BIN)/python -m tools.tidy $(PAGES)

lab: install     ## open the pages in JupyterLab
	$(BIN)/jupyter lab chapters

render: install  ## execute stale pages and store their outputs; PAGES=preliminaries/tensors: these; PAGES=all: all
	$(BIN)/python -m tools.run render --jobs $(JOBS) $(PAGES)

execute: install ## run pages with a profile's parameters into _build/executed: make execute PROFILE=full
	$(BIN)/python -m tools.run execute --jobs $(JOBS) --profile $(or $(PROFILE),default) $(PAGES)

soak: install    ## what readers do with every page: cells twice, knobs turned, sliders moved, no data
	$(BIN)/python -m tools.soak --jobs $(JOBS) $(PAGES)

bench: install   ## measure the speed promises
	$(BIN)/python -m pytest benchmarks -q --benchmark-only --benchmark-columns=min,rounds --benchmark-sort=name

new-page: install ## start a page: make new-page NAME=chapters/part/page TITLE='Title'
	$(BIN)/python -m tools.new_page "$(NAME)"

set-repository: install ## stamp the repository address: make set-repository URL=https://...
	$(BIN)/python -m tools.set_repository "$(URL)"

clean:           ## remove everything that was built
	rm -rf _build $(VENV) *.egg-info .pytest_cache .ruff_cache .benchmarks
