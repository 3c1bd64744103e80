package protocol

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
)

func toResult(result detect.Result) *Result {
	return &Result{
		Operations:  toAll(result.Operations, toOperation),
		Facts:       toAll(result.Facts, toFact),
		Questions:   toAll(result.Questions, toQuestion),
		Diagnostics: toAll(result.Diagnostics, toDiagnostic),
	}
}

func readResult(r *reader, result *Result) detect.Result {
	return detect.Result{
		Operations:  readAll(r, result.GetOperations(), readOperation),
		Facts:       readAll(r, result.GetFacts(), readFact),
		Questions:   readAll(r, result.GetQuestions(), readQuestion),
		Diagnostics: readAll(r, result.GetDiagnostics(), readDiagnostic),
	}
}

func toQuestion(q detect.Question) *Question {
	return &Question{Name: q.Name, Subject: q.Subject, Text: q.Text, Why: q.Why, Flag: q.Flag}
}

func readQuestion(_ *reader, q *Question) detect.Question {
	return detect.Question{
		Name: q.GetName(), Subject: q.GetSubject(), Text: q.GetText(), Why: q.GetWhy(), Flag: q.GetFlag(),
	}
}

func toDiagnostic(d diag.Diagnostic) *Diagnostic {
	return &Diagnostic{
		Severity: toSeverity(d.Severity), Code: d.Code, Summary: d.Summary, Detail: d.Detail, Next: d.Next,
		Range: toRange(d.Range), Address: d.Address, Argument: d.Argument, Fix: toFix(d.Fix),
	}
}

func toFix(f *diag.Fix) *Fix {
	if f == nil {
		return nil
	}
	return &Fix{Object: f.Object, Argument: f.Argument, Text: f.Text}
}

func readFix(f *Fix) *diag.Fix {
	if f == nil {
		return nil
	}
	return &diag.Fix{Object: f.GetObject(), Argument: f.GetArgument(), Text: f.GetText()}
}

func readDiagnostic(r *reader, d *Diagnostic) diag.Diagnostic {
	return diag.Diagnostic{
		Severity: readSeverity(r, d.GetSeverity()), Code: d.GetCode(), Summary: d.GetSummary(),
		Detail: d.GetDetail(), Next: d.GetNext(), Range: readRange(d.GetRange()), Address: d.GetAddress(),
		Argument: d.GetArgument(), Fix: readFix(d.GetFix()),
	}
}

func toRange(place diag.Range) *Range {
	if place == (diag.Range{}) {
		return nil
	}
	return &Range{File: place.File, Start: toPos(place.Start), End: toPos(place.End)}
}

func readRange(place *Range) diag.Range {
	return diag.Range{File: place.GetFile(), Start: readPos(place.GetStart()), End: readPos(place.GetEnd())}
}

func toPos(p diag.Pos) *Pos {
	return &Pos{Line: int64(p.Line), Column: int64(p.Column), Byte: int64(p.Byte)}
}

func readPos(p *Pos) diag.Pos {
	return diag.Pos{Line: int(p.GetLine()), Column: int(p.GetColumn()), Byte: int(p.GetByte())}
}
