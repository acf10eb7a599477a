package cli

import (
	_ "embed"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

func newVersion() *cobra.Command {
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the program's version",
		Args:  exactArgs(),

		DisableFlagsInUseLine: true,
	}
	licences := c.Flags().Bool("licences", false, "print the licences of what the program is made of")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if *licences {
			_, err := c.OutOrStdout().Write(notices)
			return err
		}
		fmt.Fprintln(c.OutOrStdout(), version())
		return nil
	}
	return c
}

// notices are the licences of Go and of the modules that are linked; make notices
// writes them.
//
//go:embed NOTICES
var notices []byte

// release is the release that this will be, or is. CHANGELOG.md says what is in it.
const release = "0.1.0-dev"

// commit is what the program was built of, where the build says so (see Makefile).
var commit string

// version is the release with the commit: "playbook 0.1.0-dev+1234567 go1.26.1
// linux/amd64". A module that was fetched has a version of its own.
func version() string {
	name := release
	if commit != "" {
		name += "+" + commit
	}
	if info, ok := debug.ReadBuildInfo(); ok && commit == "" && strings.HasPrefix(info.Main.Version, "v") {
		name = info.Main.Version[1:]
	}
	return fmt.Sprintf("playbook %s %s %s/%s", name, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
