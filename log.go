package whimbrel

import (
	"context"
	"log/slog"
	"time"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// An observer writes what is done into a log.
type observer struct {
	postgres.Silent
	logger *slog.Logger
}

// Operation logs an operation that was run.
func (o observer) Operation(step postgres.Step, took time.Duration) {
	o.logger.Debug("operation", "kind", step.Kind, "target", step.Target, "took", took)
}

// Waiting logs who has the locks that an operation waits for.
func (o observer) Waiting(step postgres.Step, blockers []postgres.Session) {
	for _, b := range blockers {
		o.logger.Warn("waiting for a lock", "target", step.Target, "blocker", b.String())
	}
}

// Retry logs that a transaction is tried again.
func (o observer) Retry(attempt int, wait time.Duration, why error) {
	o.logger.Warn("trying again", "attempt", attempt, "wait", wait, "why", why)
}

// Notice logs a message of the server.
func (o observer) Notice(severity, message string) {
	o.logger.Info("notice", "severity", severity, "message", message)
}

// Done logs a migration that is committed.
func (o observer) Done(s postgres.Script, d postgres.Direction, took time.Duration) {
	o.logger.Info(map[postgres.Direction]string{postgres.Up: "applied", postgres.Down: "rolled back"}[d], "migration", s.ID, "app", s.App, "took", took)
}

func (s settings) waiting() func(postgres.Session) {
	told := false
	return func(holder postgres.Session) {
		if !told {
			s.logger.Info("waiting for somebody else who is migrating", "holder", holder.String())
			told = true
		}
	}
}

func (s settings) warn(ctx context.Context, problems diag.List) {
	for _, d := range problems {
		s.logger.WarnContext(ctx, d.Summary, "code", d.Code, "detail", d.Detail)
	}
}
