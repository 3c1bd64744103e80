package audit

import (
	"bufio"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/diag"
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

//go:embed page.html
var pageText string

// addPageFlag has a command write a page to a file as well.
func addPageFlag(c *cobra.Command, file *string) {
	c.Flags().StringVar(file, "html", "", "write one page of HTML to this `FILE` instead")
}

// A pageFile is a page that was written.
type pageFile struct {
	output.Deed
	File    string `json:"file"`
	Records int    `json:"records"`
	Bytes   int    `json:"bytes"`
}

// Print tells what was written.
func (f *pageFile) Print(p *output.Printer) {
	p.Line("%s: %s, %s", line(f.File), diag.Plural(f.Records, "record"), size(int64(f.Bytes)))
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
