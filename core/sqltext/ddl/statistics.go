package ddl

// A CreateStatistics is CREATE STATISTICS.
type CreateStatistics struct {
	Name  Name
	Place Span
	Table Name
	Kinds []string
	On    []Key
}

func (r *reader) createStatistics(n node) Definition {
	s := CreateStatistics{Name: nameOf(n.strings("defnames")), Place: r.third(), Kinds: n.strings("stat_types")}
	if tables := n.list("relations"); len(tables) == 1 {
		_, table := open(tables[0])
		s.Table = rangeVar(table)
	}
	s.On = r.keys(n.list("exprs"), r.find(0, "on")+1)
	return s
}

// An AlterStatistics sets the target of statistics.
type AlterStatistics struct {
	Name   Name
	Place  Span
	Target string
}

func (r *reader) alterStatistics(n node) Definition {
	class, target := open(n["stxstattarget"])
	text, _ := scalar(class, target)
	return AlterStatistics{Name: nameOf(n.strings("defnames")), Place: r.third(), Target: text}
}
