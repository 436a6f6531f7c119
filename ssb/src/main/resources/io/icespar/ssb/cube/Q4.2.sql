SELECT "Year", "Supplier nation", "Category", AGGREGATE("Profit") AS profit
FROM star
WHERE "Customer region" = 'AMERICA'
  AND "Supplier region" = 'AMERICA'
  AND "Year" IN (1997, 1998)
  AND "Manufacturer" IN ('MFGR#1', 'MFGR#2')
GROUP BY "Year", "Supplier nation", "Category"
ORDER BY "Year", "Supplier nation", "Category"
