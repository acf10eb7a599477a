package cli

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"

	"github.com/spf13/cobra"

	"playbook/generator/internal/serve"
)

func newServe() *cobra.Command {
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the site while it is being written",
		Long: `Serve builds the site in memory and shows it on a local address. It builds
again whenever a file is saved: the browser follows by itself, keeps its place,
and shows faults over the page until they are mended. Nothing is written to disk.

Only this computer can open the address, unless --addr names another one, such
as 0.0.0.0:8080. If the port is taken, one of the ten after it is used.`,
		Args: exactArgs(),
	}
	site := siteFlag(c)
	addr := c.Flags().String("addr", "127.0.0.1:8080", "`host:port` to serve on")
	var title string
	titleFlag(c, &title)
	open := c.Flags().Bool("open", false, "open the address in the browser")
	c.RunE = func(c *cobra.Command, _ []string) error {
		err := serve.Run(c.Context(), serve.Options{
			Site:  *site,
			Title: title,
			Addr:  *addr,
			Log:   c.ErrOrStderr(),
			Ready: func(url string) {
				fmt.Fprintln(c.OutOrStdout(), url)
				if *open {
					if err := browse(url); err != nil {
						fmt.Fprintln(c.ErrOrStderr(), "the browser could not be started:", err)
					}
				}
			},
		})
		if errors.Is(err, serve.ErrAddr) {
			return usageErrorf("%v", err)
		}
		return err
	}
	return c
}

// browse opens an address in the reader's browser.
func browse(url string) error {
	switch runtime.GOOS {
	case "darwin":
		return exec.Command("open", url).Start()
	case "windows":
		return exec.Command("rundll32", "url.dll,FileProtocolHandler", url).Start()
	}
	return exec.Command("xdg-open", url).Start()
}
