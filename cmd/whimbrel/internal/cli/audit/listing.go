package audit

import (
	"iter"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
)

// A listing is records of the audit log, the newest first. It is read while it is
// printed, once.
type listing struct {
	records iter.Seq2[auditlog.Record, error]
	limit   int // 0: none

	count int
	more  bool // there are older ones
}

// each returns the records up to the limit.
func (l *listing) each(yield func(record, error) bool) {
	for r, err := range l.records {
		if err == nil && l.limit > 0 && l.count == l.limit {
			l.more = true
			return
		}
		l.count++
		if !yield(newRecord(r), err) {
			return
		}
	}
}

// PrintAll prints the records below their transactions.
func (l *listing) PrintAll(p *output.Printer) error {
	last := ""
	for r, err := range l.each {
		if err != nil {
			return err
		}
		if head := r.Transaction + r.began() + r.who(); head != last {
			if last != "" {
				p.Line("")
			}
			p.Line("%s", r.head(p))
			last = head
		}
		r.print(p)
	}
	switch {
	case l.count == 0:
		p.Line("No records.")
	case l.more && !p.Quiet:
		p.Line("\n%s", p.Dim("There are older records: --limit N shows more, --until TIME begins further back."))
	}
	return nil
}

// WriteAll writes the records, and whether there are older ones.
func (l *listing) WriteAll(o *output.Object) error {
	err := o.List("records", func(yield func(any, error) bool) {
		l.each(func(r record, err error) bool { return yield(r, err) })
	})
	if err != nil {
		return err
	}
	return o.Member("more", l.more)
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

// began returns when the transaction began, as text to compare.
func (r record) began() string {
	if r.Began == nil {
		return ""
	}
	return r.Began.String()
}
