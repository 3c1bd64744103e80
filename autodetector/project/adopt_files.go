package project

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/catalog"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

// A ModelFile is a file that is to be written.
type ModelFile struct {
	Name string `json:"name"` // with slashes, relative to the project unless it is a whole path
	Text string `json:"text"`
}

// print returns documents of the chosen apps as files: a model has one of its own, what
// else there is stands together by what it is.
func (d *Adopted) print(documents []*declare.Document) ([]ModelFile, error) {
	s := &sorter{taken: map[string]bool{}}
	for _, document := range documents {
		switch {
		case document.App == "":
			d.leaveBase(document)
		case d.isChosen(document.App):
			s.add(document)
		}
	}
	var files []ModelFile
	for _, document := range s.sorted() {
		text, err := hcl.PrintDocument(document)
		if err != nil {
			return nil, err
		}
		files = append(files, ModelFile{document.Name, string(text)})
	}
	return files, nil
}

func (d *Adopted) isChosen(app string) bool {
	return slices.ContainsFunc(d.chosen, func(a source.App) bool { return a.Label == app })
}

// leaveBase names what belongs into the project file.
func (d *Adopted) leaveBase(document *declare.Document) {
	for _, b := range document.Body.Blocks {
		d.Left = append(d.Left, catalog.Remainder{Kind: b.Type.Text, Name: labelOf(b), Why: "it belongs into the project file"})
	}
}

func labelOf(b *declare.Block) string {
	if len(b.Labels) == 0 {
		return ""
	}
	return b.Labels[0].Text
}

// A sorter divides documents.
type sorter struct {
	models, others []*declare.Document
	taken          map[string]bool // names of files, in small letters
}

// add takes in a document, what is no model by its words.
func (s *sorter) add(document *declare.Document) {
	if document.Body.Blocks[0].Type.Text == model.ModelKind {
		s.models = append(s.models, document)
		s.taken[strings.ToLower(document.Name)] = true
		return
	}
	byWord := map[string]*declare.Document{}
	for _, b := range document.Body.Blocks {
		word := b.Type.Text
		if byWord[word] == nil {
			part := *document
			part.Name = path.Join(path.Dir(document.Name), plural(word))
			part.Body = &declare.Body{}
			byWord[word] = &part
			s.others = append(s.others, &part)
		}
		byWord[word].Body.Blocks = append(byWord[word].Body.Blocks, b)
	}
}

// plural is the word for several blocks: statistics are that already.
func plural(word string) string { return strings.TrimSuffix(word, "s") + "s" }

// sorted returns the documents by their names, no two with the same.
func (s *sorter) sorted() []*declare.Document {
	for _, document := range s.others {
		name := document.Name + ".hcl"
		for i := 2; s.taken[strings.ToLower(name)]; i++ {
			name = document.Name + "_" + strconv.Itoa(i) + ".hcl"
		}
		s.taken[strings.ToLower(name)] = true
		document.Name = name
	}
	all := slices.Concat(s.models, s.others)
	slices.SortFunc(all, func(a, b *declare.Document) int { return strings.Compare(a.Name, b.Name) })
	return all
}
