-- The types that Icespar infers from the files.
CREATE TABLE "customer" (
  c_custkey BIGINT,
  c_name VARCHAR,
  c_address VARCHAR,
  c_city VARCHAR,
  c_nation VARCHAR,
  c_region VARCHAR,
  c_phone VARCHAR,
  c_mktsegment VARCHAR
);
CREATE TABLE "supplier" (
  s_suppkey BIGINT,
  s_name VARCHAR,
  s_address VARCHAR,
  s_city VARCHAR,
  s_nation VARCHAR,
  s_region VARCHAR,
  s_phone VARCHAR
);
CREATE TABLE "part" (
  p_partkey BIGINT,
  p_name VARCHAR,
  p_mfgr VARCHAR,
  p_category VARCHAR,
  p_brand1 VARCHAR,
  p_color VARCHAR,
  p_type VARCHAR,
  p_size BIGINT,
  p_container VARCHAR
);
CREATE TABLE "date" (
  d_datekey BIGINT,
  d_date VARCHAR,
  d_dayofweek VARCHAR,
  d_month VARCHAR,
  d_year BIGINT,
  d_yearmonthnum BIGINT,
  d_yearmonth VARCHAR,
  d_daynuminweek BIGINT,
  d_daynuminmonth BIGINT,
  d_daynuminyear BIGINT,
  d_monthnuminyear BIGINT,
  d_weeknuminyear BIGINT,
  d_sellingseason VARCHAR,
  d_lastdayinweekfl BIGINT,
  d_lastdayinmonthfl BIGINT,
  d_holidayfl BIGINT,
  d_weekdayfl BIGINT
);
CREATE TABLE "lineorder" (
  lo_orderkey BIGINT,
  lo_linenumber BIGINT,
  lo_custkey BIGINT,
  lo_partkey BIGINT,
  lo_suppkey BIGINT,
  lo_orderdate BIGINT,
  lo_orderpriority VARCHAR,
  lo_shippriority BIGINT,
  lo_quantity BIGINT,
  lo_extendedprice BIGINT,
  lo_ordtotalprice BIGINT,
  lo_discount BIGINT,
  lo_revenue BIGINT,
  lo_supplycost BIGINT,
  lo_tax BIGINT,
  lo_commitdate BIGINT,
  lo_shipmode VARCHAR
);
