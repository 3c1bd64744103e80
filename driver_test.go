package whimbrel_test

import (
	"database/sql/driver"
	"errors"
)

// another is a driver that is not pgx's.
type another struct{}

func (another) Open(string) (driver.Conn, error) { return another{}, nil }

func (another) Prepare(string) (driver.Stmt, error) { return nil, errors.New("nothing runs here") }

func (another) Close() error { return nil }

func (another) Begin() (driver.Tx, error) { return nil, errors.New("nothing runs here") }
