package ddl

// A CreateSequence is CREATE SEQUENCE, or ALTER SEQUENCE of one that is there.
type CreateSequence struct {
	Name     Name
	Place    Span
	Alter    bool
	Options  []Option
	Unlogged bool
}

func (r *reader) sequence(n node, alter bool) Definition {
	relation := n.of("sequence")
	return CreateSequence{
		Name: rangeVar(relation), Place: r.relationPlace(relation), Alter: alter, Options: r.options(n.list("options")),
		Unlogged: relation.text("relpersistence") == "u",
	}
}
