package simulation

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// A kind is what stands behind DROP, ALTER or COMMENT ON for a class of names.
type kind struct {
	words []string
	class detect.NameClass
	// of says that the name stands before ON and a relation.
	of bool
	// nameless says that it is known by more than a name, so that none is kept.
	nameless bool
}

// kinds are those of what has a name, those of several words first.
var kinds = []kind{
	{words: []string{"materialized", "view"}, class: detect.NamesRelation},
	{words: []string{"foreign", "table"}, class: detect.NamesRelation},
	{words: []string{"foreign", "data", "wrapper"}, class: detect.NamesForeignDataWrapper},
	{words: []string{"event", "trigger"}, class: detect.NamesEventTrigger},
	{words: []string{"access", "method"}, class: detect.NamesAccessMethod},
	{words: []string{"operator", "class"}, nameless: true},
	{words: []string{"operator", "family"}, nameless: true},
	{words: []string{"operator"}, nameless: true},
	{words: []string{"cast"}, nameless: true},
	{words: []string{"transform"}, nameless: true},
	{words: []string{"user", "mapping"}, nameless: true},
	{words: []string{"text", "search", "configuration"}, class: detect.NamesTextSearchConfiguration},
	{words: []string{"text", "search", "dictionary"}, class: detect.NamesTextSearchDictionary},
	{words: []string{"text", "search", "parser"}, class: detect.NamesTextSearchParser},
	{words: []string{"text", "search", "template"}, class: detect.NamesTextSearchTemplate},
	{words: []string{"table"}, class: detect.NamesRelation},
	{words: []string{"view"}, class: detect.NamesRelation},
	{words: []string{"index"}, class: detect.NamesRelation},
	{words: []string{"sequence"}, class: detect.NamesRelation},
	{words: []string{"type"}, class: detect.NamesType},
	{words: []string{"domain"}, class: detect.NamesType},
	{words: []string{"function"}, class: detect.NamesFunction},
	{words: []string{"procedure"}, class: detect.NamesFunction},
	{words: []string{"routine"}, class: detect.NamesFunction},
	{words: []string{"aggregate"}, class: detect.NamesFunction},
	{words: []string{"schema"}, class: detect.NamesSchema},
	{words: []string{"extension"}, class: detect.NamesExtension},
	{words: []string{"publication"}, class: detect.NamesPublication},
	{words: []string{"subscription"}, class: detect.NamesSubscription},
	{words: []string{"server"}, class: detect.NamesServer},
	{words: []string{"language"}, class: detect.NamesLanguage},
	{words: []string{"procedural", "language"}, class: detect.NamesLanguage},
	{words: []string{"collation"}, class: detect.NamesCollation},
	{words: []string{"conversion"}, class: detect.NamesConversion},
	{words: []string{"statistics"}, class: detect.NamesStatistics},
	{words: []string{"trigger"}, class: detect.NamesTrigger, of: true},
	{words: []string{"policy"}, class: detect.NamesPolicy, of: true},
	{words: []string{"rule"}, class: detect.NamesRule, of: true},
	{words: []string{"constraint"}, class: detect.NamesConstraint, of: true},
	{words: []string{"column"}, class: detect.NamesColumn},
}

// kind takes the words of a kind. Without a class it is one that is not followed.
func (r *reader) kind() (kind, bool) {
	for _, k := range kinds {
		if r.take(k.words...) {
			return k, k.class != ""
		}
	}
	return kind{}, false
}

// object takes what a statement about one object names, with an effect on it.
func (r *reader) object(e Effect) {
	k, ok := r.kind()
	if !ok {
		return // a cast, an operator, a role: nothing that is kept
	}
	r.named(k, e)
}

// named takes the name of an object of a kind.
func (r *reader) named(k kind, e Effect) {
	e.Offset = r.offset()
	switch {
	case k.of:
		own := r.identifier()
		r.take("on")
		class := k.class
		if r.take("domain") {
			class = ofDomain
		}
		whole := r.relationOf(class)
		e.Name = whole.part(class, own)
	case k.class == detect.NamesColumn:
		schema, relation, own := r.column()
		e.Name = Name{Class: k.class, Schema: schema, Relation: relation, Name: own}
	case k.class == detect.NamesFunction:
		e.Name = r.name(k.class)
		e.Name.Args = r.arguments()
	case k.class.Scope() == detect.InDatabase:
		e.Name = Name{Class: k.class, Name: r.identifier()}
	default:
		e.Name = r.name(k.class)
	}
	r.add(e)
}

// relationOf takes the relation that a part is of, and needs it.
func (r *reader) relationOf(class detect.NameClass) Name {
	n := r.name(detect.NamesRelation)
	if class == ofDomain {
		n.Class = detect.NamesType
	}
	r.need(n)
	return n
}

// column takes schema.relation.column.
func (r *reader) column() (schema, relation, name string) {
	name = r.identifier()
	for name != "" && r.take(".") {
		schema, relation, name = relation, name, r.identifier()
	}
	return schema, relation, name
}

// drop reads DROP.
func (r *reader) drop() {
	k, ok := r.kind()
	switch {
	case k.nameless:
		return
	case !ok:
		r.dropOther()
		return
	}
	r.take("concurrently")
	e := Effect{Verb: Removes, Kind: strings.Join(k.words, " "), If: r.ifExists(), Cascade: r.cascades()}
	for r.more() {
		r.dropped(k, e)
		if !r.take(",") {
			return
		}
	}
}

// dropped takes one name of a DROP, which may stand there twice. With IF EXISTS the
// relation need not be there.
func (r *reader) dropped(k kind, e Effect) {
	begin := len(r.reading.Effects)
	r.named(k, e)
	last := len(r.reading.Effects) - 1
	own := r.reading.Effects[last]
	switch {
	case slices.ContainsFunc(r.reading.Effects[:last], func(e Effect) bool { return e.Verb == Removes && e.Name == own.Name }):
		r.reading.Effects = r.reading.Effects[:begin]
	case e.If:
		r.reading.Effects = append(r.reading.Effects[:begin], own)
	}
}

// dropOther reads DROP of what has no name that is kept.
func (r *reader) dropOther() {
	if word := r.any("role", "user", "owned", "database", "tablespace"); word == "" || word == "owned" {
		r.unproven("a DROP of a kind that is not followed")
	}
}
