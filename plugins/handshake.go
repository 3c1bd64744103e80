package plugins

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
)

// greeting matches what only a handshake begins with: the version of go-plugin's
// protocol and that of ours.
var greeting = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9]+\|[0-9]+\|`) })

// longestGreeting is more than any handshake has, and less than go-plugin reads.
const longestGreeting = 4 << 10

// handshake matches a complete one.
var handshake = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^1\|[0-9]+\|(unix|tcp)\|[^|]+\|grpc(\|.*)?$`) })

// readStdout passes the handshake on; all other lines are output like any other,
// and are read for ever, so that the plugin never waits for us.
func (r *runner) readStdout(stdout io.Reader, line *io.PipeWriter) {
	greeted := false
	r.readLines(stdout, func(text string) {
		if greeted || !greeting().MatchString(text) {
			r.output.Line(text)
			return
		}
		greeted = true
		text = text[:min(len(text), longestGreeting)]
		r.greeting <- text
		_, _ = line.Write([]byte(text + "\n"))
	})
}

// readLines calls each for every line, or piece of one that has no end.
func (r *runner) readLines(from io.Reader, each func(string)) {
	lines := bufio.NewReaderSize(from, 64<<10)
	for {
		line, _, err := lines.ReadLine()
		if err != nil {
			return
		}
		each(string(line))
	}
}

// greeted returns the handshake, if there was one.
func (r *runner) greeted() string {
	select {
	case line := <-r.greeting:
		r.greeting <- line
		return line
	default:
		return ""
	}
}

// acceptable refuses addresses at which somebody else than the plugin could be.
func (r *runner) acceptable(network, address string) error {
	switch network {
	case "unix":
		within, err := filepath.Rel(r.room.path, address)
		if err != nil || !filepath.IsLocal(within) {
			return fmt.Errorf("the socket %s is outside the plugin's folder", address)
		}
		return nil
	case "tcp":
		return loopback(address)
	}
	return errors.New("the network " + network + " is neither unix nor tcp")
}

// spoken returns the version of the protocol in a handshake.
func spoken(line string) string {
	parts := strings.Split(line, "|")
	if len(parts) < 2 {
		return ""
	}
	return parts[1]
}
