model "pizza" {
  field "name" { type = varchar(80) }
  field "price" { type = numeric(8, 2) }
}

model "sale" {
  field "pizza" { type = foreign_key(pizza) }
  field "day" { type = date }
  field "count" { type = integer }
}

materialized "turnover" {
  query = sql("select s.day, sum(s.count * p.price) as total from sale s join pizza p on p.id = s.pizza_id group by s.day")
}

view "best_day" {
  query = sql("select day from turnover order by total desc limit 1")
}
