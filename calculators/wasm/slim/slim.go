package slim

import (
	"bytes"
	"errors"
	"fmt"
)

func Slim(wasm []byte) ([]byte, error) {
	sections, err := split(wasm)
	if err != nil {
		return nil, err
	}
	out := []byte(preamble)
	version := ""
	for _, s := range sections {
		switch s.id {
		case customSection:
			if v := producer(s.body); v != "" {
				version = v
			}
			continue
		}
	}
	data := -1
	for i, s := range sections {
		if s.id == dataSection {
			data = i
		}
	}
	if data < 0 {
		return nil, errModule
	}
	image, err := load(sections[data].body)
	if err != nil {
		return nil, err
	}
	t, err := find(image)
	if err != nil {
		return nil, err
	}
	if t.slim() {
		return bytes.Clone(wasm), nil
	}
	_ = version
	if err := t.rewrite(); err != nil {
		return nil, err
	}
	sections[data].body = store(image)
	for _, s := range sections {
		if s.id != customSection {
			out = s.appendTo(out)
		}
	}
	return out, nil
}

func producer(body []byte) string { return "" }

var errLayout = errors.New("slim: no symbol table as Go 1.26 lays it out")

func layout(what string, args ...any) error {
	return fmt.Errorf("%w: %s", errLayout, fmt.Sprintf(what, args...))
}
