// Package cli is the command line: one file a command. It reads what was asked,
// calls the package that does it, and says what came of it.
//
// Start with Main. Results go to standard output, everything else to standard
// error. The exit status is 0 when all is well, 1 when the content or the input
// has faults, and 2 for wrong use: an unknown command, flag or calculator.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"playbook/generator/internal/diag"
)

// Exit statuses.
const (
	exitOK     = 0
	exitFaults = 1
	exitUsage  = 2

	exitInterrupted = 130 // by Ctrl-C, as shells say it
)

// grace is how long a command may take to end by itself after Ctrl-C: publishing
// finishes what it has begun.
const grace = 2 * time.Second

// Main runs one command line (without the program's name) and returns the exit
// status.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	defer context.AfterFunc(ctx, func() {
		stop() // a second Ctrl-C ends the program at once
		time.Sleep(grace)
		os.Exit(exitInterrupted) // it waits for something that does not end, such as input
	})()

	parsed := false // the command line was understood
	root := newRoot(&parsed)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var use *usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errReported):
		return exitFaults
	case errors.Is(err, errUsageReported):
		return exitUsage
	case !parsed, errors.As(err, &use):
		fmt.Fprintf(stderr, "playbook: %s\n", strings.TrimSpace(err.Error()))
		return exitUsage
	}
	fmt.Fprintf(stderr, "playbook: %v\n", err)
	return exitFaults
}

// usageError is wrong use that only the command itself can see.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func usageErrorf(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// errReported ends a command whose faults have been printed, errUsageReported one that
// was used wrongly.
var (
	errReported      = errors.New("faults were found")
	errUsageReported = errors.New("wrong use")
)

func newRoot(parsed *bool) *cobra.Command {
	root := &cobra.Command{
		Use:   "playbook",
		Short: "A folder of Markdown becomes a sales playbook",
		Long: `Playbook turns a folder of Markdown training modules into a static site that
teaches, quizzes and calculates, in several languages, on any static host.`,
		Example: `  playbook init course          a new site that builds at once
  playbook serve --site course  write it, and see it change in the browser
  playbook build --site course  publish it into course/public`,
		DisableFlagsInUseLine: true,
		SilenceUsage:          true,
		SilenceErrors:         true,
		PersistentPreRun:      func(*cobra.Command, []string) { *parsed = true },
	}
	group(root, newInit(), newNew(), newServe(), newBuild(), newCheck(), newTranslated(), newCalc(), newQuiz(), newTeam(), newExport(), newVersion())
	root.SetHelpCommand(newHelp())
	root.SetFlagErrorFunc(suggestFlag)
	root.InitDefaultCompletionCmd()
	return root
}

// newHelp is cobra's help command, but an unknown topic is wrong use.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Tell what a command does",
		RunE: func(c *cobra.Command, args []string) error {
			about, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usageErrorf("there is no command %q; playbook help lists them", strings.Join(args, " "))
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}

// group is a command that only holds others: alone it shows its help, and what
// is none of them is wrong use.
func group(c *cobra.Command, commands ...*cobra.Command) *cobra.Command {
	c.AddCommand(commands...)
	c.Args = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		var names []string
		for _, sub := range c.Commands() {
			names = append(names, sub.Name())
		}
		if near := diag.Closest(args[0], names); near != "" {
			return fmt.Errorf("unknown command %q (did you mean %q?)", args[0], c.CommandPath()+" "+near)
		}
		return fmt.Errorf("unknown command %q; %s --help lists the commands", args[0], c.CommandPath())
	}
	c.RunE = func(c *cobra.Command, args []string) error { return c.Help() }
	return c
}

// exactArgs checks the number of arguments and names those that are missing.
func exactArgs(names ...string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return fmt.Errorf("%s needs %s: %s", c.CommandPath(), names[len(args)], c.UseLine())
		case len(args) > len(names):
			return fmt.Errorf("%s does not take %q: %s", c.CommandPath(), args[len(names)], c.UseLine())
		}
		return nil
	}
}

// suggestFlag adds the closest flag to the message about an unknown one.
func suggestFlag(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return err
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := diag.Closest(unknown.GetSpecifiedName(), names); near != "" {
		return fmt.Errorf("%w (did you mean --%s?)", err, near)
	}
	return fmt.Errorf("%w; %s --help lists the flags", err, c.CommandPath())
}

// titleFlag names the site.
func titleFlag(c *cobra.Command, title *string) {
	c.Flags().StringVar(title, "title", "", "the site's `title` (default: that of site.yaml, or of the home page)")
}

// siteFlag is the folder that a command works on.
func siteFlag(c *cobra.Command) *string {
	site := c.Flags().String("site", ".", "the `folder` that holds content/, or a folder of Markdown")
	c.MarkFlagDirname("site")
	return site
}
