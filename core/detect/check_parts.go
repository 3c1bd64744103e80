package detect

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/state"
)

// attrs checks that attributes are a JSON object in the canonical form. Those of
// the pass are.
func (c *checker) attrs(op *operation.Operation, o *state.Object) {
	if bytes.Equal(c.changed[o.Address], o.Attrs) {
		return
	}
	written, err := state.Encode(o.Attrs)
	if err != nil || !bytes.HasPrefix(written, []byte("{")) || !bytes.Equal(written, o.Attrs) {
		c.reject("WH4044", o.Address.String(), "emits %s, which puts %s with attributes that are no canonical JSON object", op.Kind, o.Address)
	}
}

// order checks what the graph is made of.
func (c *checker) order(op *operation.Operation) {
	for _, need := range op.Needs {
		known := need.Verb == operation.Create || need.Verb == operation.Alter || need.Verb == operation.Drop
		if !known || need.Object.IsZero() {
			c.reject("WH4045", op.Target.String(), "emits %s with a need of nothing (verb %q, object %q)", op.Kind, need.Verb, need.Object)
		}
	}
	for _, touch := range op.Touches {
		if touch.Object.IsZero() || touch.Aspects == 0 {
			c.reject("WH4045", op.Target.String(), "emits %s with a touch of nothing", op.Kind)
		}
	}
	for _, lock := range op.Locks {
		if lock.Object.IsZero() || !slices.Contains(operation.LockModes(), lock.Mode) {
			c.reject("WH4045", op.Target.String(), "emits %s with a lock of nothing (mode %q, object %q)", op.Kind, lock.Mode, lock.Object)
		}
	}
	switch op.Transaction {
	case operation.InTransaction, operation.Committed, operation.Outside:
	default:
		c.reject("WH4045", op.Target.String(), "emits %s with the unknown transaction mode %q", op.Kind, op.Transaction)
	}
}

// texts checks the SQL and what people read.
func (c *checker) texts(op *operation.Operation) {
	c.statements(op, op.Up, op.Down)
	if aside := op.Aside; aside != nil {
		c.statements(op, aside.Up, aside.Down, aside.RestUp, aside.RestDown)
	}
	for _, hazard := range op.Hazard {
		c.hazard(op, hazard)
		c.text(op, hazard.Text, hazard.Probe)
	}
	c.text(op, op.Summary, op.Irreversible)
	for _, need := range op.Needs {
		c.text(op, need.Why)
	}
	c.text(op, op.Frees...)
	c.text(op, op.Takes...)
	c.inline(op)
}

// hazard checks the code of a hazard and that it has a text. A plugin can have codes of
// its own; one that is nearly one of whimbrel's would go unnoticed.
func (c *checker) hazard(op *operation.Operation, hazard operation.Hazard) {
	switch near := nearHazard(hazard.Code); {
	case near != "":
		c.reject("WH4046", op.Target.String(), "emits %s with a hazard of the code %q, which is called %s", op.Kind, hazard.Code, near)
	case !hazardCode().MatchString(hazard.Code):
		c.reject("WH4046", op.Target.String(), "emits %s with a hazard of the code %q, which is no word of small letters, digits and underscores", op.Kind, hazard.Code)
	case hazard.Text == "":
		c.reject("WH4046", op.Target.String(), "emits %s with a hazard of the code %s that has no text", op.Kind, hazard.Code)
	}
}

// nearHazard returns the code of whimbrel's that another one is nearly: in capitals, in
// the plural, or with other characters between its words.
func nearHazard(code string) string {
	codes := operation.HazardCodes()
	if slices.Contains(codes, code) {
		return ""
	}
	meant := letters(code)
	if at := slices.IndexFunc(codes, func(known string) bool { return letters(known) == meant }); at >= 0 {
		return codes[at]
	}
	return ""
}

// letters returns a word in small letters, and nothing between them.
func letters(word string) string {
	parts := strings.FieldsFunc(strings.ToLower(word), func(r rune) bool { return strings.ContainsRune("_- ", r) })
	return strings.TrimSuffix(strings.Join(parts, ""), "s")
}

