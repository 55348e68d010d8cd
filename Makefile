.DEFAULT_GOAL := help

.PHONY: help
help: ## Print the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.PHONY: test
test: ## Run the tests
	go test ./...

.PHONY: check
check: ## What continuous integration runs
	test -z "$$(gofmt -l $$(git ls-files '*.go'))"
	go vet ./...
	$(MAKE) --no-print-directory test
