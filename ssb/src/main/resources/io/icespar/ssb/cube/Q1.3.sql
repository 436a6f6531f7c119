SELECT AGGREGATE("Discounted revenue") AS revenue
FROM star
WHERE "Week" = 6
  AND "Year" = 1994
  AND lo_discount BETWEEN 5 AND 7
  AND lo_quantity BETWEEN 26 AND 35
