package plugins

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// unstartable is the error of an executable that cannot be run at all.
func (p *plugin) unstartable(err error) error {
	if errors.Is(err, errSum) {
		return p.diagnostic("WH4011", "was exchanged while whimbrel ran", errSum.Error(), "run the command again; if that is no surprise, run: whimbrel plugin lock")
	}
	return p.diagnostic("WH4007", "cannot be run", err.Error(), "build or install the plugin")
}

// notStarted is the error of a plugin that was started and is of no use.
func (p *plugin) notStarted(ctx context.Context, runner *runner, err error) error {
	line := runner.greeted()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case line != "" && spoken(line) != strconv.Itoa(protocol.Version):
		return p.otherProtocol(spoken(line))
	case errors.Is(err, errStart):
		return p.diagnostic("WH4021", fmt.Sprintf("was not ready within %v and was stopped", p.options.StartTimeout),
			printed(waitedFor(line), runner.output.Tail()), "the first start of a new program can be slow, so try again; else "+p.report())
	case errors.Is(err, protocol.ErrAnswer):
		return p.garbled(err)
	case line != "" && !handshake().MatchString(line):
		return p.diagnostic("WH4023", "printed a handshake that makes no sense", "It is: "+printable(line), p.report())
	}
	if how, exited := runner.Exit(p.options.CloseTimeout / 2); exited {
		return p.diagnostic("WH4020", "ended before it could be called ("+how+")",
			printed("Its process ended while it was started.", runner.output.Tail()), "run the program by hand to see what it says: "+p.spec.Path)
	}
	return p.diagnostic("WH4023", "could not be connected to: "+printable(err.Error()),
		printed("Its handshake was "+strconv.Quote(printable(line))+".", runner.output.Tail()), p.report())
}

func waitedFor(line string) string {
	if line == "" {
		return "It did not print its handshake."
	}
	return "It printed its handshake, but did not answer."
}

// otherProtocol says who has to upgrade.
func (p *plugin) otherProtocol(spoken string) error {
	next := "upgrade the plugin, or ask its author for a version with protocol " + strconv.Itoa(protocol.Version)
	if n, err := strconv.Atoi(spoken); err == nil && n > protocol.Version {
		next = "upgrade whimbrel, or use an older version of the plugin"
	}
	return p.diagnostic("WH4022", "speaks protocol "+spoken+", this whimbrel speaks "+strconv.Itoa(protocol.Version),
		"Both sides have to speak one version of the protocol.", next)
}

// impostor is found if the process has another manifest than the one that its
// executable is known by.
func (p *plugin) impostor(m *detect.Manifest) *diag.Diagnostic {
	if p.manifest == nil || manifestSum(p.manifest) == manifestSum(m) {
		return nil
	}
	d := p.diagnostic("WH4024", "changed its manifest", "An executable has one manifest, known since it was started first. Nothing in a manifest comes from the time, the environment, "+
		"or the arguments and the place that a program is started with.",
		p.report()+", who would make the manifest of constants")
	return &d
}
