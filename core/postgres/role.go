package postgres

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
)

// mayTake returns the problem of a user who cannot take a role, nil if there is none.
func mayTake(ctx context.Context, db *Database, role string) error {
	if role == "" {
		return nil
	}
	_, err := simple(ctx, db.conn, "BEGIN; SET LOCAL ROLE "+address.Quote(role)+"; ROLLBACK")
	if err == nil || db.conn.IsClosed() {
		return wrap("taking the role", err)
	}
	if _, failing := simple(ctx, db.conn, "ROLLBACK"); failing != nil {
		return wrap("taking the role", failing)
	}
	user := db.config.User
	return problem("WH5106", fmt.Sprintf("the user %q may not take the role %q", user, role), "The server says: "+messageOf(err),
		fmt.Sprintf("see whether that is its name; have a superuser run: GRANT %s TO %s", address.Quote(role), address.Quote(user)))
}
