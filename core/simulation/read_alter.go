package simulation

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// alter reads ALTER.
func (r *reader) alter() {
	k, ok := r.kind()
	switch {
	case k.nameless:
		return
	case !ok:
		if r.any("default", "role", "user", "database", "system", "tablespace", "large", "group") == "" {
			r.unproven("an ALTER of a kind that is not followed")
		}
		return
	}
	all := r.is("all", "in")
	missing := r.ifExists()
	r.take("only")
	if all {
		return // of a tablespace
	}
	begin := len(r.reading.Effects)
	r.named(k, Effect{Verb: Needs})
	n := r.reading.Effects[len(r.reading.Effects)-1].Name
	r.take("*")
	if missing {
		r.reading.Effects, r.reading.Given = r.reading.Effects[:begin], n
	}
	r.altered(k, n)
}

// altered reads what is done to what an ALTER is about.
func (r *reader) altered(k kind, n Name) {
	at := r.offset()
	switch {
	case r.take("rename", "to"):
		r.add(Effect{Verb: Renames, Name: n, To: r.identifier(), Offset: at})
	case r.take("set", "schema"):
		to := r.identifier()
		r.need(schemaName(to))
		r.add(Effect{Verb: Moves, Name: n, To: to, Offset: at})
	case r.take("rename"):
		r.renamePart(k, n)
	case k.class == detect.NamesRelation:
		r.actions(n)
	case k.class == detect.NamesType:
		r.alterType(n)
	case k.class == detect.NamesPublication:
		r.published()
	case k.class == detect.NamesPolicy:
		r.conditions(n.whole())
	}
}

// renamePart reads RENAME and a column, an attribute, a constraint or a value.
func (r *reader) renamePart(k kind, n Name) {
	word := r.any("column", "constraint", "attribute", "value")
	own, class := r.offset(), detect.NamesColumn
	switch {
	case word == "value":
		if was := r.value(); r.take("to") {
			r.add(Effect{Verb: Alters, Name: n, Values: []string{was, r.value()}})
		}
		return
	case word == "constraint" && k.class == detect.NamesType:
		class = ofDomain
	case word == "constraint":
		class = detect.NamesConstraint
	case word == "attribute":
		n = r.composite(n)
	}
	part := n.part(class, r.identifier())
	if r.take("to") {
		r.add(Effect{Verb: Renames, Name: part, To: r.identifier(), Offset: own})
	}
}

// alterType reads what is done to a type or a domain.
func (r *reader) alterType(n Name) {
	if r.is("add", "constraint") || r.is("drop", "constraint") || r.is("validate", "constraint") {
		verb := map[bool]Verb{true: Makes}[r.is("add")]
		if r.is("drop") {
			verb = Removes
		}
		if r.is("validate") {
			verb = Needs
		}
		r.i += 2
		e := Effect{Verb: verb, If: r.ifExists(), Offset: r.offset()}
		e.Name = n.part(ofDomain, r.identifier())
		r.add(e)
		if r.take("check") {
			r.constantInside()
		}
		return
	}
	if r.take("add", "value") {
		r.ifNot()
		r.add(Effect{Verb: Alters, Name: n, Values: []string{r.value()}})
		return
	}
	if r.take("add", "check") {
		r.open(n, ofDomain)
		r.constantInside()
		return
	}
	if r.is("add", "attribute") || r.is("drop", "attribute") || r.is("alter", "attribute") { // of a composite type
		r.actions(r.composite(n))
	}
}

// composite returns the relation of the type that a statement is about: what has
// attributes is looked for among relations.
func (r *reader) composite(n Name) Name {
	r.reading.Effects = slices.DeleteFunc(r.reading.Effects, func(e Effect) bool { return e.Verb == Needs && e.Name == n })
	n.Class = detect.NamesRelation
	r.need(n)
	return n
}

// An action is one of ALTER TABLE, with its pass: PostgreSQL drops first, then alters,
// then adds columns, then everything else, whatever the order that they are written in.
type action struct {
	pass    int
	effects []Effect
}

// actions reads the actions of an ALTER TABLE.
func (r *reader) actions(table Name) {
	var all []action
	for _, item := range r.items() {
		one := &reader{cursor: item}
		pass := one.action(table)
		all = append(all, action{pass: pass, effects: one.reading.Effects})
	}
	slices.SortStableFunc(all, func(a, b action) int { return a.pass - b.pass })
	for _, a := range all {
		r.reading.Effects = append(r.reading.Effects, a.effects...)
	}
}

