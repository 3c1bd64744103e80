package migration

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// The marks of goose, which divide the file for whimbrel too.
const (
	gooseUp        = "-- +goose Up"
	gooseDown      = "-- +goose Down"
	statementBegin = "-- +goose StatementBegin"
	statementEnd   = "-- +goose StatementEnd"
	noTransaction  = "-- +goose NO TRANSACTION"
)

// Render returns the two files of a migration. Equal migrations give equal
// bytes. A migration without operations has no sidecar. It returns an error if
// an ID or kind has not the form of one, or if a statement cannot stand in a file.
func Render(m *Migration) (sql, sidecar []byte, err error) {
	if err := m.check(); err != nil {
		return nil, nil, fmt.Errorf("writing migration %s: %w", m.ID, err)
	}
	w := &writer{}
	w.header(m)
	hashes, err := w.sections(m.Operations)
	if err != nil {
		return nil, nil, fmt.Errorf("writing migration %s: %w", m.ID, err)
	}
	if len(m.Operations) == 0 {
		return []byte(w.out.String()), nil, nil
	}
	sidecar, err = m.sidecar(hashes)
	if err != nil {
		return nil, nil, fmt.Errorf("writing migration %s: %w", m.ID, err)
	}
	return []byte(w.out.String()), sidecar, nil
}

var validKind = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`) })

func (m *Migration) check() error {
	for _, id := range append([]string{m.ID}, m.Parents...) {
		if !ValidID(id) {
			return fmt.Errorf("%q is no ID of a migration", id)
		}
	}
	if m.App == "" {
		return errors.New("it belongs to no app")
	}
	for i, op := range m.Operations {
		if err := checkOperation(op); err != nil {
			return fmt.Errorf("operation %d (%s %s): %w", i+1, op.Kind, op.Target, err)
		}
	}
	return nil
}

func checkOperation(op operation.Operation) error {
	names := []string{op.Kind}
	if !op.Target.IsZero() {
		names = append(names, op.Target.Kind())
	}
	if op.Detector != "" {
		names = append(names, op.Detector)
	}
	for _, hazard := range op.Hazard {
		names = append(names, hazard.Code)
		if !hazard.Object.IsZero() {
			names = append(names, hazard.Object.Kind())
		}
	}
	for _, name := range names {
		if !validKind().MatchString(name) {
			return fmt.Errorf("%q is no name of a kind, detector or hazard", name)
		}
	}
	if _, ok := modes[op.Transaction]; !ok {
		return fmt.Errorf("%q is no way of running it", op.Transaction)
	}
	return nil
}

// A writer writes a .sql file.
type writer struct{ out strings.Builder }

func (w *writer) line(parts ...string) {
	w.out.WriteString(strings.Join(parts, " "))
	w.out.WriteByte('\n')
}

// sections writes both ways and returns the hashes of what they run.
func (w *writer) sections(operations []operation.Operation) ([]Hashes, error) {
	hashes := make([]Hashes, len(operations))
	after := predecessors(operations)
	w.line(gooseUp)
	for i, op := range operations {
		w.line()
		w.line(directive(i+1, op, after[i])...)
		hash, err := w.statements(op.Up)
		if err != nil {
			return nil, fmt.Errorf("operation %d (%s %s): %w", i+1, op.Kind, op.Target, err)
		}
		hashes[i].Up = hash
	}
	w.line()
	w.line(gooseDown)
	for i := len(operations) - 1; i >= 0; i-- {
		w.line()
		w.line("-- "+ownMark+"op", strconv.Itoa(i+1))
		hash, err := w.down(i+1, operations[i])
		if err != nil {
			return nil, fmt.Errorf("operation %d (%s %s): down: %w", i+1, operations[i].Kind, operations[i].Target, err)
		}
		hashes[i].Down = hash
	}
	return hashes, nil
}

// down writes the way back of an operation. If there is none, a statement that
// fails stops whoever runs the file without reading the directives.
func (w *writer) down(number int, op operation.Operation) (string, error) {
	if op.Irreversible == "" {
		return w.statements(op.Down)
	}
	w.line("-- "+ownMark+"irreversible", phrase(op.Irreversible))
	reason := fmt.Sprintf("operation %d cannot be undone: %s", number, op.Irreversible)
	body := "BEGIN RAISE EXCEPTION USING MESSAGE = " + address.Literal(reason) + "; END"
	return w.statements(operation.SQL("DO LANGUAGE plpgsql " + address.Literal(body)))
}

func (w *writer) statements(statements []operation.Statement) (hash string, err error) {
	var run []Statement
	for _, s := range statements {
		text, lines, err := written(s.Text())
		if err != nil {
			return "", err
		}
		if text != "" {
			run = append(run, Statement{SQL: text})
			w.out.WriteString(lines)
		}
	}
	return hashStatements(run), nil
}

// modes are the words for the ways of running an operation.
var modes = map[operation.Transaction]string{
	operation.InTransaction: "tx", operation.Committed: "commit", operation.Outside: "notx",
}

// directive returns the line above an operation's statements.
func directive(number int, op operation.Operation, after []int) []string {
	parts := []string{"-- " + ownMark + "op", strconv.Itoa(number), op.Kind, target(op.Target)}
	if op.Detector != "" {
		parts = append(parts, "["+op.Detector+"]")
	}
	parts = append(parts, modes[op.Transaction])
	if len(after) > 0 {
		numbers := make([]string, len(after))
		for i, n := range after {
			numbers[i] = strconv.Itoa(n)
		}
		parts = append(parts, "after", strings.Join(numbers, ","))
	}
	return parts
}
