package simulation

import "github.com/whimbreldb/whimbrel/core/detect"

// columns takes in the columns whose relation is certain.
func (x *expression) columns() {
	for _, d := range x.dotted {
		if of := x.rows[d.of]; of.Name != "" {
			x.out.add(Effect{Verb: Refers, Name: of.part(detect.NamesColumn, d.column), Offset: d.at})
		}
	}
	own := x.only()
	if own.Name == "" {
		return
	}
	for _, e := range x.bare {
		if _, row := x.rows[e.Name.Name]; row || x.labels[e.Name.Name] {
			continue
		}
		e.Name = own.part(detect.NamesColumn, e.Name.Name)
		x.out.add(e)
	}
}

// only returns the relation whose columns stand alone: the only one that there is.
func (x *expression) only() Name {
	switch {
	case x.own.Name != "" && x.selects == 0 && x.items == 0:
		return x.own
	case x.own.Name == "" && x.selects <= 1 && x.items == 1 && len(x.rows) == 1:
		for _, n := range x.rows {
			return n
		}
	}
	return Name{}
}
