package extensions

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Definitions is that of detect.Definer. plpgsql is there from the beginning.
func (d detector) Definitions() []detect.CatalogQuery {
	return []detect.CatalogQuery{sdk.DefinitionQuery("extensions", `SELECT 'extension', '', o.name, NULL,
	'CREATE EXTENSION ' || o.name || ' WITH SCHEMA ' || quote_ident(n.nspname), NULL, NULL
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
CROSS JOIN LATERAL (SELECT quote_ident(e.extname) AS name) o
WHERE e.extname <> 'plpgsql'
ORDER BY e.oid`)}
}
