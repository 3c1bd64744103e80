package resolve

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// An owner says what has a name, for messages.
type owner struct {
	what  string
	model *model // nil: what says it all
}

func (o owner) String() string {
	if o.model == nil {
		return o.what
	}
	return fmt.Sprintf("%s of model %q", o.what, o.model.name)
}

// A nameKey is a name in the database within what it has to be unique.
type nameKey struct{ class, schema, table, name string }

// The classes of names. Tables, indexes and sequences share one name space per
// schema; tables and types another; constraints one per table.
const (
	relationName   = "relation"
	typeName       = "type"
	constraintName = "constraint"
	functionName   = "function"
)

// A claim is a name that is taken.
type claim struct {
	at   declare.Place
	what owner
}

// claim takes a name in the database and reports it if it is taken.
func (l *loader) claim(key nameKey, at declare.Place, what owner) {
	first, taken := l.names[key]
	if !taken {
		l.names[key] = claim{at, what}
		return
	}
	if first.at == at && first.what == what {
		return
	}
	next := `give one of them another name, with name = "..." or, for a model, table = "..."`
	if key.class == functionName {
		next = `give one of them another name, with name = "...", or other arguments`
	}
	l.report(at, codeNameClash, fmt.Sprintf("%s and %s have one name in the database, %q", first.what, what, key.name),
		fmt.Sprintf("The other one is at %s. PostgreSQL keeps %s distinct.", first.at.Range(), detect.NameClass(key.class).Distinct()),
		next)
}
