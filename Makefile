# Playbook. `make help` lists the targets; each builds or installs what it needs.

GO    ?= go
# Another Go release for everything: make test TOOLCHAIN=go1.27.4 fetches and uses it.
TOOLCHAIN ?=
ifneq ($(TOOLCHAIN),)
export GOTOOLCHAIN := $(TOOLCHAIN)
endif
SITE  ?= .
ADDR  ?= 127.0.0.1:8080
BIN   := bin/playbook
DIST  := calculators/wasm/binary/dist
WASM  := $(DIST)/calculators.wasm
RELEASE := bin/go-release

CALCULATORS := $(shell find calculators -name '*.go' -not -name '*_test.go') go.mod go.sum
COMMIT      := $(shell git describe --always --dirty --exclude '*' 2>/dev/null)
PROGRAM     := $(shell find generator templates -type f -not -name '*_test.go' -not -path '*/testdata/*')

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS=$$'\t' read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

.PHONY: build
build: $(BIN) ## the program at bin/playbook, the site in public/
	$(BIN) build --site $(SITE)

.PHONY: serve
serve: $(BIN) ## build everything, open the playbook on a local address (ADDR=127.0.0.1:8080 SITE=.)
	$(BIN) serve --site $(SITE) --addr $(ADDR)

.PHONY: check
check: $(BIN) ## every fault of the content, with file and line
	$(BIN) check --site $(SITE)

.PHONY: wasm
wasm: $(WASM) ## the calculators for the browser, with their compressed forms

# What was built by another Go release is built again.
$(RELEASE): always
	@mkdir -p $(@D); $(GO) version | cmp -s - $@ || $(GO) version > $@

.PHONY: always
always:

$(WASM): $(CALCULATORS) $(RELEASE)
	$(GO) run ./calculators/wasm/pack

$(BIN): $(WASM) $(PROGRAM)
	$(GO) build -trimpath -ldflags='-s -w -X playbook/generator/internal/cli.commit=$(COMMIT)' -o $@ ./generator

.PHONY: notices
notices: ## the licences of the modules that are linked, written anew
	UPDATE_NOTICES=1 $(GO) test -count=1 -run TestNotices ./generator/internal/cli

# The pages are tested beside the rest: they wait for the browser most of the time.
BESIDE := lint test-go test-course

.PHONY: test
test: build ## everything: static analysis, Go, the course, the pages in Chromium (installs what is missing)
	tests/setup.sh
	@mkdir -p tests/out; log=tests/out/test-pages.log; start=$$SECONDS; \
	$(MAKE) --no-print-directory test-pages >$$log 2>&1 & pages=$$!; \
	trap 'kill $$pages 2>/dev/null' INT TERM; \
	times=""; failed=""; \
	for part in $(BESIDE) $(ALSO); do \
	  begin=$$SECONDS; $(MAKE) --no-print-directory $$part || failed+=" $$part"; \
	  times+=$$(printf '%6d s  %s\n.' $$((SECONDS - begin)) $$part); times=$${times%.}; \
	done; \
	wait $$pages || failed+=" test-pages"; cat $$log; \
	printf 'wall time:\n%s%6d s  all, with test-pages beside them\n' "$$times" $$((SECONDS - start)); \
	if [ -n "$$failed" ]; then echo "failed:$$failed"; exit 1; fi

# Pinned: another version finds other things.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0

.PHONY: lint
lint: ## formatting, go vet, staticcheck, and Biome for JavaScript
	@unformatted=$$($$($(GO) env GOROOT)/bin/gofmt -l calculators generator templates tests); \
	if [ -n "$$unformatted" ]; then echo "not formatted (run gofmt -w):"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	GOFLAGS= $(GO) run $(STATICCHECK) ./...
	tests/setup.sh npm
	tests/node_modules/.bin/biome lint --error-on-warnings

.PHONY: vuln
vuln: ## known vulnerabilities in what the program calls (asks the Go vulnerability database)
	GOFLAGS= $(GO) run $(GOVULNCHECK) ./...

.PHONY: test-go
test-go: $(WASM) ## Go tests: units, fuzz seeds, command-line scripts, the calculators natively and in WebAssembly
	PLAYBOOK_REQUIRE_WASM=1 $(GO) test -skip '^TestCourse' ./...

.PHONY: test-other
test-other: ## the module and the Go tests under another Go release, OTHER=go1.27.4
	$(MAKE) --no-print-directory wasm test-go TOOLCHAIN=$(OTHER)

.PHONY: test-course
test-course: $(BIN) ## the course: faults, links, topics
	$(BIN) check --site $(SITE)
	$(GO) test -run '^TestCourse' ./generator ./generator/internal/pipeline ./generator/internal/render

.PHONY: test-pages
test-pages: build ## the built site: markup, accessibility, interactions, weight
	tests/setup.sh
	cd tests && node --test --test-reporter=spec $(or $(TEST),*.test.mjs)

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME (1m)
	@for package in $$($(GO) list ./...); do \
	  dir=$${package/#playbook/.}; \
	  for target in $$(grep -ohE '^func Fuzz[A-Za-z0-9_]+' $$dir/*_test.go 2>/dev/null | sed 's/func //'); do \
	    echo "== $$package $$target"; \
	    $(GO) test $$package -run '^$$' -fuzz "^$$target$$" -fuzztime $(or $(FUZZTIME),1m); \
	  done; \
	done

.PHONY: bench
bench: $(WASM) ## stage by stage, then whole programs beside Hugo and the floor (about 10 minutes; PAGES=1000 SHAPES=deep RUNS=5)
	$(GO) test -run '^$$' -bench . -benchmem ./...
	$(GO) run ./tests/bench -pages $(or $(PAGES),100,1000,10000) -shapes $(or $(SHAPES),even,deep) -runs $(or $(RUNS),5)

.PHONY: bench-pages
bench-pages: build ## what a reader waits for at each calculator, in Chromium (about 6 minutes)
	tests/setup.sh
	cd tests && node bench/pages.mjs

.PHONY: relevance
relevance: build ## what readers' queries find, beside Pagefind's answers on the same site
	tests/setup.sh
	cd tests && { [ -d node_modules/pagefind ] || npm i --no-save --ignore-scripts --no-audit --no-fund --loglevel=error pagefind@1 || true; }
	cd tests && node relevance.mjs

.PHONY: screenshots
screenshots: build ## the pictures of the README, taken anew
	tests/setup.sh
	cd tests && node screenshots.mjs

.PHONY: lighthouse
lighthouse: build ## Lighthouse on home, a module and a calculator page
	tests/setup.sh
	cd tests && node lighthouse.mjs

.PHONY: clean
clean: ## remove what was built
	rm -rf bin tests/out $(DIST)/calculators.*
	find public -mindepth 1 -not -name .gitignore -delete
