package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"time"
)

// run measures one run of a program.
func run(c *exec.Cmd, cache string) (figure, error) {
	var said bytes.Buffer
	c.Stderr = &said
	c.Env = append(c.Environ(), "XDG_CACHE_HOME="+cache)
	began := time.Now()
	err := c.Run()
	f := figure{wall: time.Since(began).Seconds()}
	if err != nil {
		return f, fmt.Errorf("%w\n%s", err, said.Bytes())
	}
	f.cpu = (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
	f.memory = peak(c.ProcessState)
	return f, nil
}
