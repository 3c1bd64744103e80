package simulation

import "github.com/whimbreldb/whimbrel/core/detect"

// maybeComposite doubts the relation of the name of a type of which nothing else is
// known, as it has one if it is a composite.
func (c *Catalog) maybeComposite(n Name, known entry) {
	if n.Class != detect.NamesType || known.twin.Name != "" || known.presence == Present && !known.vague {
		return
	}
	of := relation(n.Schema, n.Name)
	if e, ok := c.find(of); !ok || e.believed {
		c.set(of, entry{by: c.by})
	}
}

// maybeMultirange doubts the types of which as little is known as of one that goes: one
// of them may be its multirange.
func (c *Catalog) maybeMultirange(n Name, known entry) {
	if n.Class != detect.NamesType || known.presence == Present && !known.vague {
		return
	}
	for other, e := range c.entries {
		if other.Class == detect.NamesType && other != n && e.presence == Present && e.vague {
			c.set(other, e.with(InDoubt, c.by))
		}
	}
}
