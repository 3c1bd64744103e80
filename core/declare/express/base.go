package express

import (
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// base returns the document of what belongs to no app, or nil if there is nothing.
func (x *expresser) base() *declare.Document {
	d := declare.NewUnwritten(x.projectFile(), x.locate)
	for _, o := range x.bases() {
		if block := x.top(source.App{Schema: "public"}, o); block != nil {
			d.Body.Blocks = append(d.Body.Blocks, block)
		}
	}
	if len(d.Body.Blocks) == 0 {
		return nil
	}
	return d
}

// bases returns the objects that blocks of the project file make.
func (x *expresser) bases() []*state.Object {
	var list []*state.Object
	for o := range x.state.All() {
		if o.Parent.IsZero() && len(o.Address.Names()) == 1 && x.catalog.option(o.Address.Kind(), detect.OnProject) != nil {
			list = append(list, o)
		}
	}
	return x.ordered(list)
}

func (x *expresser) projectFile() string {
	if x.in.File == nil {
		return "whimbrel.hcl"
	}
	return x.in.File.Name
}
