SELECT AGGREGATE("Revenue") AS revenue, "Year", "Brand"
FROM star
WHERE "Brand" = 'MFGR#2221'
  AND "Supplier region" = 'EUROPE'
GROUP BY "Year", "Brand"
ORDER BY "Year", "Brand"
