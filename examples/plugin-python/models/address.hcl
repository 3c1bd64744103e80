model "address" {
  field "street" { type = text }
  field "zip" { type = varchar(10) }
  field "city" { type = text }
  field "country" { type = char(2) }

  # Who knows the zip code knows the city; without this the planner multiplies
  # the two conditions and expects far too few rows.
  correlated "place" {
    fields = [zip, city, country]
    kinds  = ["dependencies", "mcv"]
  }
}
