# Everything one does with this book. `make help` lists it.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PAGES  ?=

export PYDEVD_DISABLE_FILE_VALIDATION := 1
NBVAL := --nbval --dist loadfile -n 2
ONE_THREAD := OMP_NUM_THREADS=1

.DEFAULT_GOAL := help
.PHONY: help install book test lint lab render execute bench new-page set-repository clean

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
	$(BIN)/python -m tools.lint
	D2LBOOK_SITE=_build/html $(BIN)/python -m pytest -q -n 2 --dist loadfile tests
	$(ONE_THREAD) $(BIN)/python -m pytest -q $(NBVAL) chapters/
	$(ONE_THREAD) D2LBOOK_SOURCE=standin HTTPS_PROXY=http://127.0.0.1:9 $(BIN)/python -m pytest -q $(NBVAL) $$($(BIN)/python -m tools.data_pages)

lint: install    ## check the page contract
	$(BIN)/python -m tools.lint $(PAGES)

lab: install     ## open the pages in JupyterLab
	$(BIN)/jupyter lab chapters

render: install  ## execute pages and store their outputs: make render PAGES=chapters/preliminaries/tensors.ipynb
	$(BIN)/python -m tools.render $(PAGES)

execute: install ## run pages with a profile's parameters into _build/executed: make execute PROFILE=full
	$(BIN)/python -m tools.execute --profile $(or $(PROFILE),default) $(PAGES)

bench: install   ## measure the speed promises
	$(BIN)/python -m pytest benchmarks -q --benchmark-only --benchmark-columns=min,rounds --benchmark-sort=name

new-page: install ## start a page: make new-page NAME=chapters/part/page TITLE="Title"
	$(BIN)/python -m tools.new_page "$(NAME)" "$(TITLE)"

set-repository: install ## stamp the repository address: make set-repository URL=https://...
	$(BIN)/python -m tools.set_repository "$(URL)"

clean:           ## remove everything that was built
	rm -rf _build $(VENV) *.egg-info .pytest_cache .benchmarks
