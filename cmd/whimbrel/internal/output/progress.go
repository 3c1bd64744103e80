package output

import (
	"fmt"
	"strings"
	"time"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// A progress tells a person what is being run, one line for each operation. On a
// terminal the line of the operation under way is there before it is done.
type progress struct {
	session *Session
	out     *Printer
	way     postgres.Direction
	live    bool
	total   int
	width   int
	count   int
	waiting map[int]bool // processes that the person has been told of
}

// Progress returns the observer of one script.
func (s *Session) Progress(total int) postgres.Observer {
	if s.Quiet {
		return postgres.Silent{}
	}
	return &progress{session: s, out: s.Stderr(), live: s.ErrTerminal, total: total, waiting: map[int]bool{}}
}

// Begin prints the heading of a script.
func (p *progress) Begin(s postgres.Script, d postgres.Direction) {
	p.way = d
	verb := "applying"
	if d == postgres.Down {
		verb = "rolling back"
	}
	for _, step := range s.Steps {
		p.width = max(p.width, len([]rune(p.words(step))))
	}
	p.out.Line("%s %s", verb, p.out.Bold(s.ID))
}

// Start shows on a terminal what is being run.
func (p *progress) Start(step postgres.Step) {
	if p.live {
		p.out.Text(p.head(step, p.count+1) + " ...")
	}
	if p.session.Verbose {
		p.clear()
		p.printSQL(step)
	}
}

func (p *progress) printSQL(step postgres.Step) {
	for _, statement := range step.Statements(p.way) {
		p.out.Line("%s", p.out.Dim("      "+strings.ReplaceAll(sqltext.Visible(statement.SQL), "\n", "\n      ")))
	}
}

// Operation prints the line of an operation that is done.
func (p *progress) Operation(step postgres.Step, took time.Duration) {
	p.count++
	p.clear()
	gap := strings.Repeat(" ", max(0, p.width-len([]rune(p.words(step)))))
	p.out.Line("%s%s  %s", p.head(step, p.count), gap, p.out.Dim(fmt.Sprintf("%7s", Duration(took))))
}

func (p *progress) head(step postgres.Step, number int) string {
	digits := len(fmt.Sprint(p.total))
	return fmt.Sprintf("  [%*d/%d] %s", digits, number, p.total, p.words(step))
}

// Waiting tells of sessions in the way, once of each.
func (p *progress) Waiting(_ postgres.Step, blockers []postgres.Session) {
	for _, b := range blockers {
		if !p.waiting[b.PID] {
			p.waiting[b.PID] = true
			p.clear()
			p.out.Line("      %s", p.out.Yellow("waiting for "+diag.Escape(b.String())))
		}
	}
}

// Retry tells that a transaction is tried again; its operations are counted anew.
func (p *progress) Retry(attempt int, wait time.Duration, why error) {
	p.clear()
	p.out.Line("      %s", p.out.Yellow(fmt.Sprintf("%s; trying again in %s (%d)", diag.Escape(why.Error()), Duration(wait), attempt)))
	p.count = 0
	p.waiting = map[int]bool{}
}

// Notice passes on warnings of the server; its notices only if more is wanted.
func (p *progress) Notice(severity, message string) {
	if p.session.Verbose || severity == "WARNING" {
		p.clear()
		p.out.Line("      %s", p.out.Dim(strings.ToLower(severity)+": "+diag.Escape(message)))
	}
}

// Done is told by the result of the command.
func (p *progress) Done(postgres.Script, postgres.Direction, time.Duration) {}

// clear takes away the line of the operation under way.
func (p *progress) clear() {
	if p.live {
		fmt.Fprint(p.out.Writer, "\r\x1b[K")
	}
}

// words returns what is done, in the direction of the script.
func (p *progress) words(step postgres.Step) string {
	if p.way == postgres.Down {
		return diag.Escape(operation.Undone(step.Kind, step.Target))
	}
	return diag.Escape(operation.Words(step.Kind, step.Target))
}
