package extensions

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
)

// schema is where extensions are put: one that every project has.
const schema = "public"

// marker ends the comment of an extension that whimbrel created.
const marker = "(created by whimbrel)"

// createSQL returns the statement that creates an extension and marks it, unless
// it is there. The extension's own comment stays in front of the marker. That an
// extension is not installed on the server is the server's own message.
func createSQL(name string) string {
	return fmt.Sprintf(`DO $extension$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = %[1]s) THEN
        CREATE EXTENSION %[2]s SCHEMA %[3]s;
        EXECUTE pg_catalog.format('COMMENT ON EXTENSION %%I IS %%L', %[1]s, pg_catalog.concat_ws(' ',
            (SELECT pg_catalog.obj_description(oid, 'pg_extension') FROM pg_catalog.pg_extension WHERE extname = %[1]s),
            %[4]s));
    END IF;
END
$extension$`, address.Literal(name), address.Quote(name), address.Quote(schema), address.Literal(marker))
}

// dropSQL returns the statement that drops an extension that whimbrel created.
// What somebody else has built on it meanwhile keeps it there.
func dropSQL(name string) string {
	return fmt.Sprintf(`DO $extension$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = %[1]s
        AND pg_catalog.obj_description(oid, 'pg_extension') LIKE '%%' || %[3]s) THEN
        DROP EXTENSION %[2]s;
    END IF;
EXCEPTION WHEN dependent_objects_still_exist THEN
    RAISE NOTICE 'extension %% stays, something outside of the project uses it', %[1]s;
END
$extension$`, address.Literal(name), address.Quote(name), address.Literal(marker))
}
