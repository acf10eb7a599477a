package cli

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"playbook/generator/internal/pipeline"
)

// since adds to a result what its questions have lost since a revision of git.
func since(ctx context.Context, res pipeline.Result, folder, revision string) (pipeline.Result, error) {
	dir, err := os.MkdirTemp("", "playbook-since-")
	if err != nil {
		return res, err
	}
	defer os.RemoveAll(dir)
	if err := checkOut(ctx, folder, revision, dir); err != nil {
		return res, fmt.Errorf("--since %s: %w", revision, err)
	}
	then, err := pipeline.New(pipeline.Options{Site: dir, Check: true}).Run(ctx, nil)
	if err != nil {
		return res, fmt.Errorf("--since %s: the site of then cannot be read: %w", revision, err)
	}
	faults, ok := res.Since(then, revision)
	if !ok {
		return res, fmt.Errorf("--since %s: the site cannot be compared: its settings have faults, then or now", revision)
	}
	return res.With(faults), nil
}

// checkOut writes the files that a folder had at a revision into another one.
func checkOut(ctx context.Context, folder, revision, into string) error {
	git := func(args ...string) ([]byte, error) {
		var said bytes.Buffer
		c := exec.CommandContext(ctx, "git", append([]string{"-C", folder}, args...)...)
		c.Stderr = &said
		out, err := c.Output()
		switch line, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n"); {
		case errors.Is(err, exec.ErrNotFound):
			return nil, errors.New("git is not installed; it knows the earlier revisions")
		case err != nil && line != "":
			return nil, fmt.Errorf("git says: %s", line)
		case err != nil:
			return nil, errors.New("git knows no such revision")
		}
		return out, nil
	}
	commit, err := git("rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return err
	}
	files, err := git("archive", "--format=tar", strings.TrimSpace(string(commit)))
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(into)
	if err != nil {
		return err
	}
	defer root.Close()
	for r := tar.NewReader(bytes.NewReader(files)); ; {
		h, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		name := filepath.FromSlash(h.Name)
		if err := root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			return err
		}
		if err := root.WriteFile(name, data, 0o600); err != nil {
			return err
		}
	}
}
