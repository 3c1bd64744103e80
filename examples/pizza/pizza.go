// Package pizza is the example project of whimbrel: pizzas with at most five
// toppings, none of them pineapple. The command "whimbrel demo" runs it.
package pizza

import "embed"

// Files are the project file and the models.
//
//go:embed whimbrel.hcl models
var Files embed.FS
