package input

import (
	"context"
	"os"
	"os/user"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/postgres"
)

// Patience is the flags of commands that change a database: how long they wait.
type Patience struct {
	wait, lockTimeout time.Duration
	role              string
}

// AddFlags adds them to a command.
func (p *Patience) AddFlags(c *cobra.Command) {
	c.Flags().DurationVar(&p.wait, "wait", 0, "how long to wait for another whimbrel on this database (exit 5)")
	c.Flags().DurationVar(&p.lockTimeout, "lock-timeout", 3*time.Second, "how long a statement waits for locks before it is tried again")
	c.Flags().StringVar(&p.role, "role", "", "`ROLE` to run migrations as, such as the owner of the tables")
}

// Open takes the lock of the database.
func (p *Patience) Open(ctx context.Context, s *Session, db *postgres.Database) (*postgres.Executor, error) {
	told := false
	return postgres.Open(ctx, db, postgres.Options{
		Version: s.Release, Operator: operator(), Role: p.role, LockTimeout: p.lockTimeout, Wait: p.wait, Definitions: s.Definitions(),
		Waiting: func(holder postgres.Session) {
			if !told {
				s.Talk("waiting for %s", holder)
				told = true
			}
		},
	})
}

// operator returns who runs the program, and on which machine, as far as the system
// says, such as "deploy@ci-7".
func operator() string {
	name, host := "", ""
	if who, err := user.Current(); err == nil {
		name = who.Username
	}
	if found, err := os.Hostname(); err == nil {
		host = found
	}
	return strings.Trim(name+"@"+host, "@")
}
