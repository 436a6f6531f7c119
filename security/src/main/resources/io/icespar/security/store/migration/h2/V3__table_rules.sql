-- What was decided of tables beside restrictions: whether one is required, and who may read what.

CREATE TABLE restriction_required (
    table_schema VARCHAR NOT NULL,
    table_name   VARCHAR NOT NULL,
    PRIMARY KEY (table_schema, table_name)
);

-- The grantee is a role, or PUBLIC; the word is GRANTED or REVOKED. An empty column name stands for the table as a
-- whole, an empty table name for the schema.
CREATE TABLE select_privilege (
    grantee      VARCHAR NOT NULL,
    table_schema VARCHAR NOT NULL,
    table_name   VARCHAR NOT NULL,
    column_name  VARCHAR NOT NULL,
    word         VARCHAR NOT NULL,
    PRIMARY KEY (grantee, table_schema, table_name, column_name)
);
