// Command canned serves every state of the pages with canned data, to look at and to take pictures of.
package main

import (
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"smaabornsviden/server/servertest"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8090", "Serve on this `address`; each state has a host name of its own below localhost.")
	list := flag.Bool("list", false, "Print name and path of each state and end.")
	flag.Parse()
	if err := run(os.Stdout, *addr, *list); err != nil {
		fmt.Fprintln(os.Stderr, "canned:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, addr string, list bool) error {
	states, err := servertest.States()
	if err != nil {
		return err
	}
	if list {
		for _, s := range states {
			fmt.Fprintf(out, "%s\t%s\n", s.Name, s.Path)
		}
		return nil
	}
	srv := &http.Server{Addr: addr, Handler: servertest.Handler(states), ReadHeaderTimeout: 5 * time.Second}
	fmt.Fprintf(out, "http://%s/ lists %d states\n", addr, len(states))
	return srv.ListenAndServe()
}
