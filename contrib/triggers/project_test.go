package triggers_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A field of a model of a test. Key fields are the primary key; without any,
// there is id.
type field struct {
	name, column, typ string
	key, null         bool
	collate           string
	to                string // model that a foreign key refers to
	many, through     string // target and join model of a many_to_many
	onDelete          string
}

// A project is a state with the tables that belong to it.
type project struct {
	objects []*state.Object
	tables  []string
	later   []string // foreign keys
}

func (p *project) put(t *testing.T, a, parent address.Address, attrs any, refs ...state.Reference) {
	t.Helper()
	encoded, err := state.Encode(attrs)
	require.NoError(t, err)
	p.objects = append(p.objects, &state.Object{Address: a, Parent: parent, Attrs: encoded, Refs: refs, App: "shop", Rendering: rendering(a.Kind())})
}

// rendering returns that of a kind today.
func rendering(kind string) int {
	for _, k := range triggers.New().Manifest().Kinds {
		if k.Name == kind {
			return k.Rendering
		}
	}
	return 0
}

func at(name string) address.Address { return address.New("model", "shop", name) }

func fieldAt(m, name string) address.Address { return address.New("field", "shop", m, name) }

// model adds a model and its table. The name can be "schema.table"; the model is
// named after the table then.
func (p *project) model(t *testing.T, name string, fields ...field) {
	t.Helper()
	schema, table, ok := strings.Cut(name, "|")
	if !ok {
		schema, table = "public", name
	}
	p.put(t, at(table), address.Address{}, model.Model{Schema: schema, Table: table})
	if !slices.ContainsFunc(fields, func(f field) bool { return f.key }) {
		fields = append([]field{{name: "id", typ: "bigint", key: true}}, fields...)
	}
	var columns, key []string
	var refs []address.Ref
	for _, f := range fields {
		attrs := p.field(t, table, f)
		if f.key {
			key = append(key, address.Quote(attrs.Column))
			refs = append(refs, address.RefTo(fieldAt(table, f.name)))
		}
		if attrs.Column == "" {
			continue
		}
		column := address.Quote(attrs.Column) + " " + attrs.Type.SQL + strings.Repeat("[]", attrs.Type.Dimensions)
		if f.collate != "" {
			column += " COLLATE " + address.Quote(f.collate)
		}
		if !f.null {
			column += " NOT NULL"
		}
		columns = append(columns, column)
	}
	p.put(t, address.New("constraint", "shop", table, "pkey"), at(table),
		model.Constraint{Type: model.PrimaryKey, Name: table + "_pkey", Fields: refs})
	columns = append(columns, "PRIMARY KEY ("+strings.Join(key, ", ")+")")
	p.tables = append(p.tables, "CREATE TABLE "+address.Qualify(schema, table)+" ("+strings.Join(columns, ", ")+")")
}

func (p *project) field(t *testing.T, table string, f field) model.Field {
	t.Helper()
	element := strings.TrimRight(f.typ, "[]")
	attrs := model.Field{Column: f.name, Null: f.null, Collate: f.collate, Type: model.Type{SQL: element, Dimensions: (len(f.typ) - len(element)) / 2}}
	switch {
	case f.column != "":
		attrs.Column = f.column
	case f.to != "":
		attrs.Column = f.name + "_id"
	}
	if f.to != "" {
		ref := address.RefTo(fieldAt(f.to, "id"))
		attrs.Relation = &model.Relation{Target: address.RefTo(at(f.to)), Field: &ref}
		if f.typ == "" {
			attrs.Type.SQL = "bigint"
		}
		p.later = append(p.later, "ALTER TABLE "+address.Quote(table)+" ADD FOREIGN KEY ("+address.Quote(attrs.Column)+
			") REFERENCES "+address.Quote(f.to)+" (id) "+f.onDelete+" DEFERRABLE")
	}
	if f.many != "" {
		ref := address.RefTo(at(f.through))
		attrs = model.Field{Relation: &model.Relation{Many: true, Target: address.RefTo(at(f.many)), Through: &ref}}
	}
	p.put(t, fieldAt(table, f.name), at(table), attrs)
	return attrs
}

// constraint adds a constraint trigger; audit adds an audit trigger.
func (p *project) constraint(t *testing.T, m, label, message string, q expression.Query, more ...any) address.Address {
	t.Helper()
	q.Model = address.RefTo(at(m))
	attrs := map[string]any{"query": q, "error": message}
	for i := 0; i+1 < len(more); i += 2 {
		attrs[more[i].(string)] = more[i+1]
	}
	a := address.New(triggers.ConstraintKind, "shop", m, label)
	p.put(t, a, at(m), attrs)
	return a
}

func (p *project) audit(t *testing.T, m string, attrs map[string]any) address.Address {
	t.Helper()
	if attrs == nil {
		attrs = map[string]any{}
	}
	a := address.New(triggers.AuditKind, "shop", m)
	log := address.New(triggers.LogKind, "audit_log")
	upkeep := address.New(triggers.UpkeepKind, "audit_upkeep")
	p.put(t, a, at(m), attrs, state.Reference{Target: log, Aspects: state.Exists}, state.Reference{Target: upkeep, Aspects: state.Exists})
	if !slices.ContainsFunc(p.objects, func(o *state.Object) bool { return o.Address == log }) {
		p.put(t, log, address.Address{}, struct{}{})
		p.put(t, upkeep, address.Address{}, struct{}{})
	}
	return a
}

