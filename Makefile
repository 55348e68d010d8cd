.DEFAULT_GOAL := help

# Tools are pinned in a module of their own, so that the program's stays small.
tool := go tool -modfile=tools.mod

# For tests: what is missing on this machine fails instead of being skipped.
strict := BATON_TEST_STRICT=1

# Pages are code that is made and runs once for each; not to inline in it takes
# 1.3 MB off the program and costs a page nothing that can be measured.
lean := -gcflags=baton/internal/web/...=-l

# Where make build puts the program.
BINARY := baton

.PHONY: help
help: ## Print the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.PHONY: demo
demo: build ## Run a clinic on a fake past, e.g. make demo ARGS="--addr :8080"
	./baton demo $(ARGS)

.PHONY: build
build: ## Make the program, ./baton: static, no cgo
	CGO_ENABLED=0 go build -trimpath $(lean) -ldflags '-s -w' -o $(BINARY) ./cmd/baton

.PHONY: test
test: ## Run the tests; installs PostgreSQL, Chromium, zsh and fish if need be
	build/deps postgres chromium zsh fish
	$(strict) go test -json $(TEST) ./... | go run ./build/summary

.PHONY: torture
torture: ## Kill the program 500 times on each database while it is written to, and see that nothing is lost; KILLS=N for another number
	build/deps postgres
	$(strict) BATON_KILLS=$(or $(KILLS),500) go test ./internal/cli -run TestNothingAnsweredIsLost -v -timeout 3h -count 1

.PHONY: check
check: generated format lint ## What continuous integration runs
	build/deps gcc
	CGO_ENABLED=1 $(MAKE) --no-print-directory test TEST='-race -timeout 20m $(TEST)'

.PHONY: generate
generate: ## Make the templates' code and bundle scripts and styles
	$(tool) templ generate -log-level warn -path internal/web
	$(tool) esbuild internal/web/assets/css/main.css --bundle --minify '--external:/assets/*' \
		--target=chrome123,firefox128,safari18 --outfile=internal/web/assets/dist/app.css --log-level=warning
	$(tool) esbuild internal/web/assets/js/main.js --bundle --minify --format=esm \
		--outfile=internal/web/assets/dist/app.js --log-level=warning

.PHONY: generated
generated: ## Check that what make generate makes is committed
	build/generated

.PHONY: format
format: ## Check the format of the code; make gofumpt mends it
	@unformatted=$$($(tool) gofumpt -l client cmd internal match build); \
	test -z "$$unformatted" || { echo "Not formatted; run make gofumpt:"; echo "$$unformatted"; exit 1; }

.PHONY: gofumpt
gofumpt: ## Format the code
	$(tool) gofumpt -w client cmd internal match build

.PHONY: lint
lint: ## Vet and lint
	$(tool) golangci-lint run

.PHONY: vulnerable
vulnerable: ## Ask the vulnerability database about the dependencies (network)
	$(tool) govulncheck ./...

.PHONY: bench
bench: ## Measure the running program into docs/performance.md; some minutes
	go run ./internal/bench -out docs/performance.md

.PHONY: bench-match
bench-match: ## Measure the engine: make bench-match GAP=DIR [PEER=1] [ONLY=name,name]; a quarter of an hour
	go run ./internal/bench/match -gap '$(GAP)' $(if $(PEER),-peer) $(if $(ONLY),-only '$(ONLY)') -out docs/matching-benchmarks.md

.PHONY: effect
effect: ## Simulate every scenario under every policy into docs/effect.md; some minutes
	go run ./internal/bench/effect -out docs/effect.md
