SELECT AGGREGATE("Discounted revenue") AS revenue
FROM star
WHERE "Year" = 1993
  AND lo_discount BETWEEN 1 AND 3
  AND lo_quantity < 25
