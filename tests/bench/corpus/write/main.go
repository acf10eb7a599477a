// Command write writes a corpus, for tests that need a large site:
//
//	go run ./tests/bench/corpus/write DIR PAGES
package main

import (
	"fmt"
	"os"
	"strconv"

	"playbook/tests/bench/corpus"
)

func main() {
	if len(os.Args) == 3 {
		if pages, err := strconv.Atoi(os.Args[2]); err == nil && pages >= 50 {
			if err := corpus.Write(os.Args[1], pages); err != nil {
				fmt.Fprintln(os.Stderr, "write:", err)
				os.Exit(1)
			}
			return
		}
	}
	fmt.Fprintln(os.Stderr, "use: write DIR PAGES (50 or more)")
	os.Exit(2)
}
