package plugins

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"path/filepath"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// ReattachVariable is the environment variable that says which plugins run
// already: what "--debug" of a plugin's executable prints.
const ReattachVariable = "WHIMBREL_REATTACH_PLUGINS"

// An Attachment is where a plugin that somebody else has started listens. It has
// no number of a process: nothing is ever sent a signal because of it.
type Attachment struct {
	Network string `json:"network"` // "unix" or "tcp"
	Address string `json:"address"`
}

// ParseReattach reads the value of ReattachVariable: attachments by the names of
// plugins. Only addresses of this machine are allowed.
func ParseReattach(text string) (map[string]Attachment, error) {
	if text == "" {
		return nil, nil
	}
	var found map[string]Attachment
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		return nil, badReattach(err.Error())
	}
	for name, at := range found {
		if err := at.check(); err != nil {
			return nil, badReattach(fmt.Sprintf("plugin %q: %v", name, err))
		}
	}
	return found, nil
}

func badReattach(why string) error {
	return diag.Diagnostic{
		Code:    "WH4008",
		Summary: ReattachVariable + " cannot be used",
		Detail:  why,
		Next:    "set it to the line that the plugin prints when it is run with --debug, or unset it",
	}
}

func (a Attachment) check() error {
	switch a.Network {
	case "unix":
		if !filepath.IsAbs(a.Address) {
			return fmt.Errorf("the path %q of a socket is not absolute", a.Address)
		}
		return nil
	case "tcp":
		return loopback(a.Address)
	}
	return fmt.Errorf("the network %q is neither unix nor tcp", a.Network)
}

// loopback refuses addresses that are not on this machine.
func loopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("the address %s is not on this machine", address)
	}
	return nil
}

// An attachment is a connection to a plugin that is not ours to end.
type attachment struct {
	remote
	conn *grpc.ClientConn
}

func (p *plugin) attach() (*attachment, error) {
	at := *p.spec.Attach
	conn, err := grpc.NewClient("passthrough:///"+p.spec.Name,
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, at.Network, at.Address)
		}),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(p.callOptions()...))
	if err != nil {
		return nil, fmt.Errorf("connecting to the running plugin %s: %w", p.spec.Name, err)
	}
	return &attachment{remote: remote{protocol.NewClient(conn)}, conn: conn}, nil
}

// meet asks a running plugin for its manifest.
func (p *plugin) meet(ctx context.Context) diag.List {
	conn, err := p.attach()
	if err != nil {
		return diagnostics(err, p)
	}
	limited, cancel := context.WithTimeout(ctx, p.options.StartTimeout)
	defer cancel()
	manifest, err := conn.client.Manifest(limited)
	if err != nil {
		_ = conn.Close()
		return diag.List{p.diagnostic("WH4020", "does not answer at "+p.spec.Attach.Address, err.Error(),
			"start it with --debug and set "+ReattachVariable+" to what it prints, or unset that")}
	}
	p.conn = conn
	return p.accept(manifest)
}

func (a *attachment) Tail() []string         { return nil }
func (a *attachment) Exited() (string, bool) { return "", false }
func (a *attachment) Close() error           { return a.conn.Close() }
func (a *attachment) Abort() error           { return a.conn.Close() }
