-- The visible rows of each table: ${table} stands for what the viewer's restrictions on that table itself leave.
CREATE TABLE agents AS SELECT * FROM main.agents;
CREATE TABLE part AS SELECT * FROM main.part WHERE ${part};
CREATE TABLE region AS SELECT * FROM main.region WHERE ${region};
CREATE TABLE nation AS SELECT * FROM main.nation
  WHERE ${nation} AND n_regionkey IN (SELECT r_regionkey FROM region);
CREATE TABLE supplier AS SELECT * FROM main.supplier
  WHERE ${supplier} AND s_nationkey IN (SELECT n_nationkey FROM nation);
CREATE TABLE customer AS SELECT * FROM main.customer
  WHERE ${customer} AND c_nationkey IN (SELECT n_nationkey FROM nation);
CREATE TABLE partsupp AS SELECT * FROM main.partsupp
  WHERE ${partsupp} AND ps_suppkey IN (SELECT s_suppkey FROM supplier) AND ps_partkey IN (SELECT p_partkey FROM part);
CREATE TABLE orders AS SELECT * FROM main.orders
  WHERE ${orders} AND o_custkey IN (SELECT c_custkey FROM customer);
CREATE TABLE lineitem AS SELECT * FROM main.lineitem
  WHERE ${lineitem} AND l_orderkey IN (SELECT o_orderkey FROM orders)
    AND l_suppkey IN (SELECT s_suppkey FROM supplier)
    AND EXISTS (SELECT 1 FROM partsupp WHERE ps_partkey = l_partkey AND ps_suppkey = l_suppkey);
