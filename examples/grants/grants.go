// Package grants is an example of a plugin that owns nothing and reacts to what
// others do: a role can read every table that is created.
package grants

import "github.com/whimbreldb/whimbrel/sdk"

// New returns the detector of the plugin.
func New() sdk.Detector {
	return sdk.Define("grants", "1.0.0", "A role can read every new table.",
		sdk.Config[config](),
		sdk.Reaction("grant", grant, "create_model", "drop_model"),
	)
}

// A config is what stands in config { ... } of the plugin's block.
type config struct {
	Role string `whimbrel:"role" default:"public" doc:"Who can read the tables; public is everybody."`
}

func grant(r *sdk.Reactor) {
	config, err := sdk.ConfigOf[config](r.Pass)
	if err != nil {
		r.Fail(err)
		return
	}
	if r.Model().Unmanaged {
		return // somebody else's table
	}
	table, role := r.Table(), sdk.Ident(config.Role)
	give, take := []string{"GRANT SELECT ON " + table + " TO " + role}, []string{"REVOKE SELECT ON " + table + " FROM " + role}
	if r.Drops() {
		r.Before(take, give) // so that it is there again if the drop is undone
		return
	}
	r.After(give, take)
}
