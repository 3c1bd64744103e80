package whimbrel

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// A Database is how an application is connected: by pgx, or by database/sql with the
// driver of pgx, "github.com/jackc/pgx/v5/stdlib".
type Database interface {
	*pgxpool.Pool | *pgx.Conn | *sql.DB
}

// configOf returns how to connect to a database once more, as the application does.
func configOf[D Database](ctx context.Context, db D) (*pgx.ConnConfig, error) {
	switch db := any(db).(type) {
	case *pgxpool.Pool:
		return configOfPool(ctx, db)
	case *sql.DB:
		return configOfSQL(ctx, db)
	case *pgx.Conn:
		return db.Config(), nil
	}
	return nil, fmt.Errorf("a database of type %T", db) // Database has no others
}

// configOfPool asks the pool's hook too, which may have passwords that last an hour.
func configOfPool(ctx context.Context, pool *pgxpool.Pool) (*pgx.ConnConfig, error) {
	config := pool.Config()
	if config.BeforeConnect == nil {
		return config.ConnConfig, nil
	}
	err := config.BeforeConnect(ctx, config.ConnConfig)
	return config.ConnConfig, err
}

func configOfSQL(ctx context.Context, db *sql.DB) (config *pgx.ConnConfig, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close() // it goes back to the pool
	err = conn.Raw(func(driver any) error {
		ours, ok := driver.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("the driver of the *sql.DB is %T: open it with sql.Open(\"pgx\", ...) of github.com/jackc/pgx/v5/stdlib", driver)
		}
		config = ours.Conn().Config()
		return nil
	})
	return config, err
}
