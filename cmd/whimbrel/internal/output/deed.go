package output

// A Deed is a part of results that say what was done, and show nothing that was asked
// for. A quiet run does not print them.
type Deed struct{}

// Done reports that there is nothing else in the result.
func (Deed) Done() bool { return true }

// spared reports whether a quiet run leaves a result out.
func spared(r Result) bool {
	deed, ok := r.(interface{ Done() bool })
	return ok && deed.Done()
}
