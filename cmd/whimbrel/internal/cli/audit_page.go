package cli

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// An auditPage is records of the audit log as one page of HTML that needs nothing
// else.
type auditPage struct {
	Title, Subject string
	Note           string // what the page does not show
	Groups         []pageGroup
}

// A pageGroup are the records of one transaction that are next to each other.
type pageGroup struct {
	Transaction, Time, User, Actor, Context string
	Records                                 []pageRecord
}

type pageRecord struct {
	Operation, Model, Key string
	Gone                  bool // the row is not there any more
	Partial               bool
	Fields                []pageField
}

// A pageField is a field with its value before and after, in what it changed.
type pageField struct {
	Name             string
	Old, New         string
	HasOld, HasNew   bool
	OldNull, NewNull bool // so that they do not look like the text
	Changed, Removed bool
}

//go:embed audit_page.html
var auditPageText string

// addPageFlag has a command write a page to a file as well.
func addPageFlag(c *cobra.Command, file *string) {
	c.Flags().StringVar(file, "html", "", "write one page of HTML to this `FILE` instead")
}

// A pageResult is a page that was written.
type pageResult struct {
	File    string `json:"file"`
	Records int    `json:"records"`
	Bytes   int    `json:"bytes"`
}

func (r *pageResult) Print(p *output.Printer) {
	p.Line("%s: %s, %s", shown(r.File), output.Plural(r.Records, "record"), bytesText(int64(r.Bytes)))
}

// write makes the file. An error leaves none behind that is not whole.
func (p auditPage) write(file string) (output.Result, error) {
	parsed, err := template.New("page").Parse(auditPageText)
	if err != nil {
		return nil, fmt.Errorf("reading the form of the page: %w", err)
	}
	var text strings.Builder
	if err := parsed.Execute(&text, p); err != nil {
		return nil, fmt.Errorf("making the page: %w", err)
	}
	written := &pageResult{File: file, Bytes: text.Len()}
	for _, g := range p.Groups {
		written.Records += len(g.Records)
	}
	if err := os.WriteFile(filepath.Clean(file), []byte(text.String()), 0o600); err != nil {
		return nil, fmt.Errorf("writing the page: %w", err)
	}
	return written, nil
}

// add adds a record, to the transaction of the last one if it is of the same.
func (p *auditPage) add(r auditRecord, shown pageRecord) {
	if n := len(p.Groups); n == 0 || p.Groups[n-1].Transaction != r.Transaction || p.Groups[n-1].User != r.User ||
		p.Groups[n-1].Actor != r.Actor || p.Groups[n-1].Context != pageContext(r) {
		p.Groups = append(p.Groups, pageGroup{
			Transaction: r.Transaction, Time: r.At.Format(timeFormat), User: visible(r.User), Actor: visible(r.Actor), Context: pageContext(r),
		})
	}
	last := &p.Groups[len(p.Groups)-1]
	last.Records = append(last.Records, shown)
}

// pageContext returns what else the application said.
func pageContext(r auditRecord) string {
	context := fieldsOf(r.Context)
	if context == nil {
		return visible(strings.TrimPrefix(string(r.Context), "null"))
	}
	var parts []string
	for _, key := range slices.Sorted(maps.Keys(context)) {
		if value, ok := text(context[key]); !ok || value != r.Actor || key != "actor" && key != "user" {
			parts = append(parts, key+"="+or(value, string(context[key])))
		}
	}
	return visible(strings.Join(parts, " · "))
}

func newPageRecord(r auditRecord) pageRecord {
	shown := pageRecord{Operation: r.Operation, Model: visible(r.Model)}
	if r.Row != nil {
		shown.Key = keyText(r.Row)
	}
	for _, c := range r.Changes {
		shown.Fields = append(shown.Fields, newPageField(c, r.Operation == "UPDATE"))
	}
	return shown
}

func newPageField(c auditChange, changed bool) pageField {
	f := pageField{Name: visible(c.Field), HasOld: c.Old != nil, HasNew: c.New != nil, Changed: changed}
	f.Old, f.New, f.Removed = pageValue(c.Old), pageValue(c.New), c.New == nil
	f.OldNull, f.NewNull = string(c.Old) == "null", string(c.New) == "null"
	return f
}

// pageValue returns a value as people read it: text without quotes, the rest as
// JSON.
func pageValue(value json.RawMessage) string {
	if text, ok := text(value); ok && string(value) != "null" {
		if text == "" {
			return `""`
		}
		return visible(text)
	}
	return visible(string(value))
}

// visible returns text without characters that change how others are shown.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// page returns the page of the log.
func (r *auditLogResult) page(title string) auditPage {
	page := auditPage{Title: "Audit log", Subject: visible(title)}
	for _, record := range r.Records {
		page.add(record, newPageRecord(record))
	}
	if r.More {
		page.Note = "There are older records, which are not on this page."
	}
	return page
}

// page returns the page of a row, with the whole row at each step.
func (r *auditRowResult) page() auditPage {
	page := auditPage{Title: "Life of a row", Subject: visible(r.Model) + " " + keyText(r.Row)}
	for _, step := range r.Steps {
		page.add(step.auditRecord, step.page())
	}
	if r.cutOff && len(r.Steps) == 0 {
		page.Note = "It was not there at that time, as far as the log knows."
	}
	return page
}

func (s *auditStep) page() pageRecord {
	shown := newPageRecord(s.auditRecord)
	shown.Gone, shown.Partial = s.State == nil, s.Partial
	if s.Operation != "UPDATE" {
		return shown
	}
	changes := map[string]auditChange{}
	for _, c := range s.Changes {
		changes[c.Field] = c
	}
	shown.Fields = nil
	for _, name := range slices.Sorted(maps.Keys(s.State)) {
		c, changed := changes[name]
		if !changed {
			c = auditChange{Field: name, New: s.State[name]}
		}
		shown.Fields = append(shown.Fields, newPageField(c, changed))
	}
	return shown
}
