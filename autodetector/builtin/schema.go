package builtin

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// schemas owns the schemas of PostgreSQL. One that is there already stays
// somebody else's: only what carries our comment is dropped, and only if it is
// empty.
type schemas struct{ *work }

const madeHere = "Made by whimbrel"

func (s schemas) create(o *state.Object) {
	op := creation(o)
	op.Up, op.Down = makeSchema(o.Address.Name()), dropSchema(o.Address.Name())
	s.emit(true, op)
}

func (s schemas) drop(o *state.Object) {
	op := removal(o)
	op.Up, op.Down = dropSchema(o.Address.Name()), makeSchema(o.Address.Name())
	s.emit(true, op)
}

// alter has nothing to do in the database: a schema has only its name.
func (s schemas) alter(before, after *state.Object, _ bool) {
	if !state.Same(before, after) {
		s.emit(true, alteration(after))
	}
}

func makeSchema(name string) []operation.Statement {
	return operation.SQL("DO " + dollarQuoted(fmt.Sprintf(`BEGIN
    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s) THEN
        CREATE SCHEMA %s;
        COMMENT ON SCHEMA %s IS %s;
    END IF;
END`, address.Literal(name), address.Quote(name), address.Quote(name), address.Literal(madeHere))))
}

func dropSchema(name string) []operation.Statement {
	return operation.SQL("DO " + dollarQuoted(fmt.Sprintf(`BEGIN
    IF obj_description(%s::regnamespace, 'pg_namespace') = %s THEN
        DROP SCHEMA %s;
    END IF;
EXCEPTION
    WHEN dependent_objects_still_exist THEN
        RAISE NOTICE 'schema %% stays: there are objects in it that whimbrel did not make', %s;
    WHEN invalid_schema_name THEN
        NULL;
END`, address.Literal(address.Quote(name)), address.Literal(madeHere), address.Quote(name), address.Literal(name))))
}
