package triggers

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// unindexed names the indexes that the checks need and do not have.
func (c *constraint) unindexed(s *state.State) diag.List {
	var list diag.List
	seen := map[string]bool{}
	for _, wanted := range c.lookups() {
		what := wanted.written()
		if seen[wanted.table.address.Path()+" "+what] || wanted.indexed(s) {
			continue
		}
		seen[wanted.table.address.Path()+" "+what] = true
		list = append(list, diag.Diagnostic{
			Code: "WH6107",
			Summary: fmt.Sprintf("constraint trigger %s looks rows of %s up by %s, for which there is no index",
				c.label, wanted.table.address.Path(), what),
			Detail: "Without it each check reads the whole table, and a write costs the more, the more rows there are.",
			Next:   wanted.remedy(s),
		})
	}
	return list
}

// written returns what rows are looked up by as it would stand in a model.
func (l lookup) written() string {
	if l.column != nil {
		return l.column.address.Name()
	}
	return written(l.value)
}

// remedy says how to get the index.
func (l lookup) remedy(s *state.State) string {
	if o := s.Get(l.table.address); o != nil && o.Parent.Kind() == model.FieldKind {
		return l.joinModel(s, o.Parent)
	}
	return fmt.Sprintf("add to model %s: %s", l.table.address.Name(), l.block(s))
}

// block returns the block of an index, with a label that the model does not have.
func (l lookup) block(s *state.State) string {
	what, keys := l.written(), "on"
	if l.column != nil {
		keys = "fields"
		if !plain().MatchString(what) {
			what = strconv.Quote(what)
		}
	}
	label := "by_" + strings.Trim(notPlain().ReplaceAllString(l.written(), "_"), "_")
	for s.Has(l.table.address.Child(model.IndexKind, label)) {
		label += "_"
	}
	return fmt.Sprintf("index %q { %s = [%s] }", label, keys, what)
}

// plain are the names that can be written without quotes in a list of fields.
var (
	plain    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`) })
	notPlain = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\pL\pN_]+`) })
)

// joinModel returns the model to write in place of one that nobody wrote, which
// can have no index: the join table of a many_to_many. Its fields have the columns
// that are there.
func (l lookup) joinModel(s *state.State, field address.Address) string {
	lines := []string{
		fmt.Sprintf("write through = %s in field %s, and the join model:", l.table.Table, field.Path()),
		fmt.Sprintf("model %q {", l.table.Table),
	}
	var sides []string
	for _, o := range s.Children(l.table.address, model.FieldKind) {
		f, err := state.Decode[model.Field](o)
		if err != nil || f.Relation == nil {
			continue
		}
		side := strings.TrimSuffix(f.Column, "_id")
		sides = append(sides, side)
		lines = append(lines, fmt.Sprintf("  field %q {", side), "    type      = foreign_key("+modelName(f.Relation.Target.Address, field)+")",
			"    on_delete = cascade", "  }")
	}
	by := strings.TrimSuffix(l.column.name, "_id")
	lines = append(lines, fmt.Sprintf("  unique %q { fields = [%s] }", "pair", strings.Join(sides, ", ")),
		fmt.Sprintf("  index %q { fields = [%s] }", "by_"+by, by), "}")
	return strings.Join(lines, "\n    ")
}

// modelName returns a model as it is called where something else stands.
func modelName(m, where address.Address) string {
	if m.App() == where.App() {
		return m.Name()
	}
	return m.Path()
}

// written returns an expression as it stands in the model language, if it is one
// of those that indexes are mostly of, else a word in its place.
func written(n expression.Node) string {
	switch n.Kind {
	case expression.Field:
		return n.Path[len(n.Path)-1].Name()
	case expression.Number:
		return n.Text
	case expression.String:
		return strconv.Quote(n.Text)
	case expression.Call:
		args := make([]string, len(n.Args))
		for i, a := range n.Args {
			args[i] = written(a)
		}
		return n.Text + "(" + strings.Join(args, ", ") + ")"
	}
	return "EXPRESSION"
}
