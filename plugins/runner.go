package plugins

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"time"

	hclog "github.com/hashicorp/go-hclog"
	pluginrunner "github.com/hashicorp/go-plugin/runner"

	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// A runner is a process as go-plugin sees it. go-plugin's own way of running a
// command lets a plugin read our standard input, inherit our environment, crash
// us with a line on standard error, freeze on a full pipe, and outlive us. A
// runner keeps all of that away from both sides.
type runner struct {
	room   room
	binary binary
	args   []string
	name   string
	output *output
	env    []string

	cmd       *exec.Cmd
	stdin     *os.File       // our end; its end tells the plugin that we are gone
	handshake *io.PipeReader // go-plugin reads the one line from here
	greeting  chan string    // the line that looked like a handshake, once

	mu      sync.Mutex
	running bool
	ended   bool
	killed  bool // by us: before it was started, or while it ran

	exited  chan struct{} // closed when the process has ended and its output is read
	waitErr error         // valid once exited
}

func newRunner(room room, binary binary, name string, args []string, output *output) *runner {
	return &runner{
		room: room, binary: binary, name: name, args: args, output: output,
		greeting: make(chan string, 1), exited: make(chan struct{}),
	}
}

// prepare is go-plugin's RunnerFunc. base has go-plugin's own variables.
func (r *runner) prepare(_ hclog.Logger, base *exec.Cmd, _ string) (pluginrunner.Runner, error) {
	r.env = append(systemEnv(), "HOME="+r.room.cwd, "TMPDIR="+r.room.cwd, protocol.StdinWatch+"=1")
	r.env = append(r.env, base.Env...)
	return r, nil
}

// command returns the command with its ends of the pipes.
func (r *runner) command(pipes []pipe) *exec.Cmd {
	cmd := exec.Command(r.binary.path, r.args...)
	cmd.Args[0] = r.name
	cmd.Dir, cmd.Env = r.room.cwd, r.env
	cmd.Stdin, cmd.Stdout, cmd.Stderr = pipes[0].r, pipes[1].w, pipes[2].w
	if r.binary.file != nil {
		cmd.ExtraFiles = []*os.File{r.binary.file}
	}
	ownGroup(cmd)
	return cmd
}

// Start starts the process, and what reads its output and waits for its end.
func (r *runner) Start(context.Context) error {
	pipes, err := newPipes(3)
	if err != nil {
		return err
	}
	err = r.launch(pipes)
	pipes[0].r.Close()
	pipes[1].w.Close()
	pipes[2].w.Close()
	r.binary.Close()
	if err != nil {
		pipes[0].w.Close()
		pipes[1].r.Close()
		pipes[2].r.Close()
		return err
	}
	r.stdin = pipes[0].w
	var line *io.PipeWriter
	r.handshake, line = io.Pipe()
	go r.wait(line, pipes[1].r, pipes[2].r)
	return nil
}

// launch starts the command. An executable that somebody is still writing, or that
// was just installed by a process that others were forked from, is busy for a
// moment.
func (r *runner) launch(pipes []pipe) error {
	err := r.startOnce(pipes)
	for wait := 50 * time.Millisecond; busy(err) && wait < 2*time.Second; wait *= 2 {
		time.Sleep(wait)
		err = r.startOnce(pipes)
	}
	return err
}

// startOnce starts the command unless it was killed already.
func (r *runner) startOnce(pipes []pipe) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.killed {
		return errors.New("stopped before it was started")
	}
	r.cmd = r.command(pipes)
	err := r.cmd.Start()
	r.running = err == nil
	return err
}

// wait reads the output until the process has ended.
func (r *runner) wait(line *io.PipeWriter, stdout, stderr *os.File) {
	var readers sync.WaitGroup
	readers.Go(func() { r.readStdout(stdout, line) })
	readers.Go(func() { r.readLines(stderr, r.output.Line) })
	r.waitErr = r.cmd.Wait()
	r.end()
	drained := make(chan struct{})
	go func() { readers.Wait(); close(drained) }()
	select {
	case <-drained:
	case <-time.After(200 * time.Millisecond): // something that escaped from the group holds the pipes
	}
	stdout.Close()
	stderr.Close()
	r.handshake.Close() // nobody may be left to read a handshake
	<-drained
	line.Close()
	r.stdin.Close()
	close(r.exited)
}

// end kills what the process has left behind. From then on its number may
// belong to somebody else.
func (r *runner) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	_ = killGroup(r.cmd.Process)
	r.running, r.ended = false, true
}

// Kill kills the process and everything that it started, at any time.
func (r *runner) Kill(context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended {
		return nil
	}
	r.killed = true
	if !r.running {
		return nil
	}
	return killGroup(r.cmd.Process)
}

// Wait waits for the end of the process.
func (r *runner) Wait(context.Context) error {
	<-r.exited
	return r.waitErr
}

// Exit returns how the process ended, if it does by itself within a time.
func (r *runner) Exit(within time.Duration) (string, bool) {
	select {
	case <-r.exited:
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.cmd.ProcessState.String(), !r.killed
	case <-time.After(within):
		return "", false
	}
}

// Stdout gives go-plugin the handshake and nothing else.
func (r *runner) Stdout() io.ReadCloser { return r.handshake }

// Stderr is empty: go-plugin's parser of log lines panics at some of them.
func (r *runner) Stderr() io.ReadCloser { return io.NopCloser(eof{}) }

type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

// Name returns the path of the plugin.
func (r *runner) Name() string { return r.name }

// ID returns the number of the process.
func (r *runner) ID() string {
	if r.cmd == nil || r.cmd.Process == nil {
		return ""
	}
	return strconv.Itoa(r.cmd.Process.Pid)
}

// Diagnose adds nothing: the output is at hand.
func (r *runner) Diagnose(context.Context) string { return "" }

// PluginToHost checks where the plugin wants to be called.
func (r *runner) PluginToHost(network, address string) (string, string, error) {
	return network, address, r.acceptable(network, address)
}

// HostToPlugin changes nothing: both see the same files.
func (r *runner) HostToPlugin(network, address string) (string, string, error) {
	return network, address, nil
}

type pipe struct{ r, w *os.File }

func newPipes(count int) ([]pipe, error) {
	pipes := make([]pipe, count)
	for i := range pipes {
		r, w, err := os.Pipe()
		if err != nil {
			for _, p := range pipes[:i] {
				p.r.Close()
				p.w.Close()
			}
			return nil, err
		}
		pipes[i] = pipe{r, w}
	}
	return pipes, nil
}
