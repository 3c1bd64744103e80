package parser

import "github.com/whimbreldb/whimbrel/core/address"

// A resolver walks a parse tree and finds out what the names in it mean. It
// knows names by the scopes that PostgreSQL would look them up in.
type resolver struct {
	catalog   Catalog
	tokens    tokens
	variables variables
	made      map[string]bool // relations that the text itself creates
	analysis  *Analysis
	named     map[int]Name   // the names by where they begin
	outputs   map[int]output // of subqueries that are expressions, by offset
	taken     map[int]bool   // tokens with which lists begin that are resolved
	depth     int
}

// variables are names that are no columns: arguments, what a body declares.
type variables struct {
	names    map[string]bool
	types    map[string]string // of arguments
	first    bool              // they come before columns, as in PL/pgSQL
	function string            // whose name can stand before arguments
	object   address.Address   // of the function
}

func newResolver(text string, catalog Catalog) *resolver {
	if catalog == nil {
		catalog = nothing{}
	}
	return &resolver{
		catalog: catalog, tokens: scan(text), made: map[string]bool{}, analysis: &Analysis{},
		named: map[int]Name{}, outputs: map[int]output{}, taken: map[int]bool{},
	}
}

// deepestTree is how many nodes may be inside of each other. Text that nests less
// than it may comes nowhere near.
const deepestTree = 10_000

// walk resolves whatever is in a field.
func (r *resolver) walk(v any, env environment) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			r.walk(item, env)
		}
	case map[string]any:
		if class, n := unwrap(v); class != "" {
			r.node(class, n, env)
		} else {
			r.fields(v, env)
		}
	}
}

// fields resolves all fields of a node.
func (r *resolver) fields(n node, env environment) {
	for _, field := range n.fields() {
		if class := classOfField(field); class != "" && n.of(field) != nil {
			if inner, _ := unwrap(n[field]); inner == "" {
				r.node(class, n.of(field), env)
				continue
			}
		}
		r.walk(n[field], env)
	}
}

// node resolves a node of a class. Those that have no case have no names of
// their own.
func (r *resolver) node(class string, n node, env environment) {
	if r.depth++; r.depth < deepestTree {
		r.resolve(class, n, env)
	}
	r.depth--
}

func (r *resolver) resolve(class string, n node, env environment) {
	switch class {
	case "ColumnRef":
		r.columnRef(n, env)
	case "A_Indirection":
		r.indirection(n, env)
	case "TypeName":
		r.typeName(n)
	case "TypeCast":
		r.cast(n, env)
	case "FuncCall":
		r.call(n, env)
	case "RangeVar":
		r.relation(n)
	case "SubLink":
		r.subquery(n, env)
	case "SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt":
		r.query(class, n, env)
	default:
		r.definition(class, n, env)
	}
}

// add takes in the name of an object.
func (r *resolver) add(role Role, object address.Address, place span) {
	r.addFrom(role, object, place, place.begin, false)
}

// addFrom takes in a name before which that of a schema can stand.
func (r *resolver) addFrom(role Role, object address.Address, place span, from int, qualifiable bool) {
	r.keep(Name{Begin: place.begin, End: place.end, From: from, Object: object, Role: role, Qualifiable: qualifiable})
}

// addFunction takes in the name of a function, and that others may be meant by it.
func (r *resolver) addFunction(found Function, place span, from int, qualifiable bool) {
	r.addFrom(FunctionName, found.Object, place, from, qualifiable)
	r.analysis.Overloads = append(r.analysis.Overloads, found.Others...)
}

func (r *resolver) keep(name Name) {
	if _, known := r.named[name.Begin]; !known && !name.Object.IsZero() {
		r.named[name.Begin] = name
		r.analysis.Names = append(r.analysis.Names, name)
	}
}

// bears takes in a name for a column.
func (r *resolver) bears(c column, place span) {
	r.add(c.role, c.named, place)
	r.uses(c)
}

// uses takes in what comes with a column without being named.
func (r *resolver) uses(c column) {
	r.analysis.Uses = append(r.analysis.Uses, c.also...)
	if c.kept && !c.base.IsZero() {
		r.analysis.Kept = append(r.analysis.Kept, c.base)
	}
}

// usesAll takes in the columns that * stands for.
func (r *resolver) usesAll(columns []column) {
	for _, c := range columns {
		if !c.base.IsZero() {
			r.analysis.Uses = append(r.analysis.Uses, c.base)
		}
		r.uses(c)
	}
}

// unfit takes in a call, if no function takes what it passes.
func (r *resolver) unfit(found Function, call Unfit) {
	if found.Unfit {
		r.analysis.Unfit = append(r.analysis.Unfit, call)
	}
}

func (r *resolver) wrong(w Wrong) { r.analysis.Wrong = append(r.analysis.Wrong, w) }

// qualified divides the name of an object into those of its schema and its own.
// A name of three has a database in front, which is not looked at.
func qualified(parts []string) (schema, name string) {
	switch n := len(parts); n {
	case 0:
		return "", ""
	case 1:
		return "", parts[0]
	default:
		return parts[n-2], parts[n-1]
	}
}

// columnsOf returns the columns of a relation as a source has them.
func columnsOf(columns []Column) []column {
	all := make([]column, len(columns))
	for i, c := range columns {
		all[i] = column{name: c.Name, named: c.Object, role: ColumnName, base: c.Object, typ: c.Type, row: c.Row}
	}
	return all
}
