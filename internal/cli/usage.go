package cli

import (
	"os"
	"strconv"
)

// asked reads what people try before they know the commands: "baton help
// offer" and "baton --version".
func asked(args []string) []string {
	switch {
	case len(args) == 0:
		return []string{"--help"}
	case args[0] == "help":
		return append(args[1:len(args):len(args)], "--help")
	case len(args) == 1 && args[0] == "--version":
		return []string{"version"}
	}
	return args
}

// columns is how wide help may be: what COLUMNS says, the terminal, or 80.
func columns(w World) int {
	if n, err := strconv.Atoi(w.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if f, ok := w.Out.(*os.File); ok {
		if n := terminalColumns(f); n > 0 {
			return n
		}
	}
	return 80
}
