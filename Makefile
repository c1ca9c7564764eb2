# Kortwijs. `make` shows what there is. PORT=8001 and DATA=folder can be given to run, reset and the benches.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
export UV_PYTHON_DOWNLOADS = never
export PATH := $(CURDIR)/.venv/bin:$(PATH)
PY := .venv/bin/python
PYTEST := $(PY) -m pytest

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

.PHONY: run
run: ## set up what is missing and start everything; Ctrl-C stops it
	@$(PYTHON) bin/bootstrap.py run && exec $(PY) manage.py run

.PHONY: reset
reset: ## start afresh: remove the database and files in DATA
	@$(PYTHON) bin/bootstrap.py reset

.PHONY: setup
setup: ## set up everything for working on Kortwijs, with Chromium for browser tests
	@$(PYTHON) bin/bootstrap.py develop

.PHONY: test
test: setup ## unit tests and browser tests
	@$(PYTEST) tests --ignore=tests/e2e --ignore=tests/production --ignore=tests/faults --ignore=tests/security -n 2 --durations=15 --durations-min=3
	@$(PYTEST) tests/e2e -n 3 --dist loadscope --reruns 1 -rR --durations=25 --durations-min=10

.PHONY: test-services
test-services: setup ## the unit tests that ask a database, and the processes of production, on PostgreSQL and Redis
	@KORTWIJS_ONLY_DATABASE=1 DATABASE_URL=$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres} REDIS_URL=$${REDIS_URL:-redis://127.0.0.1:6379/0} \
		$(PYTEST) tests --ignore=tests/e2e --ignore=tests/production --ignore=tests/faults --ignore=tests/security -n 2 --durations=15 --durations-min=3
	@$(PYTEST) tests/production -n 0

.PHONY: faults
faults: setup ## what breaks, and what the user sees of it: processes killed, services away, disks full; on services of its own
	@$(PYTEST) tests/faults -n 2 --dist worksteal --durations=10 --durations-min=10

.PHONY: lint
lint: setup ## ruff, mypy, imports, templates, scripts, how hard texts are
	@$(PY) -m ruff check . && $(PY) -m ruff format --check .
	@$(PY) -m mypy .
	@.venv/bin/lint-imports
	@.venv/bin/djade --check --target-version 5.2 $$(git ls-files '*.html')
	@.venv/bin/djlint --lint --quiet $$(git ls-files '*.html')
	@npx --no-install dclint .
	@npx --no-install tsc -p jsconfig.json
	@$(PY) manage.py makemigrations --check --dry-run -v0
	@$(PY) manage.py check_readability

.PHONY: check-texts
check-texts: setup ## how hard the lessons and screens are to read, with advice
	@$(PY) manage.py check_readability --advice

.PHONY: curriculum-check
curriculum-check: setup ## whether every lesson is good enough to teach from, a line per lesson
	@$(PY) manage.py check_curriculum

.PHONY: check
check: lint test test-services ## everything that CI runs

.PHONY: check-all
check-all: setup ## every lesson, variant, screen and size; goes on where it stopped
	@KORTWIJS_WHOLE=1 $(PYTEST) tests/e2e --stepwise

.PHONY: security
security: setup ## everything that one would try to break in with, in at most 30 minutes; AUDIT=off without the databases of advisories
	@$(PYTHON) bin/bootstrap.py security
	@$(PY) -m tests.security $(if $(filter off,$(AUDIT)),--without-audit)

.PHONY: conformance
conformance: setup ## the conformance suite of xAPI on our record store, both versions; SUITE=folder of the suite
	@$(PY) -m tests.bench.conformance "$(SUITE)"

.PHONY: bench-lrs
bench-lrs: setup ## server CPU per statement beside a view that only inserts, and of every search
	@$(PY) -m tests.bench.lrs

.PHONY: bench-lrs-scale
bench-lrs-scale: setup ## a million statements on PostgreSQL beside a hundred thousand: every search, pages, bytes, erasing
	@$(PY) -m tests.bench.lrs_scale

.PHONY: bench-forward
bench-forward: setup ## 10,000 statements to a second record store, with workers that are killed and a bad line: lost, doubled, out of order
	@$(PY) -m tests.bench.forward

.PHONY: bench-class
bench-class: setup ## script of the path builder; a class of 300 by 40 lessons and a list of 2,000 names: queries, bytes, memory
	@$(PY) -m tests.bench.builder && $(PY) -m tests.bench.classes

.PHONY: bench-builder bench-weight bench-queries bench-grading bench-lighthouse bench-detector bench-pictures bench-readability bench-speech bench-h5p bench-h5p-play bench-offline bench-lesson bench-load bench-growth bench-slow bench-insight
bench-builder: setup ## bytes of script of the path builder
	@$(PY) -m tests.bench.builder
bench-weight: setup ## bytes and requests of a lesson, bytes of the catalogue
	@$(PY) -m tests.bench.weight
bench-queries: setup ## SQL queries of a lesson page, home, the catalogue, joining and a batch of 20 events
	@$(PY) -m tests.bench.queries
bench-grading: setup ## SQL queries of grading 1,000 responses of all kinds in one transaction
	@$(PY) -m tests.bench.grading
bench-lighthouse: setup ## Lighthouse, mobile, on a lesson, home and start
	@$(PY) -m tests.bench.lighthouse
bench-detector: setup ## recall and precision of the detector of personal data
	@$(PY) -m tests.bench.detector
bench-pictures: setup ## bytes of a photo per width and form
	@$(PY) -m tests.bench.pictures
bench-readability: setup ## how well the readability adviser tells A2, B1 and C1 apart, and what it costs
	@$(PY) -m tests.bench.readability
bench-speech: setup ## bytes and CPU of a minute of sound, sentences made twice
	@$(PY) -m tests.bench.speech
bench-h5p: setup ## peak memory of opening the worst H5P packages
	@$(PY) -m tests.bench.h5p
bench-h5p-play: setup ## bytes of the player of H5P before content
	@$(PY) -m tests.bench.h5p_play
bench-offline: setup ## 500 random histories of answering on a bad line: events lost and doubled, in at most 9 minutes
	@$(PY) -m tests.bench.offline
bench-lesson: setup ## server CPU of a lesson page and of batches of events, beside a bare Wagtail page; PostgreSQL and Redis
	@$(PY) -m tests.bench.lesson
bench-load: setup ## 1,000 learners in a lesson at once, an event every 10 s each: p95 and errors; PostgreSQL and Redis, 3 minutes
	@$(PY) -m tests.bench.load
bench-growth: setup ## home, lesson, class view and batches at 10 thousand, 1 million and 5 million events: queries and CPU; PostgreSQL
	@$(PY) -m tests.bench.growth
bench-slow: setup ## a first visit on slow 3G: first text and first answer, beside a static page of 14 kB
	@$(PY) -m tests.bench.slow
bench-insight: setup ## figures over a million events and a dossier of 400 people: by tasks with progress, queries of pages, memory
	@$(PY) -m tests.bench.insight
