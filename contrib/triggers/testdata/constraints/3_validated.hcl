model "shelf" {
  field "closed" { type = boolean }
  field "most"   { type = bigint }
}
model "book" {
  field "title" { type = varchar(80) }
  field "shelf" {
    type = foreign_key(shelf)
    null = true
  }
  field "pages" { type = numeric }

  constraint_trigger "fits" {
    query {
      values   = [shelf, title]
      annotate = { n = filtered(count(), pages > 1), all = sum(pages) }
      filter   = n > 5 || all > 100
    }
    error     = "It's full."
    level     = deferred_bulk
    initially = immediate
  }
  constraint_trigger "open" {
    query { filter = shelf.closed && in(id, select(loan, book, open)) }
    error      = "Closed."
    deferrable = never
  }
  constraint_trigger "lent" {
    query {
      annotate = { n = count(loan) }
      filter   = n > 3
    }
    error    = "Lent too often."
    level    = statement
  }
}
model "loan" {
  field "book" { type = foreign_key(book) }
  field "open" { type = boolean }
  constraint_trigger "once" {
    query { filter = exists(loan, book == outer(book) && id != outer(id)) }
    error     = "Twice."
    isolation = serializable
  }
}
