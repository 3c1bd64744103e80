model "book" {
  field "title" { type = text }
  field "price" { type = numeric(8, 2) }

  notify "prices" {
    channel = "shop"
    events  = [insert, update]
    payload = [id, price]
  }
}