func (p *project) state() *state.State { return state.New(p.objects...) }

// operations returns what the plugin does from one state to another, the log
// first, and checks it.
func operations(t *testing.T, from, to *state.State) []operation.Operation {
	t.Helper()
	d := triggers.New()
	pass := detect.Pass{From: from, To: to}
	for _, c := range state.Diff(from, to) {
		if strings.HasPrefix(c.Address().Kind(), "triggers.") {
			pass.Changes = append(pass.Changes, detect.Change{Change: c})
		}
	}
	result, err := d.Detect(t.Context(), pass)
	require.NoError(t, err)
	require.Empty(t, detect.Check(d.Manifest(), pass, result))
	require.False(t, result.Diagnostics.HasErrors(), "%v", result.Diagnostics)
	return ordered(result.Operations)
}

// ordered puts drops before creates, and the log and its upkeep around everything.
func ordered(list []operation.Operation) []operation.Operation {
	rank := func(o operation.Operation) int {
		rank := map[string]int{triggers.LogKind: 1, triggers.UpkeepKind: 2}[o.Target.Kind()]
		if rank == 0 {
			rank = 3
		}
		if strings.Contains(o.Kind, ".drop_") {
			rank = -rank
		}
		return rank
	}
	slices.SortStableFunc(list, func(a, b operation.Operation) int { return rank(a) - rank(b) })
	return list
}

// A database is one of a test with a session in it.
type database struct {
	t   *testing.T
	url string
	*pgx.Conn
}

func newDatabase(t *testing.T) *database {
	t.Helper()
	url := scratch.Database(t)
	return &database{t: t, url: url, Conn: connect(t, url)}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	require.NoError(t, err)
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	conn, err := pgx.ConnectConfig(t.Context(), config)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	_, err = conn.Exec(t.Context(), "SET whimbrel.audit_retention = 'on'") // tests take records out
	require.NoError(t, err)
	return conn
}

func (d *database) run(sql ...string) {
	d.t.Helper()
	for _, text := range sql {
		_, err := d.Exec(d.t.Context(), text)
		require.NoError(d.t, err, text)
	}
}

// install makes the tables and what the plugin says.
func (d *database) install(p *project) []operation.Operation {
	d.t.Helper()
	d.run(p.tables...)
	d.run(p.later...)
	ops := operations(d.t, nil, p.state())
	d.up(ops)
	return ops
}

func (d *database) up(ops []operation.Operation) {
	d.t.Helper()
	for _, op := range ops {
		for _, s := range op.Up {
			d.run(s.Text())
		}
	}
}

func statements(list []operation.Statement) string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = s.Text()
	}
	return strings.Join(texts, ";\n")
}

func (d *database) down(ops []operation.Operation) {
	d.t.Helper()
	for i := len(ops) - 1; i >= 0; i-- {
		for _, s := range ops[i].Down {
			d.run(s.Text())
		}
	}
}

// try runs statements in a transaction, as COMMIT would check them, and takes
// them back.
func (d *database) try(sql string) error {
	d.t.Helper()
	d.run("BEGIN")
	defer d.run("ROLLBACK")
	_, err := d.Exec(d.t.Context(), sql)
	if err == nil {
		_, err = d.Exec(d.t.Context(), "SET CONSTRAINTS ALL IMMEDIATE")
	}
	return err
}

func (d *database) accepts(sql ...string) {
	d.t.Helper()
	for _, text := range sql {
		require.NoError(d.t, d.try(text), text)
	}
}

func (d *database) refuses(message string, sql ...string) {
	d.t.Helper()
	for _, text := range sql {
		require.ErrorContains(d.t, d.try(text), message, text)
	}
}

// one returns the only value of a query as text; NULL is "NULL". The simple protocol
// would depend on settings.
func (d *database) one(sql string) string {
	d.t.Helper()
	var value *string
	require.NoError(d.t, d.QueryRow(d.t.Context(), sql, pgx.QueryExecModeExec).Scan(&value), sql)
	if value == nil {
		return "NULL"
	}
	return *value
}

// Expressions.

func path(steps ...address.Address) expression.Node {
	refs := make([]address.Ref, len(steps))
	for i, s := range steps {
		refs[i] = address.RefTo(s)
	}
	return expression.Node{Kind: expression.Field, Path: refs}
}

func op(text string, args ...expression.Node) expression.Node {
	return expression.Node{Kind: expression.Operator, Text: text, Args: args}
}

func call(name string, args ...expression.Node) expression.Node {
	return expression.Node{Kind: expression.Call, Text: name, Args: args}
}

func number(text string) expression.Node {
	return expression.Node{Kind: expression.Number, Text: text}
}

func text(text string) expression.Node {
	return expression.Node{Kind: expression.String, Text: text}
}

func name(text string) expression.Node { return expression.Node{Kind: expression.Name, Text: text} }

func raw(text string) expression.Node { return expression.Node{Kind: expression.SQL, Text: text} }

func nodes(list ...expression.Node) []expression.Node { return list }

func as(name string, value expression.Node) []expression.Annotation {
	return []expression.Annotation{{As: name, Value: value}}
}