// hazardCode matches what can be the code of a hazard.
var hazardCode = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`) })

// inline checks an operation that can be a clause: there is a statement that the
// clause stands for.
func (c *checker) inline(op *operation.Operation) {
	if op.Inline == nil {
		return
	}
	drops := len(op.Edits) > 0 && !op.Edits[0].Drop.IsZero()
	if strings.TrimSpace(op.Inline.Clause.SQL) == "" || len(op.Up) == 0 && !drops && op.Inline.Clause.Slot == "" {
		c.reject("WH4046", op.Target.String(), "emits %s as an empty clause, or as a clause in the place of no statement", op.Kind)
	}
	c.slot(op)
	c.text(op, op.Inline.Clause.SQL)
}

// slot checks a clause that fills a slot: that of its kind, with what it is for.
func (c *checker) slot(op *operation.Operation) {
	clause, slot := op.Inline.Clause, operation.Slot("")
	for _, kind := range c.manifest.Kinds {
		if kind.Name == op.Target.Kind() {
			slot = kind.Slot
		}
	}
	subject := op.Target.String()
	switch {
	case clause.Slot == "":
	case clause.Slot != slot:
		c.reject("WH4046", subject, "emits %s as a clause of the slot %q, and its manifest does not say that the kind fills that", op.Kind, clause.Slot)
	case operation.SlotOf(clause.SQL) != slot:
		c.reject("WH4046", subject, "emits %s as a clause of the slot %s that is none: %q", op.Kind, slot, brief(clause.SQL))
	case op.Inline.Alone && (len(op.Up) == 0 || len(op.Down) == 0):
		c.reject("WH4046", subject, "emits %s as a clause with statements of its own, and has none", op.Kind)
	}
}

func (c *checker) statements(op *operation.Operation, ways ...[]operation.Statement) {
	for _, way := range ways {
		for _, statement := range way {
			c.sql(op, statement)
		}
	}
}

func (c *checker) sql(op *operation.Operation, statement operation.Statement) {
	if strings.Trim(statement.SQL, " \t\r\n;") == "" {
		c.reject("WH4046", op.Target.String(), "emits %s with an empty statement", op.Kind)
	}
	c.text(op, statement.SQL, statement.Tail)
	for _, does := range sqltext.Disturbances(statement.SQL + statement.Tail) {
		if what, ok := disturbs[does]; ok {
			c.reject("WH4046", op.Target.String(), "emits %s with a statement that %s: %q", op.Kind, what, brief(statement.SQL))
		}
	}
	for _, clause := range statement.Clauses {
		c.text(op, clause.SQL)
	}
}

// disturbs says what a statement must not do to the session that runs a migration.
var disturbs = map[sqltext.Disturbance]string{
	sqltext.ControlsTransaction: "begins or ends a transaction",
	sqltext.WaitsForData:        "waits for data from the client",
	sqltext.DiscardsSession:     "releases all locks of the session",
	sqltext.ReleasesLocks:       "releases all locks of the session",
}

// text checks what is sent to PostgreSQL or to a terminal.
func (c *checker) text(op *operation.Operation, texts ...string) {
	for _, text := range texts {
		switch {
		case len(text) > MaxText:
			c.reject("WH4046", op.Target.String(), "emits %s with a text of %d bytes, at most %d are taken", op.Kind, len(text), MaxText)
		case !utf8.ValidString(text):
			c.reject("WH4046", op.Target.String(), "emits %s with a text that is not UTF-8: %q", op.Kind, brief(text))
		case strings.Contains(text, "\x00") && !named(op, text):
			c.reject("WH4046", op.Target.String(), "emits %s with a zero byte in a text: %q", op.Kind, brief(text))
		}
	}
}

// named reports whether a text is a key of a name, whose parts have a zero byte
// between them.
func named(op *operation.Operation, text string) bool {
	return slices.Contains(op.Frees, text) || slices.Contains(op.Takes, text)
}

func brief(text string) string { return text[:min(len(text), 60)] }

// unique checks that no operation is there twice.
func (c *checker) unique(op *operation.Operation) {
	key := op.Kind + " " + op.Target.String()
	for _, other := range c.seen[key] {
		if reflect.DeepEqual(*other, *op) {
			c.reject("WH4048", op.Target.String(), "emits %s on %s twice", op.Kind, op.Target)
		}
	}
	c.seen[key] = append(c.seen[key], op)
}

func (c *checker) facts(facts []Fact) {
	for _, fact := range facts {
		if !slices.Contains(c.manifest.Produces, fact.Name) {
			c.reject("WH4049", fact.Subject, "states the fact %q, which its manifest does not list", fact.Name)
		}
		if !json.Valid(fact.Value) || !utf8.Valid(fact.Value) {
			c.reject("WH4049", fact.Subject, "states the fact %q with a value that is no JSON", fact.Name)
		}
		if len(fact.Value)+len(fact.Subject) > MaxText {
			c.reject("WH4049", brief(fact.Subject), "states the fact %q with %d bytes, at most %d are taken", fact.Name, len(fact.Value)+len(fact.Subject), MaxText)
		}
	}
}

func (c *checker) questions(questions []Question) {
	for _, question := range questions {
		if !slices.Contains(c.manifest.Consumes, question.Name) {
			c.reject("WH4050", question.Subject, "asks %q without consuming the answer", question.Name)
		}
		if question.Subject == "" || question.Text == "" {
			c.reject("WH4050", question.Subject, "asks %q without a subject or a text", question.Name)
		}
		if text := question.Text + question.Why + question.Flag + question.Subject; len(text) > MaxText || !utf8.ValidString(text) {
			c.reject("WH4050", "", "asks %q with %d bytes, or with what is not UTF-8", question.Name, len(text))
		}
	}
}

func (c *checker) diagnostics(list diag.List) {
	for _, d := range list {
		if d.Summary == "" || d.Severity < diag.Error || d.Severity > diag.Note {
			c.reject("WH4052", d.Address, "gives a diagnostic without a summary or with an unknown severity")
		}
		switch text := d.Summary + d.Detail + d.Next + d.Code + d.Address + d.Range.File; {
		case len(text) > MaxText:
			c.reject("WH4052", brief(d.Address), "gives a diagnostic of %d bytes, at most %d are taken", len(text), MaxText)
		case !utf8.ValidString(text):
			c.reject("WH4052", "", "gives a diagnostic that is not UTF-8")
		case d.Range.File != "" && !filepath.IsLocal(filepath.FromSlash(d.Range.File)):
			c.reject("WH4052", d.Address, "gives a diagnostic about %q, which is no file of the project", brief(d.Range.File))
		}
	}
}
