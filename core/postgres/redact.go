package postgres

import (
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Redact returns a connection string without its passwords, for messages. Of a
// URL that cannot be read it returns the scheme only.
func Redact(text string) string {
	if !strings.Contains(text, "://") {
		return passwordPair.ReplaceAllString(text, "${1}xxxxx")
	}
	u, err := url.Parse(text)
	if err != nil || u.Opaque != "" {
		scheme, _, _ := strings.Cut(text, "://")
		return scheme + "://..."
	}
	u.RawQuery = passwordParameter.ReplaceAllString(u.RawQuery, "${1}xxxxx")
	return u.Redacted()
}

var (
	passwordPair      = regexp.MustCompile(`(?i)((?:ssl)?password\s*=\s*)('(?:[^'\\]|\\.)*'?|\S+)`)
	passwordParameter = regexp.MustCompile(`(?i)((?:^|&)(?:ssl)?password=)[^&]*`)
)

// place returns where a configuration leads, as a URL without a password.
func place(config *pgx.ConnConfig) string {
	u := url.URL{Scheme: "postgres", User: url.User(config.User), Path: "/" + config.Database}
	if strings.HasPrefix(config.Host, "/") { // the directory of a socket
		u.RawQuery = "host=" + config.Host
		return u.String()
	}
	u.Host = net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port)))
	return u.String()
}
