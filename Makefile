.DEFAULT_GOAL := help

.PHONY: help
help: ## Print the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.PHONY: generate
generate: ## Make the templates' code and bundle scripts and styles
	go tool -modfile=tools.mod templ generate -log-level warn -path internal/web
	go tool -modfile=tools.mod esbuild internal/web/assets/css/main.css --bundle --minify '--external:/assets/*' \
		--target=chrome123,firefox128,safari18 --outfile=internal/web/assets/dist/app.css --log-level=warning
	go tool -modfile=tools.mod esbuild internal/web/assets/js/main.js --bundle --minify --format=esm \
		--outfile=internal/web/assets/dist/app.js --log-level=warning

.PHONY: demo
demo: ## Serve a clinic with eight weeks of history; ARGS='--addr HOST:PORT'
	@go build -o bin/baton ./cmd/baton
	@exec bin/baton demo $(ARGS)

.PHONY: test
test: ## Run the tests
	go test ./...

.PHONY: check
check: ## What continuous integration runs
	test -z "$$(gofmt -l $$(git ls-files '*.go'))"
	go vet ./...
	$(MAKE) --no-print-directory test
