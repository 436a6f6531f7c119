CREATE CUBE star ON lineorder MANUAL (
  HIERARCHY "Date" (
    LEVEL "Year" AS lo_orderdate.d_year,
    LEVEL "Month" AS lo_orderdate.d_yearmonthnum),
  HIERARCHY "Month of year" (LEVEL "Month and year" AS lo_orderdate.d_yearmonth) DIMENSION "Date",
  HIERARCHY "Week of year" (LEVEL "Week" AS lo_orderdate.d_weeknuminyear) DIMENSION "Date",
  HIERARCHY "Customer" (
    LEVEL "Customer region" AS customer.c_region,
    LEVEL "Customer nation" AS customer.c_nation,
    LEVEL "Customer city" AS customer.c_city),
  HIERARCHY "Supplier" (
    LEVEL "Supplier region" AS supplier.s_region,
    LEVEL "Supplier nation" AS supplier.s_nation,
    LEVEL "Supplier city" AS supplier.s_city),
  HIERARCHY "Part" (
    LEVEL "Manufacturer" AS part.p_mfgr,
    LEVEL "Category" AS part.p_category,
    LEVEL "Brand" AS part.p_brand1),
  MEASURE "Revenue" AS SUM(lo_revenue),
  MEASURE "Discounted revenue" AS SUM(lo_extendedprice * lo_discount),
  MEASURE "Profit" AS SUM(lo_revenue) - SUM(lo_supplycost))
