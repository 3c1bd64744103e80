package runner

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// A difference is an object that migrations define, and what a database has there: zero
// if it has nothing.
type difference struct{ wanted, is detect.Definition }

// partsOf returns the parts of an object's name: its schema, what stands by itself, and
// what is part of that.
func partsOf(d detect.Definition) (parts []string) {
	for _, t := range newWords(d.Name) {
		if t.Is("(") {
			return parts
		}
		if part, ok := t.Identifier(); ok {
			parts = append(parts, part)
		}
	}
	return parts
}

// wholeOf returns the name of what stands by itself, without its schema.
func wholeOf(d detect.Definition) string {
	if parts := partsOf(d); len(parts) > 1 {
		return parts[1]
	}
	return ""
}

// differences returns the objects that the database has in another way or not at all,
// by key. Parts of what is not there are left out.
func (l *likeness) differences(ctx context.Context) (wrong []difference, err error) {
	schemas := l.schemaNames()
	for _, key := range slices.Sorted(maps.Keys(l.made)) {
		wanted := l.made[key]
		is, there := l.There[key]
		_, whole := l.There[wanted.Whole]
		switch {
		case wanted.Schema == "", l.schemas[wanted.Schema], l.unknown[key], l.doubted[wholeOf(wanted)], !there && wanted.Whole != "" && !whole, there && is.Text() == wanted.Text():
			continue
		case there && (wanted.Kind == "function" || wanted.Kind == "procedure") && alike(is.Text(), wanted.Text(), schemas):
			continue
		case there:
			same, err := l.restated(ctx, wanted, is)
			if err != nil {
				return nil, err
			}
			if same {
				continue
			}
		}
		wrong = append(wrong, difference{wanted, is})
	}
	return wrong, nil
}

// schemaNames returns the names of the schemas in which the database has something.
func (l *likeness) schemaNames() map[string]bool {
	names := map[string]bool{}
	for _, d := range l.There {
		names[d.Schema] = true
	}
	return names
}

// restated reports whether an object is the same once its own definition has been run:
// the server writes an expression of a restored dump in another way than that of the
// statement which made it first.
func (l *likeness) restated(ctx context.Context, wanted, is detect.Definition) (same bool, err error) {
	drop, create := remaking(wanted)
	if drop == "" {
		return false, nil
	}
	err = l.Trying(ctx, func() error {
		if refused, err := l.Run(ctx, drop+";\n"+create); refused != nil || err != nil {
			return err
		}
		now, err := l.Objects(ctx)
		same = now[wanted.Key()].Text() == is.Text()
		return err
	})
	return same, err
}

// remaking returns what drops an object and what makes it as it is defined; nothing
// where it has no expressions.
func remaking(d detect.Definition) (drop, create string) {
	_, whole, _ := strings.Cut(d.Whole, " ")
	last := strings.TrimPrefix(d.Name, whole+".")
	switch d.Kind {
	case "view", "materialized view", "index", "domain":
		return "DROP " + strings.ToUpper(d.Kind) + " " + d.Name + " CASCADE", d.Text()
	case "constraint":
		return "ALTER TABLE " + whole + " DROP CONSTRAINT " + last + " CASCADE", d.Text()
	case "policy", "trigger":
		return "DROP " + strings.ToUpper(d.Kind) + " " + last + " ON " + whole, d.Text()
	case "column":
		create = "ALTER TABLE " + whole + " ADD COLUMN " + d.Inside
		if d.Later != "" {
			create += ";\n" + d.Later
		}
		return "ALTER TABLE " + whole + " DROP COLUMN " + last + " CASCADE", create
	}
	return "", ""
}

// String returns what is different as a sentence with a full stop.
func (d difference) String() string {
	name := strings.ToUpper(d.wanted.Kind[:1]) + d.wanted.Kind[1:] + " " + d.wanted.Name
	if d.is.Name == "" {
		return "There is no " + d.wanted.Kind + " " + d.wanted.Name + "."
	}
	wanted, is := firstUnlike(d.wanted.Text(), d.is.Text())
	switch {
	case is == "":
		return fmt.Sprintf("%s lacks: %s.", name, wanted)
	case wanted == "":
		return fmt.Sprintf("%s has besides: %s.", name, is)
	}
	return fmt.Sprintf("%s is\n  %s\nnot\n  %s.", name, is, wanted)
}

// firstUnlike returns the first line of each text that the other does not have there.
func firstUnlike(a, b string) (inA, inB string) {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for len(as) > 0 && len(bs) > 0 && strings.TrimRight(as[0], ";") == strings.TrimRight(bs[0], ";") {
		as, bs = as[1:], bs[1:]
	}
	return strings.TrimSpace(strings.Join(as[:min(1, len(as))], "")), strings.TrimSpace(strings.Join(bs[:min(1, len(bs))], ""))
}

// besides returns the differences that are not told by what is wrong with claims.
func besides(all []difference, wrong []contradiction) []difference {
	return slices.DeleteFunc(all, func(d difference) bool {
		parts := partsOf(d.wanted)
		return slices.ContainsFunc(wrong, func(c contradiction) bool {
			return c.name == parts[len(parts)-1] && sameSchema(c.schema, d.wanted.Schema) && (!isPart(c.class) || c.relation == wholeOf(d.wanted))
		})
	})
}
