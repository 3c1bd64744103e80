package audit

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	contract "github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// A page is records of the audit log as one page of HTML that needs nothing else.
// They go through it one by one: it is written once.
type page struct {
	Title, Subject string
	entries        iter.Seq2[entry, error]
	note           func() string // what the page does not show, asked at its end

	pull  func() (entry, error, bool)
	next  *entry // nil: there is no other
	count int
	err   error
}

// An entry is a record with the form that it has on a page.
type entry struct {
	record
	shown pageRecord
}

// A pageGroup is the records of one transaction that are next to each other.
type pageGroup struct {
	Transaction, Time, User, Actor, Context string
	Records                                 iter.Seq[pageRecord]
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

//go:embed page.html
var pageText string

// addPageFlag has a command write a page to a file as well.
func addPageFlag(c *cobra.Command, file *string) {
	c.Flags().StringVar(file, "html", "", "write one page of HTML to this `FILE` instead")
}

// A pageFile is a page that was written.
type pageFile struct {
	File    string `json:"file"`
	Records int    `json:"records"`
	Bytes   int    `json:"bytes"`
}

// Print tells what was written.
func (f *pageFile) Print(p *output.Printer) {
	p.Line("%s: %s, %s", line(f.File), output.Plural(f.Records, "record"), size(int64(f.Bytes)))
}

// write makes the file. An error leaves none behind that is not whole.
func (p *page) write(file string) (output.Result, error) {
	parsed, err := template.New("page").Parse(pageText)
	if err != nil {
		return nil, fmt.Errorf("reading the form of the page: %w", err)
	}
	next, stop := iter.Pull2(p.entries)
	defer stop()
	p.pull = next
	if p.advance(); p.err != nil {
		return nil, p.err
	}
	written, err := writeFile(file, func(w io.Writer) error {
		buffered := bufio.NewWriter(w)
		if err := parsed.Execute(buffered, p); err != nil {
			return fmt.Errorf("making the page: %w", err)
		}
		if p.err != nil {
			return p.err
		}
		return buffered.Flush()
	})
	switch {
	case p.err != nil:
		return nil, p.err
	case err != nil:
		return nil, fmt.Errorf("writing the page: %w", err)
	}
	return &pageFile{File: file, Records: p.count, Bytes: written}, nil
}

// advance goes on to the next entry.
func (p *page) advance() {
	next, err, more := p.pull()
	p.next = nil
	switch {
	case err != nil:
		p.err = err
	case more:
		p.next = &next
	}
}

// Filled reports whether there are records.
func (p *page) Filled() bool { return p.next != nil }

// Note returns what the page does not show.
func (p *page) Note() string { return p.note() }

// Groups returns the transactions. The records of one are to be taken before the
// next.
func (p *page) Groups() iter.Seq[pageGroup] {
	return func(yield func(pageGroup) bool) {
		for p.next != nil {
			if !yield(p.group(p.next.record)) {
				return
			}
		}
	}
}

// group returns the transaction that begins with a record.
func (p *page) group(first record) pageGroup {
	return pageGroup{
		Transaction: first.Transaction, Time: first.At.Format(timeFormat), User: visible(first.User), Actor: visible(first.Actor),
		Context: pageContext(first),
		Records: func(yield func(pageRecord) bool) {
			for p.next != nil && p.next.sameGroup(first) {
				shown := p.next.shown
				p.count++
				p.advance()
				if !yield(shown) {
					return
				}
			}
		},
	}
}

// sameGroup reports whether two records are of one transaction, and somebody.
func (r record) sameGroup(other record) bool {
	return r.Transaction == other.Transaction && visible(r.User) == visible(other.User) && visible(r.Actor) == visible(other.Actor) &&
		pageContext(r) == pageContext(other)
}

// pageContext returns what else the application said.
func pageContext(r record) string {
	remarks, object := r.remarks()
	if !object {
		return visible(strings.TrimPrefix(string(r.Context), "null"))
	}
	parts := make([]string, len(remarks))
	for i, said := range remarks {
		parts[i] = said.key + "=" + said.value
	}
	return visible(strings.Join(parts, " · "))
}

func newPageRecord(r record) pageRecord {
	shown := pageRecord{Operation: r.Operation, Model: visible(r.Model)}
	if r.Row != nil {
		shown.Key = key(r.Row)
	}
	for _, c := range r.Changes {
		shown.Fields = append(shown.Fields, newPageField(c, r.Operation == contract.Update))
	}
	return shown
}

func newPageField(c change, changed bool) pageField {
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

// page returns the page of the records.
func (l *listing) page(subject string) *page {
	return &page{
		Title: "Audit log", Subject: visible(subject),
		entries: func(yield func(entry, error) bool) {
			l.each(func(r record, err error) bool { return yield(entry{r, newPageRecord(r)}, err) })
		},
		note: func() string {
			if l.more {
				return "There are older records, which are not on this page."
			}
			return ""
		},
	}
}

// page returns the page of a row, with the whole row at each step.
func (l *life) page() *page {
	return &page{
		Title: "Life of a row", Subject: visible(l.Model) + " " + key(l.Row),
		entries: func(yield func(entry, error) bool) {
			for _, s := range l.Steps {
				if !yield(entry{s.record, s.page()}, nil) {
					return
				}
			}
		},
		note: func() string {
			if l.cutOff && len(l.Steps) == 0 {
				return "It was not there at that time, as far as the log knows."
			}
			return ""
		},
	}
}

func (s *step) page() pageRecord {
	shown := newPageRecord(s.record)
	shown.Gone, shown.Partial = s.State == nil, s.Partial
	if s.Operation != contract.Update {
		return shown
	}
	changes := s.changed()
	shown.Fields = nil
	for _, name := range slices.Sorted(maps.Keys(s.State)) {
		c, changed := changes[name]
		if !changed {
			c = change{Field: name, New: s.State[name]}
		}
		shown.Fields = append(shown.Fields, newPageField(c, changed))
	}
	return shown
}
