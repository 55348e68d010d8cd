// Baton is self-hosted software for delegating well.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"baton/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second time, it stops at once
	code := cli.Main(ctx, os.Args[1:], cli.OS())
	stop()
	os.Exit(code)
}
