package publication

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// naming names a publication for DROP, ALTER and COMMENT.
func naming(p attrs) string { return "PUBLICATION " + sdk.Ident(p.Name) }

func keys(p attrs) []string { return []string{sdk.Name(string(detect.NamesPublication), p.Name)} }

func schemaOf(name string) address.Address { return address.New(model.SchemaKind, name) }

// published returns the changes that a publication has, as PostgreSQL writes them.
func (p attrs) published() string {
	list := changes
	if len(p.Publish) > 0 {
		list = slices.DeleteFunc(slices.Clone(changes), func(change string) bool { return !slices.Contains(p.Publish, change) })
	}
	return strings.Join(list, ", ")
}

// create returns the statements that make a publication.
func create(at sdk.Moment, p attrs) []string {
	text := "CREATE " + naming(p)
	switch members := p.members(at); {
	case p.AllTables:
		text += " FOR ALL TABLES"
	case len(members) > 0:
		text += " FOR " + clauses(members)
	}
	if with := options(attrs{}, p); with != "" {
		text += "\nWITH (" + with + ")"
	}
	if p.Comment == "" {
		return []string{text}
	}
	return []string{text, sdk.Comment(naming(p), p.Comment)}
}

// options returns the parameters in which two publications differ.
func options(from, to attrs) string {
	var list []string
	if from.published() != to.published() {
		list = append(list, "publish = "+sdk.Literal(to.published()))
	}
	if from.ViaRoot != to.ViaRoot {
		list = append(list, "publish_via_partition_root = "+map[bool]string{true: "true", false: "false"}[to.ViaRoot])
	}
	return strings.Join(list, ", ")
}

// alter returns the changes from one publication to another one.
func alter(at sdk.Moment, from, to attrs) []string {
	var texts []string
	if from.Name != to.Name {
		texts = append(texts, "ALTER "+naming(from)+" RENAME TO "+sdk.Ident(to.Name))
	}
	was, is := from.members(at), to.members(at)
	gone, come := difference(was, is), difference(is, was)
	if len(gone) > 0 {
		texts = append(texts, "ALTER "+naming(to)+" DROP "+clauses(bare(gone)))
	}
	if with := options(from, to); with != "" {
		texts = append(texts, "ALTER "+naming(to)+" SET ("+with+")")
	}
	if len(come) > 0 {
		texts = append(texts, "ALTER "+naming(to)+" ADD "+clauses(come))
	}
	if from.Comment != to.Comment {
		texts = append(texts, sdk.Comment(naming(to), to.Comment))
	}
	return texts
}
