package express

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// block returns the block of an index or constraint, or nil if anything of it
// cannot be said.
func (r *rule) block() *declare.Block {
	failed := false
	r.failed = &failed
	b := r.body()
	if failed || b == nil {
		return nil
	}
	r.x.said[r.object] = true
	if label := r.object.Name(); label != r.usualLabel() {
		b.Labels = []declare.Name{name(label)}
	}
	r.x.place(b, r.object)
	if p := r.partition(); p != nil {
		set(b.Body, "partition", dotted(strings.Join(append([]string{p.Of.Name()}, p.Inner...), ".")))
	}
	r.tuned(b.Body)
	if r.name() != kinds.Name(r.of.attrs.Table, r.object.Name()) {
		set(b.Body, "name", quoted(r.name()))
	}
	return b
}

func (r *rule) body() *declare.Block {
	if r.index != nil {
		return r.indexBlock()
	}
	switch r.constraint.Type {
	case kinds.Unique:
		return r.uniqueBlock()
	case kinds.Check:
		return r.checkBlock()
	case kinds.Exclude:
		return r.excludeBlock()
	case kinds.ForeignKey:
		return r.foreignKeyBlock()
	}
	r.fail("a constraint of type %q cannot be written", r.constraint.Type)
	return nil
}

func (r *rule) indexBlock() *declare.Block {
	b, x := block("index"), r.index
	if fieldsOnly(x.Keys) {
		set(b.Body, "fields", r.keys(x.Keys))
	} else {
		set(b.Body, "on", r.keys(x.Keys))
	}
	setWord(b.Body, "method", x.Method)
	setTrue(b.Body, "unique", x.Unique)
	r.rest(b.Body, x.NullsNotDistinct, x.Include, x.Where)
	return b
}

func (r *rule) uniqueBlock() *declare.Block {
	b, c := block("unique"), r.constraint
	set(b.Body, "fields", r.fieldNames(c.Fields))
	r.rest(b.Body, c.NullsNotDistinct, c.Include, nil)
	setWord(b.Body, "deferrable", c.Deferrable)
	return b
}

func (r *rule) checkBlock() *declare.Block {
	b := block("check")
	if r.constraint.Check == nil {
		r.fail("a check has no condition")
		return nil
	}
	set(b.Body, "that", r.expr(*r.constraint.Check))
	setTrue(b.Body, "no_inherit", r.constraint.NoInherit)
	setTrue(b.Body, "not_valid", r.constraint.NotValid)
	return b
}

func (r *rule) excludeBlock() *declare.Block {
	b, c := block("exclude"), r.constraint
	setWord(b.Body, "using", c.Method)
	set(b.Body, "on", r.keys(c.Keys))
	r.rest(b.Body, false, c.Include, c.Where)
	setWord(b.Body, "deferrable", c.Deferrable)
	return b
}

func (r *rule) foreignKeyBlock() *declare.Block {
	b, c := block("foreign_key"), r.constraint
	if c.Target == nil {
		r.fail("a foreign key leads nowhere")
		return nil
	}
	set(b.Body, "fields", r.fieldNames(c.Fields))
	set(b.Body, "target", r.modelName(c.Target.Address))
	if key := r.x.keyOf(c.Target.Address); key == nil || !slices.Equal(key.Fields, c.TargetFields) {
		to := *r.scope
		to.model = c.Target.Address
		set(b.Body, "target_fields", to.fieldNames(c.TargetFields))
	}
	setWord(b.Body, "match", c.Match)
	setWord(b.Body, "on_delete", c.OnDelete)
	if len(c.OnDeleteFields) > 0 {
		set(b.Body, "on_delete_fields", r.fieldNames(c.OnDeleteFields))
	}
	setWord(b.Body, "on_update", c.OnUpdate)
	setWord(b.Body, "deferrable", c.Deferrable)
	setTrue(b.Body, "not_valid", c.NotValid)
	return b
}

// tuned says how an index is stored, and the comment.
func (r *rule) tuned(b *declare.Body) {
	if r.index != nil {
		set(b, "storage", parameters(r.index.Storage))
		setText(b, "tablespace", r.index.Tablespace)
		setText(b, "comment", r.index.Comment)
		return
	}
	set(b, "storage", parameters(r.constraint.Storage))
	setText(b, "comment", r.constraint.Comment)
}

// rest says what indexes and constraints have in common.
func (r *rule) rest(b *declare.Body, nullsNotDistinct bool, include []address.Ref, where *expression.Node) {
	if nullsNotDistinct {
		set(b, "nulls_distinct", boolean(false))
	}
	if len(include) > 0 {
		set(b, "include", r.fieldNames(include))
	}
	if where != nil {
		set(b, "where", r.expr(*where))
	}
}
