// Package sqltext reads SQL as PostgreSQL's scanner does: tokens, statements,
// first words, names that are called. It reads with standard_conforming_strings
// on and never fails: what does not end is marked so.
//
// It also has the value for SQL inside of a state, Text, whose holes name
// objects. What needs PostgreSQL's grammar is in the package parser below.
package sqltext
