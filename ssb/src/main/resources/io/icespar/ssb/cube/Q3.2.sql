SELECT "Customer city", "Supplier city", "Year", AGGREGATE("Revenue") AS revenue
FROM star
WHERE "Customer nation" = 'UNITED STATES'
  AND "Supplier nation" = 'UNITED STATES'
  AND "Year" BETWEEN 1992 AND 1997
GROUP BY "Customer city", "Supplier city", "Year"
ORDER BY "Year", revenue DESC
