package triggers

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// Audits from before auditRendering are dropped by the names that they had, and what
// puts them back makes the same ones, as with a former constraint trigger. They paired
// old and new rows by the primary key, and where keys changed by their order. The
// setting stayed until the end of the transaction.

// noteKeys is what their trigger for changed primary keys does.
func (a *audit) noteKeys() string {
	if !a.former || a.byRow() || len(a.key) == 0 {
		return ""
	}
	return `    IF TG_LEVEL = 'ROW' THEN
        PERFORM set_config('` + record.KeysChangedSetting + `', 'on', true);
        RETURN NULL;
    END IF;
`
}

func (a *audit) formerUpdate() string {
	r := a.alias("r")
	byOrder := a.changes("FROM (SELECT row_number() OVER (), "+r+" FROM old_rows AS "+r+") AS o(place, r)\n"+
		"        JOIN (SELECT row_number() OVER (), "+r+" FROM new_rows AS "+r+") AS n(place, r) ON n.place = o.place",
		"(o.r)", "(n.r)", a.recorded, "(o.r)")
	if len(a.key) == 0 {
		return "    ELSE\n" + byOrder
	}
	return "    ELSIF current_setting('" + record.KeysChangedSetting + "', true) = 'on' THEN\n" + byOrder +
		"\n    ELSE\n" + a.changes(a.byKey(), "o", "n", a.besidesKey(), "")
}

func (a *audit) byKey() string {
	conditions := make([]string, len(a.key))
	for i, c := range a.key {
		conditions[i] = c.same("n", "o")
	}
	return "FROM old_rows AS o FULL JOIN new_rows AS n ON " + strings.Join(conditions, " AND ")
}

// besidesKey returns the recorded columns that can differ in rows of one key.
func (a *audit) besidesKey() columns {
	return slices.DeleteFunc(slices.Clone(a.recorded), func(c column) bool {
		return slices.ContainsFunc(a.key, func(k column) bool { return k.address == c.address })
	})
}

// formerTriggers are those of a former audit, besides that for a TRUNCATE.
func (a *audit) formerTriggers() []auditTrigger {
	if a.byRow() {
		return []auditTrigger{{letter: "r", event: anyChange, what: "FOR EACH ROW"}}
	}
	list := a.statementTriggers()
	if len(a.key) > 0 {
		list = append(list, auditTrigger{letter: "k", event: "UPDATE", what: "FOR EACH ROW WHEN (" + anyDiffers(a.key) + ")"})
	}
	return list
}
