package simulation

// A Presence says whether a name is there.
type Presence int

// The presences.
const (
	InDoubt Presence = iota
	Present
	Absent
)

// An entry is what a catalog knows of one name. It is not changed once it is there.
type entry struct {
	presence Presence
	by       int  // the operation that made it so or that believed it; none: it was so before
	believed bool // a statement speaks of it, and nothing else is known
	vague    bool // what belongs to it is not known
	twin     Name // the same thing under another name
	of       Name // the relation that it goes with
	columns  []string
	may      string          // SQL that has other columns that it needs
	lent     bool            // whose it is nobody knows, as a sequence that PostgreSQL has named itself
	fresh    []Column        // the columns of a table that have no entries yet
	open     map[string]bool // the classes of parts that it may have besides those that are known
	ours     bool            // a schema that SQL made of which everything is known
	kind     string          // what sort of a thing it is; empty: not known, or the twin of something
	made     int             // the operation that made it, whoever renamed it; none: none that is known
	sure     bool            // it is there whatever its presence, but may be of another kind
	part     bool            // it is a partition of what it goes with
	typ      string          // of a column
	values   []string        // of an enum
	least    int             // arguments that a call of a function has
	most     int
}

const none = -1

// What is known of a name of which nothing is known, and of a column that has no entry
// yet. They are not changed.
var (
	unknown = &entry{}
	fresh   = &entry{presence: Present}
)

// with returns the entry with another presence.
func (e entry) with(p Presence, by int) entry {
	e.presence, e.by, e.believed, e.sure = p, by, false, false
	return e
}

// isIndex reports whether what has the entry may be an index, whose columns have names
// of their own.
func (e entry) isIndex() bool {
	return e.kind == "index" || e.of.Name != "" && !e.part && e.kind != "sequence"
}

// opened returns the entry with parts of a class that are not known.
func (e entry) opened(class string) entry {
	open := map[string]bool{class: true}
	for known := range e.open {
		open[known] = true
	}
	e.open = open
	return e
}

// A change is what became of an entry.
type change struct {
	name     Name
	was, now *entry
	had      bool // there was an entry
	lenient  bool // the statement would have done nothing otherwise
}
