package triggers_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// odd are settings of a session by which values are printed in other ways.
var odd = []string{
	`SET datestyle = 'German, DMY'`, `SET intervalstyle = 'sql_standard'`, `SET extra_float_digits = -15`, `SET timezone = 'Asia/Tokyo'`,
	`SET bytea_output = 'escape'`, `SET standard_conforming_strings = off`, `SET escape_string_warning = off`, `SET transform_null_equals = on`,
	`SET quote_all_identifiers = on`, `SET array_nulls = off`, `SET xmlbinary = hex`,
}

// TestAudit_forms: what is recorded does not depend on the settings of the writer.
func TestAudit_forms(t *testing.T) {
	t.Parallel()
	cases := []struct {
		typ, value, want string
		key              bool
	}{
		{"timestamptz", `2026-01-02 03:04:05.678+09`, `"2026-01-01T18:04:05.678+00:00"`, true},
		{"timestamp", `2026-01-02 03:04:05`, `"2026-01-02T03:04:05"`, true},
		{"date", `2026-01-02`, `"2026-01-02"`, true},
		{"interval", `1 year 2 mons -3 days 04:05:06`, `"1 year 2 mons -3 days +04:05:06"`, true},
		{"double precision", `0.1`, `0.1`, true},
		{"real", `16777217`, `16777216`, true},
		{"point", `(0.1,0.30000000000000004)`, `"(0.1,0.30000000000000004)"`, false},
		{"bytea", `\x00ff`, `"\\x00ff"`, true},
		{"daterange", `[2026-01-02,2026-03-04)`, `"[2026-01-02,2026-03-04)"`, true},
		{"tstzrange", `[2026-01-02 03:04+09,)`, `"[\"2026-01-01 18:04:00+00\",)"`, true},
		{"timestamptz[]", `{2026-01-02 03:04+09}`, `["2026-01-01T18:04:00+00:00"]`, true},
		{"date[]", `[0:0]={2026-01-02}`, `{"[text]": "[0:0]={2026-01-02}"}`, true},
		{"money", `12.50`, `"$12.50"`, true},
	}
	d, p := newDatabase(t), &project{}
	for i, c := range cases {
		m := fmt.Sprintf("item_%d", i)
		p.model(t, m, field{name: "id", typ: "integer", key: true}, field{name: "v", typ: c.typ, key: c.key}, field{name: "w", typ: c.typ, null: true})
		p.audit(t, m, nil)
	}
	d.install(p)
	writes := func(i int) []string {
		m := fmt.Sprintf("item_%d", i)
		return []string{`INSERT INTO ` + m + ` SELECT * FROM given_` + m, `UPDATE ` + m + ` SET w = NULL`, `DELETE FROM ` + m}
	}
	for i, c := range cases {
		value := "'" + c.value + "'::" + c.typ
		d.run(fmt.Sprintf(`CREATE TABLE given_item_%d AS SELECT 1 AS id, %s AS v, %[2]s AS w`, i, value))
		d.run(writes(i)...)
	}
	d.run(odd...)
	for i := range cases {
		d.run(writes(i)...)
	}
	d.run(`RESET ALL`)
	for i, c := range cases {
		from := fmt.Sprintf(" FROM audit.log WHERE table_name = 'item_%d'", i)
		assert.Equal(t, c.want+" "+c.want, d.one(`SELECT string_agg(DISTINCT concat(new -> 'v', ' ', new -> 'w'), ' or ')`+from+` AND operation = 'INSERT'`), c.typ)
		assert.Equal(t, c.want, d.one(`SELECT string_agg(DISTINCT (old -> 'w')::text, ' or ')`+from+` AND operation = 'UPDATE'`), c.typ)
		assert.Equal(t, "6 1", d.one(`SELECT concat(count(*), ' ', count(DISTINCT row_id))`+from), c.typ)
	}
}

