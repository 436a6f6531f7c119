SELECT "Year", "Customer nation", AGGREGATE("Profit") AS profit
FROM star
WHERE "Customer region" = 'AMERICA'
  AND "Supplier region" = 'AMERICA'
  AND "Manufacturer" IN ('MFGR#1', 'MFGR#2')
GROUP BY "Year", "Customer nation"
ORDER BY "Year", "Customer nation"
