package plugins

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// A connection is a plugin that can be called, concurrently.
type connection interface {
	// Detect, Upgrade, Inspect, Judge and Check return at the latest when the context ends.
	// An error of the detector itself, a panic included, is a *detectorError.
	Detect(ctx context.Context, batch *batch) (detect.Result, error)
	Upgrade(ctx context.Context, old []*state.Object) ([]json.RawMessage, error)
	Inspect(ctx context.Context, catalog detect.Catalog) ([]*state.Object, error)
	Judge(ctx context.Context, comparison detect.Comparison) ([]detect.Alikeness, error)
	Check(ctx context.Context, wanted detect.Wanted) (diag.List, error)
	// Tail returns the last lines that the plugin printed.
	Tail() []string
	// Exited returns how the process ended, waiting a moment for it if the
	// connection broke, and false if it runs or is none.
	Exited() (string, bool)
	// Close asks the plugin to end, then makes it; Abort only makes it.
	Close() error
	Abort() error
}

// A detectorError is an error of a detector that works as such.
type detectorError struct {
	text  string
	panic bool
}

func (e *detectorError) Error() string { return e.text }

// connect makes the connection that the options ask for.
func (p *plugin) connect(ctx context.Context) (connection, error) {
	if p.spec.Attach != nil {
		return p.attach()
	}
	if p.spec.Detector != nil {
		switch p.options.Transport {
		case InProcess:
			return &direct{detector: p.spec.Detector, output: p.output()}, nil
		case Bufconn:
			return p.inMemory()
		}
	}
	if p.spec.Absent != nil {
		return nil, *p.spec.Absent
	}
	process, err := p.start(ctx)
	if err != nil {
		return nil, err
	}
	return process, nil
}

// A direct connection is a function call.
type direct struct {
	detector detect.Detector
	output   *output
}

// Detect calls the detector.
func (d *direct) Detect(ctx context.Context, b *batch) (detect.Result, error) {
	return guarded(ctx, func() (detect.Result, error) { return d.detector.Detect(ctx, b.pass) })
}

// Upgrade calls the detector, if it can do that.
func (d *direct) Upgrade(ctx context.Context, old []*state.Object) ([]json.RawMessage, error) {
	upgrader, ok := d.detector.(detect.Upgrader)
	if !ok {
		return nil, status.Error(codes.Unimplemented, "the plugin has no former versions")
	}
	return guarded(ctx, func() ([]json.RawMessage, error) { return upgrader.Upgrade(ctx, old) })
}

// Inspect calls the detector, if it can do that.
func (d *direct) Inspect(ctx context.Context, catalog detect.Catalog) ([]*state.Object, error) {
	inspector, ok := d.detector.(detect.Inspector)
	if !ok {
		return nil, status.Error(codes.Unimplemented, "the plugin inspects nothing")
	}
	return guarded(ctx, func() ([]*state.Object, error) { return inspector.Inspect(ctx, catalog) })
}

// Judge calls the detector, if it can do that.
func (d *direct) Judge(ctx context.Context, comparison detect.Comparison) ([]detect.Alikeness, error) {
	judge, ok := detect.AsJudge(d.detector)
	if !ok {
		return nil, status.Error(codes.Unimplemented, "the plugin judges nothing")
	}
	return guarded(ctx, func() ([]detect.Alikeness, error) { return judge.Judge(ctx, comparison) })
}

// Check calls the detector, if it can do that.
func (d *direct) Check(ctx context.Context, wanted detect.Wanted) (diag.List, error) {
	checker, ok := detect.AsChecker(d.detector)
	if !ok {
		return nil, status.Error(codes.Unimplemented, "the plugin checks nothing")
	}
	return guarded(ctx, func() (diag.List, error) { return checker.Check(ctx, wanted) })
}

// guarded calls a function in a goroutine of its own, so that a hang ends with
// the context and a panic is an error, as they are elsewhere.
func guarded[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if cause := recover(); cause != nil {
				a.err = &detectorError{text: protocol.Panic(cause), panic: true}
			}
			done <- a
		}()
		if a.value, a.err = do(); a.err != nil {
			a.err = &detectorError{text: a.err.Error()}
		}
	}()
	select {
	case a := <-done:
		return a.value, a.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

func (d *direct) Tail() []string         { return d.output.Tail() }
func (d *direct) Exited() (string, bool) { return "", false }
func (d *direct) Close() error           { return nil }
func (d *direct) Abort() error           { return nil }

// A memory connection is gRPC without a process.
type memory struct {
	remote
	server *grpc.Server
	conn   io.Closer
	output *output
}

func (p *plugin) inMemory() (connection, error) {
	listener := bufconn.Listen(1 << 20)
	server := grpc.NewServer(grpc.MaxRecvMsgSize(protocol.MaxMessage), grpc.MaxSendMsgSize(protocol.MaxMessage))
	output := p.output()
	protocol.RegisterPluginServer(server, protocol.NewServer(p.spec.Detector, output))
	go func() { _ = server.Serve(listener) }()
	conn, err := grpc.NewClient("passthrough:///"+p.spec.Name,
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(p.callOptions()...))
	if err != nil {
		server.Stop()
		return nil, fmt.Errorf("connecting to plugin %s in memory: %w", p.spec.Name, err)
	}
	return &memory{remote: remote{protocol.NewClient(conn)}, server: server, conn: conn, output: output}, nil
}

func (p *plugin) callOptions() []grpc.CallOption {
	return []grpc.CallOption{
		grpc.MaxCallRecvMsgSize(p.options.MaxMessage), grpc.MaxCallSendMsgSize(protocol.MaxMessage),
		grpc.ForceCodec(unfolder{2 * p.options.MaxMessage}),
	}
}

func (m *memory) Tail() []string         { return m.output.Tail() }
func (m *memory) Exited() (string, bool) { return "", false }

// Close ends the connection. A handler that hangs is not waited for.
func (m *memory) Close() error {
	err := m.conn.Close()
	go m.server.Stop()
	return err
}

func (m *memory) Abort() error { return m.Close() }
