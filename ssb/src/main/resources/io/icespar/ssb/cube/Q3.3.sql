SELECT "Customer city", "Supplier city", "Year", AGGREGATE("Revenue") AS revenue
FROM star
WHERE "Customer city" IN ('UNITED KI1', 'UNITED KI5')
  AND "Supplier city" IN ('UNITED KI1', 'UNITED KI5')
  AND "Year" BETWEEN 1992 AND 1997
GROUP BY "Customer city", "Supplier city", "Year"
ORDER BY "Year", revenue DESC
