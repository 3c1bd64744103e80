package postgres

import (
	"context"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// A hostWatch remembers which addresses the hosts of a connection string have: the
// driver does not say which of several it has chosen.
type hostWatch struct {
	look      func(ctx context.Context, host string) ([]string, error)
	addresses map[string][]string
}

// watchHosts has the host watched that a connection is made to.
func watchHosts(config *pgx.ConnConfig) *hostWatch {
	w := &hostWatch{look: config.LookupFunc, addresses: map[string][]string{}}
	config.LookupFunc = func(ctx context.Context, host string) ([]string, error) {
		found, err := w.look(ctx, host)
		w.addresses[host] = found
		return found, err
	}
	return w
}

// settle leaves the host in a configuration that a connection was made to, so that
// further connections lead there too. Where it is not clear which one it is, all stay.
func (w *hostWatch) settle(config *pgx.ConnConfig, conn *pgx.Conn) {
	config.LookupFunc = w.look
	at := conn.PgConn().Conn().RemoteAddr().String()
	all := hosts(config)
	chosen := slices.IndexFunc(all, func(f *pgconn.FallbackConfig) bool { return w.leads(f, at) })
	if chosen < 0 {
		return
	}
	same := slices.DeleteFunc(all, func(f *pgconn.FallbackConfig) bool {
		return f.Host != all[chosen].Host || f.Port != all[chosen].Port
	})
	config.Host, config.Port, config.TLSConfig = same[0].Host, same[0].Port, same[0].TLSConfig
	config.Fallbacks = same[1:]
}

// leads reports whether a host has an address.
func (w *hostWatch) leads(f *pgconn.FallbackConfig, address string) bool {
	if strings.HasPrefix(f.Host, "/") {
		_, socket := pgconn.NetworkAddress(f.Host, f.Port)
		return socket == address
	}
	ip, port, err := net.SplitHostPort(address)
	if err != nil || port != strconv.Itoa(int(f.Port)) {
		return false
	}
	same := func(known string) bool { return net.ParseIP(known).Equal(net.ParseIP(ip)) }
	return slices.ContainsFunc(w.addresses[f.Host], same)
}

// hosts returns the hosts that a configuration tries, in their order.
func hosts(config *pgx.ConnConfig) []*pgconn.FallbackConfig {
	first := &pgconn.FallbackConfig{Host: config.Host, Port: config.Port, TLSConfig: config.TLSConfig}
	return append([]*pgconn.FallbackConfig{first}, config.Fallbacks...)
}
