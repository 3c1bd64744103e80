package triggers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// dropTrigger returns SQL that drops a trigger of the constraint, by the end of
// its name.
func dropTrigger(suffix string) string {
	return `DO $do$ BEGIN EXECUTE (SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) FROM pg_trigger WHERE tgname LIKE 'ct\_%\_` + suffix + `'); END $do$`
}

// replaceBody returns SQL that changes the functions of the constraint.
func replaceBody(pattern, by string) string {
	return `DO $do$ DECLARE f text; BEGIN
	FOR f IN SELECT regexp_replace(pg_get_functiondef(oid), '` + pattern + `', '` + by + `', 'g') FROM pg_proc WHERE proname LIKE 'ct\_%' LOOP
		EXECUTE f;
	END LOOP;
END $do$`
}

// defects are what can be wrong with a constraint trigger, each with a constraint
// that shows it.
var defects = []struct {
	name, world, constraint string
	settings                settings
	sql                     string
	races                   bool
}{
	{"no INSERT", "pizzas", "part_b", settings{level: "row"}, dropTrigger("0i"), false},
	{"no UPDATE", "pizzas", "part_differ", settings{level: "statement"}, dropTrigger("0u"), false},
	{"no UPDATE of the group that is left", "pizzas", "pizza_least", settings{level: "deferred_bulk"}, dropTrigger("1m"), false},
	{"no DELETE", "nested", "shift_many", settings{level: "row"}, dropTrigger("1d"), false},
	{"no INSERT of a parent", "pizzas", "part_b", settings{level: "row"}, dropTrigger("1i"), false},
	{"no UPDATE of a parent", "pizzas", "part_vegan", settings{level: "row"}, dropTrigger("1u"), false},
	{"no NULL in sets", "stock", "line_known", settings{level: "row"}, replaceBody(`UNION ALL SELECT FROM`, `UNION ALL SELECT FROM (SELECT WHERE false) AS x,`), false},
	{"always refused", "people", "person_heads", settings{level: "row"}, replaceBody(`IF EXISTS \(`, `IF true OR EXISTS (`), false},
	{"no locks", "people", "person_heads", settings{level: "row"}, replaceBody(`IF pg_advisory[^;]*; END IF;`, ``), true},
	{"no locks of statements", "people", "person_heads", settings{level: "statement"}, replaceBody(`PERFORM pg_advisory[^;]*;`, ``), true},
	{"no lock rows", "people", "person_heads", settings{level: "row", isolation: "any"}, replaceBody(`INSERT INTO [^;]*_lock AS l[^;]*;`, ``), true},
	{"locked behind the check", "people", "person_heads", settings{level: "row"}, replaceBody(`(IF pg_advisory[^;]*; END IF;)(.*END IF;)`, `\2 \1`), true},
}

// TestRandom_notices: the tests above find what is wrong with constraint triggers.
func TestRandom_notices(t *testing.T) {
	t.Parallel()
	for _, d := range defects {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			w := worlds[d.world]
			r := w.rules[slices.IndexFunc(w.rules, func(r rule) bool { return r.constraint() == d.constraint })]
			d.settings.complete()
			noticed := ""
			for seed := uint64(1); noticed == "" && seed <= 60; seed++ {
				t.Run(fmt.Sprint(seed), func(t *testing.T) {
					trial := newTrial(t, newWrites(w, seed), r, d.settings, seed)
					before := trial.one(shape)
					trial.run(d.sql)
					assert.NotEqual(t, before, trial.one(shape), "it is made wrong")
					if d.races {
						noticed = trial.race(100)
					} else {
						noticed = trial.alone(150)
					}
				})
			}
			assert.NotEmpty(t, noticed)
			t.Log(strings.SplitN(noticed, "\n", 2)[0])
		})
	}
}

// shape is a query for everything that a constraint trigger consists of.
const shape = `SELECT (SELECT string_agg(tgname, ' ' ORDER BY tgname) FROM pg_trigger) || (SELECT string_agg(prosrc, ' ' ORDER BY proname) FROM pg_proc WHERE proname LIKE 'ct\_%')`

func (s *settings) complete() {
	if s.isolation == "" {
		s.isolation = "read_committed"
	}
	s.timing = "deferred"
	if s.level == "statement" {
		s.timing = "never"
	}
}
