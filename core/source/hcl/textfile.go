package hcl

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// maxTextFile is the size in bytes of the largest file that file("...") reads.
const maxTextFile = 1 << 20

// A textReader puts the text of files into a document: file("x.sql") stands for
// sql("...") with what is in the file, which is looked for beside the document.
type textReader struct {
	root     string
	folder   string // of the app's models: what else there is, nobody looks at to see whether something has changed
	document *declare.Document
	problems diag.List
	names    []string // of the files that were read
}

// readTexts replaces every file("...") in a document, and returns which files that were.
func readTexts(root, folder string, d *declare.Document) ([]string, diag.List) {
	if !bytes.Contains(d.Bytes, []byte("file(")) {
		return nil, nil
	}
	r := &textReader{root: root, folder: path.Clean(filepath.ToSlash(folder)), document: d}
	r.body(d.Body)
	return r.names, r.problems
}

func (r *textReader) body(b *declare.Body) {
	for _, a := range b.Attrs {
		r.expr(a.Value)
	}
	for _, block := range b.Blocks {
		r.body(block.Body)
	}
}

func (r *textReader) expr(e *declare.Expr) {
	if e == nil {
		return
	}
	if e.Kind == declare.Call && e.Text == "file" && len(e.Args) == 1 && e.Args[0].Kind == declare.String {
		r.include(e)
		return
	}
	for _, arg := range e.Args {
		r.expr(arg)
	}
}

// include turns file("x.sql") into sql("what is in it").
func (r *textReader) include(e *declare.Expr) {
	text, why := r.read(e.Args[0].Text)
	if why != "" {
		r.problems = append(r.problems, diag.Diagnostic{
			Code: "WH1010", Range: r.document.Range(e.Span), Summary: fmt.Sprintf("file %q cannot be read: %s", e.Args[0].Text, why),
			Detail: "A file is looked for beside the model file that names it, in the folder of the app's models.", Next: "correct the name, or write sql(\"...\")",
		})
		text = "(select null)" // can stand for any SQL, so that nothing follows from this
	}
	e.Text, e.Names = "sql", []declare.Name{{Text: "sql", Span: e.Names[0].Span}}
	e.Args[0].Text = text
}

func (r *textReader) read(name string) (text, why string) {
	inside := path.Join(path.Dir(r.document.Name), filepath.ToSlash(name))
	if path.IsAbs(name) || !strings.HasPrefix(inside+"/", strings.TrimPrefix(r.folder+"/", "./")) || strings.HasPrefix(inside, "../") {
		return "", "it is not in the folder of the models"
	}
	root, err := os.OpenRoot(r.root)
	if err != nil {
		return "", err.Error()
	}
	defer root.Close()
	if info, err := root.Stat(filepath.FromSlash(inside)); err == nil && !info.Mode().IsRegular() {
		return "", "it is no file"
	}
	file, err := root.Open(filepath.FromSlash(inside))
	if err != nil {
		return "", "there is no such file"
	}
	r.names = append(r.names, inside)
	defer file.Close()
	read, err := io.ReadAll(io.LimitReader(file, maxTextFile+1))
	switch {
	case err != nil:
		return "", "it is no file"
	case len(read) > maxTextFile:
		return "", fmt.Sprintf("it has more than %d bytes", maxTextFile)
	case !utf8.Valid(read) || bytes.IndexByte(read, 0) >= 0 || len(bytes.TrimSpace(read)) == 0:
		return "", "it is no text in UTF-8"
	}
	return string(bytes.TrimRight(read, "\r\n")), ""
}
