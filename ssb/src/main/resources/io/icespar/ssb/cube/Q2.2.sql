SELECT AGGREGATE("Revenue") AS revenue, "Year", "Brand"
FROM star
WHERE "Brand" BETWEEN 'MFGR#2221' AND 'MFGR#2228'
  AND "Supplier region" = 'ASIA'
GROUP BY "Year", "Brand"
ORDER BY "Year", "Brand"
