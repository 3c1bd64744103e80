package whimbrel

import (
	"log/slog"
	"time"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// An Option says how Migrate goes about it.
type Option func(*settings)

type settings struct {
	to      string
	policy  operation.Policy
	allowed operation.Allowances
	options postgres.Options
	logger  *slog.Logger
}

func settingsOf(options []Option) settings {
	s := settings{options: postgres.Options{Version: "library", Wait: time.Minute}, logger: slog.New(slog.DiscardHandler)}
	for _, o := range options {
		o(&s)
	}
	return s
}

// To stops at a migration: its ID, the beginning of it or its name. Where the database
// is further, it goes back, if nothing would be lost that Allow does not name. "zero"
// is before the first one.
func To(id string) Option { return func(s *settings) { s.to = id } }

// Forbid refuses hazards, by the codes in the headers of migrations, such as
// "data_loss" and "table_rewrite", on the way forth.
func Forbid(hazards ...string) Option {
	return func(s *settings) { s.policy.Forbid = append(s.policy.Forbid, hazards...) }
}

// Allow accepts hazards, each as HAZARD or HAZARD:ADDRESS, such as
// "data_loss:shop.pizza.price".
func Allow(hazards ...string) Option {
	return func(s *settings) { s.allowed = append(s.allowed, hazards...) }
}

// Wait is how long to wait for somebody else who is migrating the database; without it
// a minute. 0: not at all.
func Wait(limit time.Duration) Option { return func(s *settings) { s.options.Wait = limit } }

// LockTimeout is how long a statement waits for locks of other sessions before its
// transaction is tried again; without it 3 seconds.
func LockTimeout(limit time.Duration) Option {
	return func(s *settings) { s.options.LockTimeout = limit }
}

// Logger is told what is done, as it is done.
func Logger(logger *slog.Logger) Option { return func(s *settings) { s.logger = logger } }