const (
	dropping = iota
	altering
	addingColumns
	adding
	everythingElse
)

// action reads one action and returns its pass.
func (r *reader) action(table Name) int {
	switch word := r.any("add", "drop", "alter", "validate", "inherit", "no", "attach", "detach", "enable", "disable", "cluster", "replica", "owned"); word {
	case "add":
		return r.addition(table)
	case "drop":
		r.removal(table)
		return dropping
	case "alter":
		return r.alteration(table)
	case "validate":
		r.tries(table)
		r.take("constraint")
		r.need(table.part(detect.NamesConstraint, r.identifier()))
	case "attach", "detach":
		r.take("partition")
		r.partition(table, word == "attach")
	case "inherit":
		r.need(r.name(detect.NamesRelation))
		r.open(table, detect.NamesConstraint)
	case "enable", "disable":
		r.toggle(table)
	case "cluster":
		r.take("on")
		r.need(relation(table.Schema, r.identifier()))
	case "replica":
		if r.until("index") {
			r.take("index")
			r.need(relation(table.Schema, r.identifier()))
		}
	case "owned":
		r.i--
		r.owned(table)
	}
	return everythingElse
}

// partition takes what becomes a partition of a table, or is none any more.
func (r *reader) partition(table Name, comes bool) {
	e := Effect{Verb: Opens, Offset: r.offset(), Name: r.name(detect.NamesRelation)}
	r.need(e.Name)
	if comes {
		e.Of = table
	}
	r.add(e)
	r.open(table, detect.NamesConstraint)
}

func (r *reader) addition(table Name) int {
	if isConstraint(r.cursor) {
		r.tries(table)
		r.newConstraint(table, r)
		return adding
	}
	r.any("column", "attribute")
	if r.constrains() {
		r.tries(table)
	}
	r.newColumn(table, r, r.ifNot())
	return addingColumns
}

func (r *reader) removal(table Name) {
	class := detect.NamesColumn
	if r.any("constraint", "column", "attribute") == "constraint" {
		class = detect.NamesConstraint
	}
	e := Effect{Verb: Removes, If: r.ifExists(), Cascade: r.cascades(), Offset: r.offset()}
	e.Name = table.part(class, r.identifier())
	r.add(e)
}

// alteration reads ALTER COLUMN and ALTER CONSTRAINT.
func (r *reader) alteration(table Name) int {
	class := detect.NamesColumn
	if r.any("constraint", "column", "attribute") == "constraint" {
		class = detect.NamesConstraint
	}
	e := Effect{Verb: Needs, Offset: r.offset(), Name: table.part(class, r.identifier())}
	if r.take("set", "data", "type") || r.take("type") {
		r.retypes(table, e)
		return altering
	}
	r.add(e)
	if r.is("set", "not", "null") {
		r.tries(table)
	}
	if class == detect.NamesConstraint {
		return everythingElse
	}
	if r.take("set", "default") {
		r.constant(r.part(r.i, r.end))
	}
	if r.is("add", "generated") {
		r.until("identity")
		r.take("identity")
		r.identity(table, r)
	}
	return adding
}

// retypes takes the type that a column gets.
func (r *reader) retypes(table Name, e Effect) {
	at := 0
	e.Verb = Alters
	e.Type, at = r.typeText("using", "collate", "cascade", "restrict")
	r.add(e)
	r.referenceTo(e.Type, at)
	r.tries(table)
	if r.until("using") && r.take("using") {
		r.constant(r.part(r.i, r.end))
	}
}

// constrains reports whether a column that is added may be refused for the rows there.
func (r *reader) constrains() bool {
	ahead := r.part(r.i, r.end)
	for ; ahead.more(); ahead.skip() {
		if ahead.is("not", "null") || ahead.isAny([]string{"check", "unique", "primary", "references"}) {
			return true
		}
	}
	return false
}

// toggle reads ENABLE and DISABLE of triggers and rules.
func (r *reader) toggle(table Name) {
	r.any("always", "replica")
	class := detect.NameClass("")
	switch r.any("trigger", "rule") {
	case "trigger":
		class = detect.NamesTrigger
	case "rule":
		class = detect.NamesRule
	}
	if class != "" && !r.is("all") && !r.is("user") {
		r.need(table.part(class, r.identifier()))
	}
}
