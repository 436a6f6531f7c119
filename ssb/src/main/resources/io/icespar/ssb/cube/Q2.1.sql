SELECT AGGREGATE("Revenue") AS revenue, "Year", "Brand"
FROM star
WHERE "Category" = 'MFGR#12'
  AND "Supplier region" = 'AMERICA'
GROUP BY "Year", "Brand"
ORDER BY "Year", "Brand"
