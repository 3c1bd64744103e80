// Package hcl reads projects and models from files in HCL: whimbrel.hcl and
// models/**/*.hcl.
//
// ReadProject reads the project file; New returns the Source of its models. Print
// writes a tree as the text of a file.
// Every mistake in every file is a diagnostic with its place; the package never
// stops at the first one, opens no connection and evaluates nothing but the
// project file. What the arguments and blocks of plugins are it learns from
// their manifests.
package hcl
