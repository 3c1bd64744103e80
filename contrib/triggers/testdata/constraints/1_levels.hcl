model "shelf" {
  field "closed" { type = boolean }
  field "most"   { type = integer }
}
model "book" {
  field "title" { type = text }
  field "shelf" {
    type = foreign_key(shelf)
    null = true
  }
  field "pages" { type = integer }

  constraint_trigger "fits" {
    query {
      values   = [shelf, title]
      annotate = { n = filtered(count(), pages > 1), all = sum(pages) }
      filter   = n > 5 || all > 100
    }
    error     = "It's full."
    level     = deferred_bulk
    isolation = any
  }
  constraint_trigger "open" {
    query { filter = shelf.closed && !exists(loan, book == outer(id) && open) }
    error = "Closed."
    hint  = "Lend it."
  }
  constraint_trigger "lent" {
    query {
      annotate = { n = count(loan) }
      filter   = n > 3
    }
    error = "Lent too often."
    level = statement
  }
}
model "loan" {
  field "book" { type = foreign_key(book) }
  field "open" { type = boolean }
}
