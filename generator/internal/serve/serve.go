// Package serve shows a site while it is being written: it builds in memory,
// watches the author's folders, builds again what changed and tells the browser.
//
// Start with Run. The last good build stays on show while a newer one has
// faults; the browser lays the faults over the page, and takes them away when
// they are mended. When not even the first build succeeds, a page with the
// faults stands in for the site and gives way to it.
//
// Nothing is written to disk. The server listens on this computer alone unless
// told otherwise, and answers only requests that were meant for it: a page on
// the web that has its own name pointed here (DNS rebinding) is refused.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/pipeline"
)

// Options say what to serve and where.
type Options struct {
	Site  string           // the folder that holds content/, or a folder of Markdown
	Title string           // of the site, instead of its own; "" for none
	Addr  string           // host:port, or a port alone; without a host 127.0.0.1
	Log   io.Writer        // what is built, and every fault; nil: nowhere
	Ready func(url string) // called once, when the first page can be fetched
}

// Run serves until the context ends, which is no error.
func Run(ctx context.Context, o Options) error {
	if o.Log == nil {
		o.Log = io.Discard
	}
	listener, err := listen(o.Addr, o.Log)
	if err != nil {
		return err
	}
	defer listener.Close()
	watch, err := newWatcher(o.Site, o.Log)
	if err != nil {
		return fmt.Errorf("cannot watch %s for changes: %w", o.Site, err)
	}
	defer watch.close()

	builder := pipeline.New(pipeline.Options{Site: o.Site, Title: o.Title, Live: true})
	s := newServer(builder.Run, o.Log)
	s.rebuild(ctx, nil)
	if ctx.Err() != nil {
		return nil
	}

	ctx, stop := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer stop()
	wg.Go(func() { watch.run(ctx) })
	wg.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-watch.changed:
				s.rebuild(ctx, watch.take())
			}
		}
	})

	web := &http.Server{
		Handler:           guard(listener.Addr(), o.Addr, s),
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx }, // ends the event streams
	}
	wg.Go(func() {
		<-ctx.Done()
		// Streams end with the context; what else is under way may finish.
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		if web.Shutdown(grace) != nil {
			web.Close()
		}
	})
	for _, url := range remoteURLs(listener.Addr()) {
		fmt.Fprintf(o.Log, "other computers reach it at %s\n", url)
	}
	if o.Ready != nil {
		o.Ready(address(listener.Addr()))
	}
	if err := web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// defaultPort and the ports after it are tried in turn.
const (
	defaultPort = 8080
	maxPorts    = 11
)

// listen opens the address. When the port is taken, by another playbook that is
// still open for example, one of the ten after it will do.
func listen(addr string, log io.Writer) (net.Listener, error) {
	host, port, err := splitAddr(addr)
	if err != nil {
		return nil, err
	}
	var first error
	for i := range maxPorts {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port+i)))
		if err == nil {
			if i > 0 {
				fmt.Fprintf(log, "port %d is taken: serving on %d instead\n", port, port+i)
			}
			return l, nil
		}
		if first == nil {
			first = err
		}
		if port == 0 || port+i == 65535 {
			break
		}
	}
	return nil, fmt.Errorf("cannot serve on %s: %w; choose another address with --addr", net.JoinHostPort(host, strconv.Itoa(port)), cause(first))
}

// cause leaves out what the message says already.
func cause(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

// ErrAddr is returned (wrapped) for an address that is none.
var ErrAddr = errors.New("is not an address: write host:port, such as 127.0.0.1:8080")

// splitAddr reads "host:port", ":port" and "port". Without a host it is this
// computer alone: who wants to be reached from others says 0.0.0.0.
func splitAddr(addr string) (host string, port int, err error) {
	if addr == "" {
		return "127.0.0.1", defaultPort, nil
	}
	if port, err := strconv.ParseUint(addr, 10, 16); err == nil {
		return "127.0.0.1", int(port), nil
	}
	host, text, err := net.SplitHostPort(addr)
	n, err2 := strconv.ParseUint(text, 10, 16)
	if err != nil || err2 != nil {
		return "", 0, fmt.Errorf("%q %w", addr, ErrAddr)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	return host, int(n), nil
}

// address is what to open in the browser.
func address(a net.Addr) string {
	host, port, _ := net.SplitHostPort(a.String())
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port) + "/"
}

// remoteURLs lists what other computers open: nothing unless the server listens on
// every interface.
func remoteURLs(a net.Addr) []string {
	host, port, _ := net.SplitHostPort(a.String())
	if ip := net.ParseIP(host); ip == nil || !ip.IsUnspecified() {
		return nil
	}
	var urls []string
	addrs, _ := net.InterfaceAddrs()
	for _, addr := range addrs {
		if ip, ok := addr.(*net.IPNet); ok && ip.IP.To4() != nil && ip.IP.IsGlobalUnicast() {
			urls = append(urls, "http://"+net.JoinHostPort(ip.IP.String(), port)+"/")
		}
	}
	return urls
}

// rebuild builds, renders what may be broken, and shows the site.
func (s *server) rebuild(ctx context.Context, changed []string) {
	began := time.Now()
	res, err := s.build(ctx, changed)
	var built *site
	if err == nil && !res.Failed() {
		built = &site{plan: res.Plan, source: res.Source}
		res = res.With(built.render(ctx, res.Changed))
	}
	if ctx.Err() != nil {
		return
	}
	took := time.Since(began).Round(time.Millisecond / 10)
	if err != nil {
		fmt.Fprintln(s.log, "playbook:", err)
		s.show(nil, []fault{{Message: err.Error()}})
		return
	}
	if printed := fmt.Sprint(res.Diags); printed != s.printed { // the same warnings once
		s.printed = printed
		diag.Print(s.log, res.Diags, res.Source)
	}
	if res.Failed() {
		fmt.Fprintf(s.log, "the last good build stays on show until this is mended\n")
		s.show(nil, newFaults(res.Diags, res.Source))
		return
	}
	fmt.Fprintf(s.log, "built %d pages in %v\n", res.Pages, took)
	built.report = func(faults diag.List) { diag.Print(s.log, faults, res.Source) }
	s.show(built, nil)
}
