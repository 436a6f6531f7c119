SELECT "Customer nation", "Supplier nation", "Year", AGGREGATE("Revenue") AS revenue
FROM star
WHERE "Customer region" = 'ASIA'
  AND "Supplier region" = 'ASIA'
  AND "Year" BETWEEN 1992 AND 1997
GROUP BY "Customer nation", "Supplier nation", "Year"
ORDER BY "Year", revenue DESC
