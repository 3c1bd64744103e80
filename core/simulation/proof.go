package simulation

import "github.com/whimbreldb/whimbrel/core/operation"

// A Failure is what is wrong with the SQL of an operation.
type Failure struct {
	// Operation is the index of the operation, and Down the way of it.
	Operation int
	Down      bool
	// SQL is the statement and Fault what is wrong with it; without one the whole way
	// back does not lead to where it began: Name is there and was not, or, Gone, the
	// other way round.
	SQL   string
	Fault *Fault
	Name  Name
	Gone  bool
}

// A Proof runs the operations of a plan forth and back.
type Proof struct {
	catalog *Catalog
	read    func(string) Reading
	// Unproven is why SQL of operations is not followed, by their index.
	Unproven map[int]string
}

// NewProof returns a proof that begins with a catalog, which it changes.
func NewProof(c *Catalog) *Proof {
	return &Proof{catalog: c, read: new(Reader).Read, Unproven: map[int]string{}}
}

// Run runs the plan, in the order of the operations and back. It returns the first
// failure, or nil.
func (p *Proof) Run(operations []operation.Operation) *Failure {
	marks := make([]int, len(operations)+1)
	for i, op := range operations {
		marks[i] = p.catalog.Mark()
		if f := p.way(i, op.Up, false); f != nil {
			return f
		}
	}
	marks[len(operations)] = p.catalog.Mark()
	return p.back(operations, marks)
}

// back runs the way back, from the end to the beginning. What cannot be undone is
// where a way back ends, and another one begins before it.
func (p *Proof) back(operations []operation.Operation, marks []int) *Failure {
	for i := len(operations) - 1; i >= 0; i-- {
		if operations[i].Irreversible == "" {
			if f := p.undone(i, operations, marks); f != nil {
				return f
			}
		}
		if i > 0 && operations[i].Irreversible == "" {
			continue
		}
		begin := i
		if operations[i].Irreversible != "" {
			begin++
		}
		if f := p.catalog.arrived(marks[begin], p.catalog.Mark()); f != nil {
			return f
		}
		p.catalog.Rewind(marks[i])
	}
	return nil
}

// undone runs the way back of an operation, behind which what it did is as before. What
// operations do that are joined to another one is as before when that is undone.
func (p *Proof) undone(i int, operations []operation.Operation, marks []int) *Failure {
	f := p.way(i, operations[i].Down, true)
	if f != nil || operations[i].Joined {
		return f
	}
	end := i + 1
	for end < len(operations) && operations[end].Joined {
		end++
	}
	return p.catalog.arrived(marks[i], marks[end])
}

// way runs the statements of one way of an operation.
func (p *Proof) way(i int, statements []operation.Statement, down bool) *Failure {
	for _, s := range statements {
		sql := s.Text()
		r := p.read(sql)
		if r.Unproven != "" && p.Unproven[i] == "" {
			p.Unproven[i] = r.Unproven
		}
		if fault := p.catalog.RunOf(i, r); fault != nil {
			return &Failure{Operation: i, Down: down, SQL: sql, Fault: fault}
		}
	}
	return nil
}
