SELECT "Customer city", "Supplier city", "Year", AGGREGATE("Revenue") AS revenue
FROM star
WHERE "Customer city" IN ('UNITED KI1', 'UNITED KI5')
  AND "Supplier city" IN ('UNITED KI1', 'UNITED KI5')
  AND "Month and year" = 'Dec1997'
GROUP BY "Customer city", "Supplier city", "Year"
ORDER BY "Year", revenue DESC