// TestAudit_of_json: what jsonb does not take is recorded as its text, and so is what
// would be taken for that.
func TestAudit_of_json(t *testing.T) {
	t.Parallel()
	for storage, column := range map[string]string{"log": "new -> 'doc'", "history": "to_json(doc::text)"} {
		d, p := newDatabase(t), &project{}
		p.model(t, "item", field{name: "doc", typ: "json", null: true}, field{name: "list", typ: "json[]", null: true})
		p.audit(t, "item", map[string]any{"storage": storage})
		d.install(p)
		table := map[string]string{"log": "audit.log", "history": "audit.item_history"}[storage]
		for _, c := range []struct{ value, log, history string }{
			{`{"a":1}`, `{"a": 1}`, `"{\"a\":1}"`},
			{`"\u0000"`, `{"[text]": "\"\\u0000\""}`, `"\"\\u0000\""`},
			{`[1e200000]`, `{"[text]": "[1e200000]"}`, `"[1e200000]"`},
			{`{"[text]": 1}`, `{"[text]": "{\"[text]\": 1}"}`, `"{\"[text]\": 1}"`},
		} {
			d.run(`BEGIN`, `INSERT INTO item (id, doc, list) VALUES (1, '`+c.value+`', ARRAY['`+c.value+`']::json[])`)
			want := map[string]string{"log": c.log, "history": c.history}[storage]
			assert.Equal(t, want, d.one(`SELECT (`+column+`)::text FROM `+table))
			d.run(`UPDATE item SET doc = '[]'`, `UPDATE item SET doc = '`+c.value+`'`, `DELETE FROM item`, `ROLLBACK`)
		}
	}
}

// TestAudit_of_bounds: an array that does not begin with 1 is recorded as its text.
func TestAudit_of_bounds(t *testing.T) {
	t.Parallel()
	d, p := newDatabase(t), &project{}
	p.model(t, "item", field{name: "a", typ: "integer[]", null: true})
	p.audit(t, "item", nil)
	d.install(p)
	for value, want := range map[string]string{
		`{1,2}`: `[1, 2]`, `[0:1]={1,2}`: `{"[text]": "[0:1]={1,2}"}`, `{}`: `[]`, `{{1},{2}}`: `[[1], [2]]`,
		`[1:1][-2:-1]={{1,2}}`: `{"[text]": "[1:1][-2:-1]={{1,2}}"}`, `{NULL}`: `[null]`,
	} {
		assert.Equal(t, `INSERT {"id": 1} - {"a": `+want+`, "id": 1}`, d.records(`INSERT INTO item VALUES (1, '`+value+`')`))
	}
	d.run(`INSERT INTO item VALUES (1, '{1,2}')`)
	assert.Equal(t, `UPDATE {"id": 1} {"a": [1, 2]} {"a": {"[text]": "[0:1]={1,2}"}}`, d.records(`UPDATE item SET a = '[0:1]={1,2}'`))
}

// TestAudit_history_of_own_names: fields that are called as columns of every history
// table, and as what those are called then.
func TestAudit_history_of_own_names(t *testing.T) {
	t.Parallel()
	d, p := newDatabase(t), &project{}
	for _, name := range []string{"one", "log"} {
		p.model(t, name, field{name: "at", typ: "integer"}, field{name: "at_", typ: "text"}, field{name: "at__", typ: "date"},
			field{name: "place", typ: "integer"}, field{name: "xid_at", typ: "text"})
		p.audit(t, name, inHistory)
	}
	d.install(p)
	d.run(`INSERT INTO one VALUES (9, 1, 'a', '2026-01-02', 7, 'x')`)
	assert.Equal(t, `9 1 a 2026-01-02 7 x`, d.one(`SELECT concat_ws(' ', id, at___, at_, at__, place_, xid_at_) FROM audit.one_history`))
}

// TestAudit_history_of_the_logs_name: a history cannot be where the log has its own.
func TestAudit_history_of_the_logs_name(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]string{
		"log": "WH6123", "retention": "WH6123", "renames": "WH6123", "log_default": "WH6123", "log_before": "WH6123", "log_20260101": "WH6123",
		"log_at_row_id_idx": "WH6123", "log_id_seq": "WH6123", "log_history": "", "logs": "",
	} {
		p := &project{}
		p.model(t, "item", field{name: "n", typ: "integer"})
		a := p.audit(t, "item", map[string]any{"storage": "history", "history": name})
		result := detectOne(t, nil, p.state(), a, false)
		if code == "" {
			assert.Empty(t, result.Diagnostics, name)
			continue
		}
		require.Len(t, result.Diagnostics, 1, name)
		assert.Equal(t, code, result.Diagnostics[0].Code, name)
	}
}
