// Command whimbrel-plugin-policies is the plugin "policies" as a program of its own.
package main

import (
	"github.com/whimbreldb/whimbrel/contrib/policies"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

func main() { serve.Main(policies.New()) }
