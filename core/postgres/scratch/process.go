package scratch

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// A process is a running server that this process started.
type process struct {
	place   *place
	cmd     *exec.Cmd
	ended   chan struct{} // closed when the server has ended
	guarded *watchdog
}

// settings of a server whose data nobody will miss and that starts fast.
func defaults() map[string]string {
	return map[string]string{
		"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off", "jit": "off",
		"shared_buffers": "32MB", "max_connections": "100", "wal_level": "minimal", "max_wal_senders": "0",
		"listen_addresses": "127.0.0.1", "timezone": "UTC", "log_timezone": "UTC", "lc_messages": "C",
		"max_wal_size": "256MB", "min_wal_size": "8MB",
	}
}

// attempts is how often another port is tried when somebody else takes the one
// that was free a moment ago.
const attempts = 5

// patience is how long a server may take to start, or to make a database, on a machine
// that has much else to do.
const patience = 5 * time.Minute

func start(ctx context.Context, bin string, settings map[string]string) (*Server, error) {
	a, err := unprivileged()
	if err != nil {
		return nil, err
	}
	p, err := newPlace(a)
	if err != nil {
		return nil, err
	}
	data, err := newCluster(ctx, bin, p, a)
	if err != nil {
		p.remove()
		return nil, fmt.Errorf("making a cluster: %w", err)
	}
	for range attempts {
		var server *Server
		if server, err = launch(ctx, bin, data, p, a, settings); err == nil {
			return server, nil
		}
	}
	p.remove()
	return nil, fmt.Errorf("starting PostgreSQL: %w", err)
}

func launch(ctx context.Context, bin, data string, p *place, a account, settings map[string]string) (*Server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(p.dir, "log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(filepath.Join(bin, "postgres"), arguments(data, p.dir, port, settings)...)
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.Env = p.dir, log, log, environment()
	a.prepare(cmd)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	running := &process{place: p, cmd: cmd, ended: make(chan struct{}), guarded: guard(cmd.Process.Pid, p.dir)}
	go running.wait()
	server := &Server{url: serverURL(port), process: running}
	if err := server.ready(ctx); err != nil {
		running.stop()
		text, _ := os.ReadFile(log.Name())
		return nil, fmt.Errorf("%w\n%s", err, text)
	}
	return server, nil
}

func arguments(data, socket string, port int, settings map[string]string) []string {
	all := defaults()
	maps.Copy(all, settings)
	args := []string{"-D", data, "-k", socket, "-p", strconv.Itoa(port)}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		args = append(args, "-c", name+"="+all[name])
	}
	return args
}

func (p *process) wait() {
	_ = p.cmd.Wait()
	close(p.ended)
}

// stop ends the server and waits for that.
func (p *process) stop() {
	p.guarded.dismiss()
	_ = p.cmd.Process.Signal(stopSignal) // it may have ended already
	<-p.ended
}

// ready waits until the server answers.
func (s *Server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	poll := time.NewTicker(10 * time.Millisecond)
	defer poll.Stop()
	for {
		conn, err := pgx.Connect(ctx, s.url)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-s.process.ended:
			return errors.New("the server ended at once")
		case <-ctx.Done():
			return fmt.Errorf("the server does not answer: %w", err)
		case <-poll.C:
		}
	}
}

func serverURL(port int) string {
	return fmt.Sprintf("postgres://%s@127.0.0.1:%d/postgres?sslmode=disable", superuser, port)
}

// freePort returns a port of 127.0.0.1 that nobody listens at now.
func freePort() (int, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("looking for a free port: %w", err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}
