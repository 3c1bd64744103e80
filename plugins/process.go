package plugins

import (
	"context"
	"errors"
	"time"

	hclog "github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// A process is a running plugin, a connection.
type process struct {
	remote
	manifest *detect.Manifest
	runner   *runner
	kill     func() // go-plugin's, which asks first; it may block until the process is gone
	room     room
	grace    time.Duration
}

// start starts the plugin and asks for its manifest, all within the start limit.
// Its errors are diagnostics or that of the context; then nothing is left.
func (p *plugin) start(ctx context.Context) (*process, error) {
	room, err := newRoom(p.options.TempDir)
	if err != nil {
		return nil, p.diagnostic("WH4020", "could not be started", err.Error(), "set XDG_RUNTIME_DIR or TMPDIR to a short path that can be written")
	}
	binary, err := p.binary(room)
	if err != nil {
		return nil, p.abandoned(room, err)
	}
	if p.spec.Detector == nil {
		p.rooms = append(p.rooms, room.path)
	}
	runner := newRunner(room, binary, p.spec.Path, p.spec.Args, p.output())
	client := goplugin.NewClient(p.config(runner))
	process := &process{runner: runner, kill: client.Kill, room: room, grace: p.options.CloseTimeout}
	p.starts.Add(1)
	if err := process.greet(ctx, client, p.options.StartTimeout); err != nil {
		found := p.notStarted(ctx, runner, err)
		_ = process.Abort()
		return nil, found
	}
	if found := p.impostor(process.manifest); found != nil {
		_ = process.Abort()
		return nil, *found
	}
	return process, nil
}

// abandoned removes the room of a plugin that cannot be run.
func (p *plugin) abandoned(room room, err error) error {
	_ = room.Remove()
	return p.unstartable(err)
}

// binary returns what to run.
func (p *plugin) binary(room room) (binary, error) {
	if p.spec.Detector != nil {
		return binary{path: selfPath(p.spec.Path)}, nil
	}
	return verified(p.spec.Path, p.sum, room.path)
}

func (p *plugin) config(runner *runner) *goplugin.ClientConfig {
	return &goplugin.ClientConfig{
		HandshakeConfig:  protocol.Handshake(),
		VersionedPlugins: protocol.Called(),
		AllowedProtocols: []goplugin.Protocol{goplugin.ProtocolGRPC},
		RunnerFunc:       runner.prepare,
		SkipHostEnv:      true,
		StartTimeout:     time.Hour, // greet has the limit
		UnixSocketConfig: &goplugin.UnixSocketConfig{TempDir: runner.room.path},
		Logger:           hclog.NewNullLogger(),
		SyncStdout:       runner.output,
		SyncStderr:       runner.output,
		GRPCDialOptions:  []grpc.DialOption{grpc.WithDefaultCallOptions(p.callOptions()...)},
	}
}

// errStart is returned for a plugin that is not ready in time.
var errStart = errors.New("the plugin was not ready in time")

// greet connects within a limit. go-plugin's own limit ends with the handshake
// line; what comes after it can block for much longer, so it runs beside, and
// ends because the process is killed.
func (p *process) greet(ctx context.Context, client *goplugin.Client, limit time.Duration) error {
	limited, cancel := context.WithTimeoutCause(ctx, limit, errStart)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- p.connect(limited, client) }()
	select {
	case err := <-done:
		if limited.Err() != nil {
			return context.Cause(limited)
		}
		return err
	case <-limited.Done():
		_ = p.runner.Kill(ctx)
		select {
		case <-done:
		case <-time.After(p.grace):
		}
		return context.Cause(limited)
	}
}

func (p *process) connect(ctx context.Context, client *goplugin.Client) error {
	connected, err := client.Client()
	if err != nil {
		return err
	}
	dispensed, err := connected.Dispense(protocol.Service)
	if err != nil {
		return err
	}
	p.client = dispensed.(*protocol.Client)
	p.manifest, err = p.client.Manifest(ctx)
	return err
}

// Tail returns the last lines that the process printed.
func (p *process) Tail() []string { return p.runner.output.Tail() }

// Exited returns how the process ended. A process that broke the connection by
// dying is dead within a moment.
func (p *process) Exited() (string, bool) { return p.runner.Exit(500 * time.Millisecond) }

// Close asks the plugin to end, and kills it if it does not within the grace.
func (p *process) Close() error { return p.stop(p.grace) }

// Abort kills the plugin.
func (p *process) Abort() error { return p.stop(0) }

// stop returns when the process is gone, at the latest after twice the grace.
func (p *process) stop(grace time.Duration) error {
	done := make(chan struct{})
	if grace == 0 {
		_ = p.runner.Kill(context.Background())
	}
	go func() { p.kill(); close(done) }()
	select {
	case <-done:
	case <-time.After(grace):
	}
	_ = p.runner.Kill(context.Background())
	select {
	case <-done:
	case <-time.After(p.grace):
	}
	return p.room.Remove()
}
