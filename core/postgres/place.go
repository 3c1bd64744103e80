package postgres

import (
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
)

// place returns where a configuration leads, as a URL without a password.
func place(config *pgx.ConnConfig) string {
	u := url.URL{Scheme: "postgres", User: url.User(config.User), Path: "/" + config.Database}
	if strings.HasPrefix(config.Host, "/") { // the directory of a socket
		u.RawQuery = "host=" + config.Host
		return u.String()
	}
	u.Host = strings.Join(addresses(config), ",")
	return u.String()
}

// addresses returns the hosts that a configuration tries, each once, with their
// ports.
func addresses(config *pgx.ConnConfig) []string {
	var list []string
	last := ""
	for _, h := range hosts(config) {
		address := net.JoinHostPort(h.Host, strconv.Itoa(int(h.Port)))
		if strings.HasPrefix(h.Host, "/") {
			address = "the socket in " + h.Host
		}
		if address != last { // with and without encryption
			list = append(list, address)
		}
		last = address
	}
	return list
}

// misread reports whether what was read out of a connection string may be a piece of
// a password with characters in it that have a meaning in a URL: it must not get into
// a message, a name or a request to a server.
func misread(text string, config *pgx.ConnConfig) bool {
	if _, rest, isURL := strings.Cut(text, "://"); isURL {
		authority, path, _ := strings.Cut(rest, "/")
		path, _, _ = strings.Cut(path, "?")
		if strings.Count(authority, "@") > 1 || strings.Contains(path, "@") {
			return true
		}
	}
	for _, h := range hosts(config) {
		if strings.Contains(h.Host, "@") {
			return true
		}
	}
	for name := range config.RuntimeParams {
		if !parameterName().MatchString(name) {
			return true
		}
	}
	return strings.Contains(config.Host+config.User+config.Database, "://")
}

var parameterName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.]*$`) })
