package conformance

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// placed reports what an operation makes in no schema: it would be where the search path
// of whoever runs the migration leads, which is not the same everywhere.
func (t *trial) placed(op operation.Operation, way, check string) {
	for _, s := range slices.Concat(op.Up, op.Down) {
		acts, err := t.reader.Effects(s.Text())
		if err != nil {
			continue // it was refused
		}
		for _, act := range acts {
			for _, e := range act.Effects {
				if e.Verb == parser.Creates && e.Schema == "" && slices.Contains(inSchemas, e.Class) {
					t.wrongOn(check, way, fmt.Sprintf("%s on %s says of %s %s no schema, and makes it where the search path leads; o.Qualified() of what has a name in a schema has that schema", op.Kind, op.Target.Path(), e.Class, e.Name))
				}
			}
		}
	}
}

// inSchemas are the kinds of what stands in a schema of its own accord; an index stands in
// that of its table.
var inSchemas = []string{
	"aggregate", "collation", "conversion", "domain", "foreign table", "function", "materialized view", "operator", "operator class",
	"operator family", "procedure", "sequence", "statistics", "table", "text search configuration", "text search dictionary",
	"text search parser", "text search template", "type", "view",
}
