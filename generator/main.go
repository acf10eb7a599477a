// Playbook turns a folder of Markdown training modules into a static site that
// teaches, quizzes and calculates. See "playbook help".
package main

import (
	"os"
	"runtime/debug"

	"playbook/generator/internal/cli"
)

func main() {
	// A build is short and lives on what it allocates: collecting garbage less
	// often takes a fifth off its time for a few megabytes.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
