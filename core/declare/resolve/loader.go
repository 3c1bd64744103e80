package resolve

import (
	"encoding/json"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A loader turns a tree into a declaration.
type loader struct {
	reporter
	tree    Tree
	project source.Project
	catalog *catalog

	apps   map[string]*app
	labels []string // of the apps, sorted
	base   *app     // what the project file declares for no app; see baseOf

	objects   []*state.Object
	ranges    []diag.Range            // of the objects
	index     map[address.Address]int // of the objects
	implying  []implyingObject
	names     map[nameKey]claim
	selecting map[nameKey]*selectable       // see selectables
	blocks    map[nameKey]*top              // see namedBlocks
	named     map[address.Address]*top      // see isBlock
	overloads map[nameKey][]*top            // functions of one name, which can be several
	known     map[string]state.Reading      // see readings
	classed   map[[2]string]bool            // see hasClass
	spoken    map[string]bool               // see inStatement
	past      map[nameKey][]address.Address // see knownAs
	renames   []state.Rename
	was       *state.State // see before
	move      func(address.Address) address.Address
	hints     []source.Hint
	former    map[address.Address][]json.RawMessage
}

// An app is what the files of an app declare.
type app struct {
	source.App
	label   string
	options []optionUse // for every model, its own first
	models  map[string]*model
	order   []*model
	tops    []*top
	types   map[string]*top // of kinds that are types
	several map[string]*top // by the name of the type of several of its values
	mixins  map[string]*mixin
	// Of the base: the app whose migrations write what belongs to none.
	writtenBy string
}

func newLoader(tree Tree, c *catalog) *loader {
	l := &loader{
		tree: tree, project: tree.Project, catalog: c, apps: map[string]*app{}, base: baseOf(tree.Project),
		index: map[address.Address]int{}, names: map[nameKey]claim{}, former: map[address.Address][]json.RawMessage{},
		classed: map[[2]string]bool{},
	}
	for _, a := range tree.Project.Apps {
		if a.Schema == "" {
			a.Schema = publicSchema
		}
		l.apps[a.Label] = &app{
			App: a, label: a.Label, models: map[string]*model{}, types: map[string]*top{}, several: map[string]*top{},
			mixins: map[string]*mixin{},
		}
		l.labels = append(l.labels, a.Label)
	}
	slices.Sort(l.labels)
	l.labels = slices.Compact(l.labels)
	return l
}

// publicSchema is the schema that every database has; it is no object.
const publicSchema = "public"

func (l *loader) projectFile() string {
	if l.project.File == "" {
		return "the project file"
	}
	return l.project.File
}

// namesOfApps says what to write for an app that there is not.
func (l *loader) namesOfApps(name string) string {
	if best := nearest(name, l.labels); best != "" {
		return "write " + best
	}
	return "the apps are " + oneOf(l.labels)
}

// load builds the declaration. With errors reported it may hold a part only.
func (l *loader) load() source.Declaration {
	for _, d := range l.tree.Problems {
		l.add(d)
	}
	for _, d := range l.tree.Documents {
		l.incomplete = l.incomplete || d.Broken
	}
	l.checkConfigs()
	l.readShared()
	for _, d := range l.tree.Documents {
		l.declare(d)
	}
	l.makeRoom()
	l.prepare()
	for _, label := range l.labels {
		l.build(l.apps[label])
	}
	l.buildTops(l.base)
	l.eachApp((*loader).reportCycles)
	l.imply()
	return l.declaration()
}

// makeRoom makes maps of about the size that they will have.
func (l *loader) makeRoom() {
	fields, models := 0, 0
	for _, a := range l.apps {
		models += len(a.order)
		for _, m := range a.order {
			fields += len(m.block.Body.Blocks) + 3
		}
	}
	l.index = make(map[address.Address]int, fields+2*models)
	l.names = make(map[nameKey]claim, 6*models)
	l.objects = make([]*state.Object, 0, fields+2*models)
	l.ranges = make([]diag.Range, 0, fields+2*models)
}

// prepare reads what objects have to know of each other: fields, keys, types.
func (l *loader) prepare() {
	l.eachApp((*loader).prepareTypes)
	l.eachApp((*loader).prepareFields)
	l.eachApp((*loader).prepareKeys)
	l.eachApp(func(l *loader, a *app) {
		for _, m := range a.order {
			for _, f := range m.fields {
				l.resolve(f)
			}
		}
		l.tryMixins(a)
		l.tryShared(a)
	})
}

func (l *loader) eachApp(do func(*loader, *app)) {
	for _, label := range l.labels {
		do(l, l.apps[label])
	}
}

func (l *loader) declaration() source.Declaration {
	slices.SortFunc(l.renames, func(a, b state.Rename) int {
		if c := address.Compare(a.To, b.To); c != 0 {
			return c
		}
		return address.Compare(a.From, b.From)
	})
	places := make(map[address.Address]diag.Range, len(l.objects))
	for i, o := range l.objects {
		places[o.Address] = l.ranges[i]
	}
	return source.Declaration{State: state.New(l.objects...), Places: places, Renamed: l.renames, Hints: l.sortedHints(), Former: l.former}
}
