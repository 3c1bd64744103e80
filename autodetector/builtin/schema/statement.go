package schema

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

func create(name string) []operation.Statement {
	return operation.SQL("DO " + sdk.Body(fmt.Sprintf(`BEGIN
    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s) THEN
        CREATE SCHEMA %s;
        COMMENT ON SCHEMA %s IS %s;
    END IF;
END`, address.Literal(name), address.Quote(name), address.Quote(name), address.Literal(model.SchemaMark))))
}

func drop(name string) []operation.Statement {
	return operation.SQL("DO " + sdk.Body(fmt.Sprintf(`BEGIN
    IF obj_description(%s::regnamespace, 'pg_namespace') = %s THEN
        DROP SCHEMA %s;
    END IF;
EXCEPTION
    WHEN dependent_objects_still_exist THEN
        RAISE NOTICE 'schema %% stays: there are objects in it that whimbrel did not make', %s;
    WHEN invalid_schema_name THEN
        NULL;
END`, address.Literal(address.Quote(name)), address.Literal(model.SchemaMark), address.Quote(name), address.Literal(name))))
}
