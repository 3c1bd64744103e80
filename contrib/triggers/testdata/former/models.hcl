# Constraint triggers whose SQL was another one before the first rendering.

model "kind" {
  field "name" { type = text }
}

model "topping" {
  field "name" { type = text }
  field "kind" {
    type = foreign_key(kind)
    null = true
  }
}

model "part" {
  field "pizza" { type = integer }
  field "topping" { type = foreign_key(topping) }

  constraint_trigger "parent" {
    query { filter = topping.name == "Pineapple" && topping.kind.name == "fruit" }
    error = "REFUSED"
  }
  constraint_trigger "parent_at_once" {
    query { filter = topping.name == "Pineapple" && topping.kind.name == "fruit" }
    error      = "REFUSED"
    deferrable = never
  }
  constraint_trigger "parent_of_a_statement" {
    query {
      values   = [topping]
      annotate = { n = filtered(count(), topping.name == "Pineapple") }
      filter   = n > 0
    }
    error     = "REFUSED"
    level     = statement
    isolation = any
  }
  constraint_trigger "parent_in_bulk" {
    query {
      values   = [topping.name]
      annotate = { n = count() }
      filter   = topping.name == "Pineapple" && n > 0
    }
    error = "REFUSED"
    level = deferred_bulk
  }
}

model "closed" {}

model "pizza" {
  constraint_trigger "bare" {
    query { filter = slice == null && !exists(closed) }
    error = "REFUSED"
  }
  constraint_trigger "bare_of_a_statement" {
    query {
      annotate = { n = count(slice) }
      filter   = n > 3
    }
    error     = "REFUSED"
    level     = statement
    isolation = any
  }
}

model "slice" {
  field "pizza" { type = foreign_key(pizza) }
}

model "lock" {
  field "codes" { type = array(integer) }
  constraint_trigger "codes" {
    query {
      values   = [codes]
      annotate = { n = count() }
      filter   = n > 1
    }
    error = "REFUSED"
    level = statement
  }
  constraint_trigger "codes_in_bulk" {
    query {
      values   = [codes]
      annotate = { n = count() }
      filter   = n > 1
    }
    error     = "REFUSED"
    level     = deferred_bulk
    isolation = any
  }
}

model "tag" {
  constraint_trigger "tagged" {
    query { filter = exists(product, tags == outer(id) && kind == "x") }
    error = "REFUSED"
  }
  constraint_trigger "tagged_of_a_statement" {
    query {
      filter   = exists(product, tags == outer(id) && kind == "x")
      annotate = { n = count() }
      filter   = n > 0
    }
    error = "REFUSED"
    level = statement
  }
}

model "product" {
  field "kind" { type = text }
  field "tags" { type = many_to_many(tag) }
  field "near" {
    type = foreign_key(tag)
    null = true
  }
}

model "stock" {
  field "sku" {
    type = text
    null = true
  }
  field "number" { type = bigint }
  field "near" {
    type = foreign_key(product)
    null = true
  }
}

model "line" {
  field "sku" {
    type = text
    null = true
  }
  field "number" { type = integer }
  constraint_trigger "known" {
    query { filter = !in(sku, select(stock, sku)) }
    error = "REFUSED"
  }
  constraint_trigger "known_in_bulk" {
    query {
      filter   = !in(sku, select(stock, sku))
      values   = [sku]
      annotate = { n = count() }
      filter   = n > 0
    }
    error = "REFUSED"
    level = deferred_bulk
  }
  constraint_trigger "number" {
    query {
      filter   = exists(stock, number == outer(number) && near.near == outer(id))
      values   = [number]
      annotate = { n = count() }
      filter   = n > 0
    }
    error = "REFUSED"
    level = statement
  }
  constraint_trigger "written" {
    query { filter = sql("number > 2 * (SELECT avg(l.number) FROM line l)") }
    error = "REFUSED"
    level = statement
  }
  constraint_trigger "written_rows" {
    query { filter = number != 7 && sql("sku = (SELECT max(l.sku) FROM line l)") && exists(stock, number == outer(number)) }
    error     = "REFUSED"
    isolation = any
  }
}
