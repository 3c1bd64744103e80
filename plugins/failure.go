package plugins

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// diagnostic returns an error about the plugin; what goes behind its name.
func (p *plugin) diagnostic(code, what, detail, next string) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    code,
		Summary: fmt.Sprintf("plugin %q %s", p.spec.Name, what),
		Detail:  detail,
		Next:    next,
		Range:   p.spec.Range,
	}
}

// report is what to do about a plugin that does not work.
func (p *plugin) report() string {
	if p.manifest == nil {
		return "report it to the author of the plugin"
	}
	return fmt.Sprintf("report it to the author of %s %s", p.spec.Name, p.manifest.Version)
}

// printed returns why with the last lines of the plugin.
func printed(why string, tail []string) string {
	if len(tail) == 0 {
		return why + " It printed nothing."
	}
	return why + " The last lines that it printed:\n\n    " + strings.Join(tail, "\n    ")
}

// hung is the error of a call that took too long.
func (p *plugin) hung(limit time.Duration, tail []string) error {
	return p.diagnostic("WH4031", fmt.Sprintf("did not answer within %v and was stopped", limit),
		printed("A call has a limit, so that a plugin that hangs cannot stop everything.", tail), p.report())
}

// reported is the error of a detector that failed without breaking anything.
func (p *plugin) reported(err *detectorError) error {
	if !err.panic {
		return p.diagnostic("WH4034", "failed: "+printable(err.text), "Its detector returned this error instead of a result.", p.report())
	}
	cause, stack, _ := strings.Cut(err.text, "\n\n")
	lines := strings.Split(strings.TrimSpace(stack), "\n")
	for i, line := range lines {
		lines[i] = printable(line)
	}
	return p.diagnostic("WH4034", "failed: "+printable(cause),
		"Its detector panicked:\n\n    "+strings.Join(lines[:min(len(lines), shownLines)], "\n    "), p.report())
}

// broken is the error of a call that the plugin did not answer properly.
func (p *plugin) broken(conn connection, err error) error {
	if errors.Is(err, protocol.ErrAnswer) {
		return p.garbled(err)
	}
	code, message := status.Code(err), status.Convert(err).Message()
	if isUnfolding(message) {
		code = codes.ResourceExhausted
	}
	switch code {
	case codes.ResourceExhausted:
		return p.diagnostic("WH4033", "has to send or take too large a message",
			printable(message), p.report())
	case codes.Unimplemented:
		return p.diagnostic("WH4032", "does not answer what its manifest says it does, as "+protocol.Plugin_ServiceDesc.ServiceName,
			printable(message), p.report())
	case codes.InvalidArgument:
		return p.diagnostic("WH4032", "did not understand what it was asked", printable(message), p.report())
	}
	if how, exited := conn.Exited(); exited {
		return p.diagnostic(crashed, "crashed ("+how+")", printed("Its process ended during a call.", conn.Tail()), p.report())
	}
	return p.garbled(errors.New(message))
}

func (p *plugin) garbled(err error) error {
	return p.diagnostic("WH4032", "answered with something that is not protocol version "+fmt.Sprint(protocol.Version),
		printable(err.Error()), p.report())
}
