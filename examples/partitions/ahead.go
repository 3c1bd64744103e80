package partitions

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// ahead makes the function TABLE_months_ahead(months), which whoever runs jobs calls. The
// months that there are already, by whatever name, it passes over.
func ahead(o *sdk.Declared[sdk.None]) sdk.Script {
	table := o.Model()
	called := model.Name(table.Table, "months_ahead")
	function := sdk.Qualified(table.Schema, called)
	text := strings.NewReplacer("SCHEMA", sdk.Literal(table.Schema), "NAME", sdk.Literal(table.Table), "TABLE", sdk.Literal(o.Table())).Replace(body)
	return sdk.Script{
		Create: []string{"CREATE FUNCTION " + function + "(months integer) RETURNS void\nLANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS " + sdk.Dollar(text)},
		Drop:   []string{"DROP FUNCTION " + function + "(integer)"},
		Names:  []string{sdk.Name("function", table.Schema, called)},
	}
}

const body = `
DECLARE
    this timestamp := date_trunc('month', now());
    m timestamp;
BEGIN
    FOR m IN SELECT generate_series(this, this + months * interval '1 month', interval '1 month') LOOP
        CONTINUE WHEN EXISTS (
            SELECT FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = TABLE::regclass AND strpos(pg_get_expr(c.relpartbound, c.oid), to_char(m, '"FROM ("''YYYY-MM-DD')) > 0);
        EXECUTE concat('create table ', quote_ident(SCHEMA), '.', quote_ident(left(NAME, 55) || to_char(m, '_YYYY_MM')), ' partition of ', TABLE,
            ' for values from (', quote_literal(m), ') to (', quote_literal(m + interval '1 month'), ')');
    END LOOP;
END
`
