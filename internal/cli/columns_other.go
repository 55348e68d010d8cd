//go:build !unix

package cli

import "os"

// terminalColumns is 0: here it is not known.
func terminalColumns(*os.File) int { return 0 }
