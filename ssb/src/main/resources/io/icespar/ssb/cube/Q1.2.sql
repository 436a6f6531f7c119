SELECT AGGREGATE("Discounted revenue") AS revenue
FROM star
WHERE "Month" = 199401
  AND lo_discount BETWEEN 4 AND 6
  AND lo_quantity BETWEEN 26 AND 35
