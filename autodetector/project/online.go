package project

// Online is how what is done to tables that are there is planned. The zero value does
// as the project file says.
type Online string

// The ways to plan.
const (
	AsUsual Online = ""        // as the project file says
	InUse   Online = "online"  // the tables are in use: nobody waits for longer than a moment
	Unused  Online = "offline" // they are small, or nobody uses them: in as few steps as possible
)

// is reports whether tables are in use, given what the project says.
func (o Online) is(usual bool) bool {
	if o == AsUsual {
		return usual
	}
	return o == InUse
}
