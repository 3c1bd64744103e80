package sdk

import "slices"

// claim notes on the operations of a change by hand which names in the database they
// give up and take: those of the arguments with the tag names. Steps that say it
// themselves, as those of Recreated do, keep what they say.
func (e *Emitter[T]) claim() {
	if slices.ContainsFunc(e.steps, func(s *Step) bool { return len(s.op.Frees)+len(s.op.Takes) > 0 }) {
		return
	}
	var before, after []string
	if e.Was != nil {
		before = e.Was.names(Script{})
	}
	if e.To != nil {
		after = e.To.names(Script{})
	}
	drops := slices.ContainsFunc(e.steps, func(s *Step) bool { return s.verb == "drop" })
	said := false
	for _, s := range e.steps {
		switch {
		case s.verb == "drop":
			s.op.Frees = before
		case said:
		case drops:
			s.op.Takes, said = after, true
		default:
			Claim(&s.op, before, after)
			said = true
		}
	}
}
