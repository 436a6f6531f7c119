SELECT "Year", "Supplier city", "Brand", AGGREGATE("Profit") AS profit
FROM star
WHERE "Customer region" = 'AMERICA'
  AND "Supplier nation" = 'UNITED STATES'
  AND "Year" IN (1997, 1998)
  AND "Category" = 'MFGR#14'
GROUP BY "Year", "Supplier city", "Brand"
ORDER BY "Year", "Supplier city", "Brand"
